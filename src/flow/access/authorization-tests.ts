/**
 * Where code asks who somebody is and what that person may do: a value that says so by coming out so, and a branch of
 * which the other side refuses (401, 403, a page to sign in).
 */
import type { BlockId, Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { Decoration } from "../models/decorations.js";
import { comparesToken } from "./brought-tokens.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import type { Outcome } from "../guards/evidence/outcome.js";
import { truthOf } from "../guards/evidence/outcome.js";
import type { GivenFacts } from "../guards/handlers/given-facts.js";
import type { Guards } from "../guards/marks/guards.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { conditionHolds } from "../models/select-models.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import {
  isAssertingName,
  isFetchingName,
  isIdentityName,
  isJudgingName,
  isRefusal,
  isRefusingClass,
  isRightName,
  isStaffSetting,
  isStaffWord,
  isTokenName,
} from "./authorization-words.js";
import { findsRights, isRightsQuery } from "./rights-queries.js";
import { StaffNames } from "./staff-names.js";
import { asksForNoRight, asksForRights, isTrusted } from "./trusted-rights.js";

type AuthorizeRole = Extract<Role, { kind: "authorize" }>;

const deepest = 8;
/** Blocks behind each other on the side that refuses. */
const farthest = 4;

export class AuthorizationTests {
  private known: readonly FunctionNode[] | null = null;
  private readonly mentioning = new Map<FunctionNode, boolean>();
  readonly staffNames: StaffNames;
  private readonly refusing = new Map<FunctionNode, Map<BlockId, boolean>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    /** What is marked for another duty, such as consent or an approval, is none of these tests. */
    private readonly others: readonly Guards[],
    /** Only those that staff alone come through. */
    private readonly staffOnly: boolean,
  ) {
    this.staffNames = new StaffNames(pointsTo);
  }

  /** Functions in which something of the kind may be asked. */
  get places(): readonly FunctionNode[] {
    return (this.known ??= this.pointsTo.program.functions.filter((node) => this.mayAsk(node)));
  }

  private mayAsk(node: FunctionNode): boolean {
    if (this.isOfOthers(node)) return false;
    const refuses = node.graph.blocks.some(({ end }) => end.kind === "throw" || end.kind === "unreachable");
    return node.code.some((instruction, point) => {
      switch (instruction.kind) {
        case "load":
          return (
            instruction.property.kind === "name" &&
            (isRightName(instruction.property.name) ||
              isTokenName(instruction.property.name) ||
              (refuses && isIdentityName(instruction.property.name)))
          );
        case "call": {
          const { name } = instruction;
          if (isJudgingName(name) || isFetchingName(name) || isAssertingName(name)) return true;
          if (isRefusingClass(name)) return true;
          const site = this.pointsTo.findSite(node, point);
          return site !== undefined && this.rolesAt(site).length > 0;
        }
        case "constant":
          return (
            isRefusingConstant(instruction) ||
            (typeof instruction.value === "string" && isRightsQuery(instruction.value, this.staffOnly))
          );
        default:
          return false;
      }
    });
  }

  private isOfOthers(node: FunctionNode): boolean {
    return this.others.some((guards) => guards.ofFunction(node).length > 0);
  }

  /** Does the value say by coming out so that somebody was let through? */
  tells(node: FunctionNode, value: ValueId, outcome: Outcome, facts?: GivenFacts): boolean {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return false;
    const { instruction, point } = definition;
    if (instruction.kind === "call") return this.callTells(node, instruction, point, outcome, facts);
    if (instruction.kind === "binary")
      return !this.staffOnly && comparesToken(this.pointsTo, node, instruction, outcome);
    if (instruction.kind !== "load" || !isThere(outcome) || this.isOfOthers(node)) return false;
    return this.staffOnly ? this.isStaffPlace(instruction, outcome) : this.isPlace(node, instruction);
  }

  /** `req.user`, `session.role`: of somebody whom the program knows, not what the request says of itself. */
  private isPlace(node: FunctionNode, { property, object }: InstructionOf<"load">): boolean {
    if (property.kind !== "name") return false;
    const isRight = isRightName(property.name);
    if (!isRight && !isIdentityName(property.name)) return false;
    return isTrusted(this.pointsTo, node, object, isRight);
  }

  private isStaffPlace({ property }: InstructionOf<"load">, { test, path }: Outcome): boolean {
    if (property.kind !== "name" || path.length > 0) return false;
    if (test.kind === "is" && typeof test.value === "string")
      return isRightName(property.name) && isStaffWord(test.value);
    const { name } = property;
    const isOne = isStaffWord(name) && !/^(?:admin|staff)s$/iu.test(name) && !isStaffSetting(name);
    return truthOf(test) === true && isOne;
  }

  private callTells(
    node: FunctionNode,
    call: InstructionOf<"call">,
    point: number,
    outcome: Outcome,
    facts: GivenFacts | undefined,
  ): boolean {
    const { name } = call;
    const site = this.pointsTo.findSite(node, point);
    if (site === undefined || this.others.some((guards) => guards.at(site).length > 0)) return false;
    if (isThere(outcome) && !this.isOfOthers(node) && findsRights(node, call, outcome.path, this.staffOnly))
      return true;
    if (this.staffOnly && !this.isAboutStaff(node, name, site, facts)) return false;
    const isYes = isThere(outcome);
    if (this.rolesAt(site).some(({ effect }) => effect === "asserts" || (effect === "tests" && isYes)))
      return true;
    const hasBody = site.edges.size > 0;
    if (!hasBody && isAssertingName(name)) return true;
    if (!isYes) return false;
    if (isFetchingName(name)) return true;
    if (outcome.path.length > 0) return false;
    if (isJudgingName(name)) return true;
    return asksForRights(this.pointsTo, node, call);
  }

  /** `requireRole("admin")`, `isStaff(user)`, `["admin"].includes(user.role)` */
  private isAboutStaff(node: FunctionNode, name: string, site: CallSite, facts?: GivenFacts): boolean {
    return (
      isStaffWord(name.slice(name.lastIndexOf(".") + 1)) || this.staffNames.namesStaff(node, site, facts)
    );
  }

  /** Something in the function is about staff, by its name or its words. */
  mentionsStaff(node: FunctionNode): boolean {
    let known = this.mentioning.get(node);
    if (known === undefined) {
      known =
        isStaffWord(node.graph.path ?? node.graph.name) ||
        node.code.some(
          (each) =>
            (each.kind === "constant" && typeof each.value === "string" && isStaffWord(each.value)) ||
            (each.kind === "call" && isStaffWord(each.name)) ||
            (each.kind === "load" && each.property.kind === "name" && isStaffWord(each.property.name)),
        );
      this.mentioning.set(node, known);
    }
    return known;
  }

  /** `passport.authenticate("jwt")`, `AuthGuard("jwt")`: what it gives lets nobody else through. */
  isGuard(value: AbstractValue): boolean {
    if (value.kind !== "foreign") return false;
    const site = value.site === null ? undefined : this.pointsTo.sites.get(value.site);
    if (site !== undefined) {
      if (this.staffOnly && !this.isAboutStaff(site.caller, "", site)) return false;
      if (this.rolesAt(site).some(({ effect }) => effect === "handles")) return true;
    }
    const name = value.path.filter((part) => part !== "()").at(-1) ?? "";
    if (this.staffOnly && !isStaffWord(name)) return false;
    const roles = this.pointsTo.catalogue
      .match(value.module, value.path, "call")
      .flatMap(({ model }) => model.roles);
    if (roles.some((role) => role.kind === "authorize" && role.effect === "handles")) return true;
    // Of a package or file that nobody describes, the name tells.
    return roles.length === 0 && site === undefined && isAssertingName(name);
  }

  /** `@Authorized()`: the framework runs the method for those only who may. */
  isGuardingDecoration(decoration: Decoration): boolean {
    return (
      decoration.match.model.roles.some((role) => role.kind === "authorize" && role.effect === "handles") &&
      (!this.staffOnly || this.staffNames.decoratesForStaff(decoration))
    );
  }

  /** `withApiAuthRequired(handler)`: what it is given is run for those only who are signed in. */
  isGuardingCall(site: CallSite): boolean {
    if (site.callbacks.size === 0) return false;
    if (this.staffOnly && !this.isAboutStaff(site.caller, "", site)) return false;
    return this.rolesAt(site).some(({ effect }) => effect === "handles");
  }

  private rolesAt(site: CallSite): readonly AuthorizeRole[] {
    if (site.foreign.size === 0) return [];
    return this.models
      .at(site)
      .flatMap(({ model, names }) =>
        model.roles.filter(
          (role): role is AuthorizeRole =>
            role.kind === "authorize" &&
            !role.unless.some((set) =>
              set.every((condition) => conditionHolds(this.pointsTo, site, condition, names)),
            ),
        ),
      );
  }

  /** The other side of the branch refuses. */
  closes(node: FunctionNode, position: number, side: "then" | "else"): boolean {
    if (this.staffOnly || this.isOfOthers(node)) return false;
    const end = node.graph.blocks[position]?.end;
    if (end?.kind !== "branch") return false;
    const other = side === "then" ? end.else : end.then;
    return (
      this.isRefusing(node, other) &&
      !this.isRefusing(node, side === "then" ? end.then : end.else) &&
      !this.isAskedOfOthers(node, end.value, 0)
    );
  }

  private isRefusing(node: FunctionNode, block: BlockId): boolean {
    let blocks = this.refusing.get(node);
    if (blocks === undefined) this.refusing.set(node, (blocks = new Map<BlockId, boolean>()));
    let found = blocks.get(block);
    if (found === undefined) blocks.set(block, (found = this.findRefusal(node, block)));
    return found;
  }

  private findRefusal(node: FunctionNode, start: BlockId): boolean {
    let id: BlockId | null = start;
    for (let hops = 0; id !== null && hops < farthest; hops++) {
      const position: number | undefined = node.blockById.get(id);
      const block = position === undefined ? undefined : node.graph.blocks[position];
      if (block === undefined) return false;
      if (block.instructions.some((each) => this.refuses(node, each))) return true;
      id = block.end.kind === "jump" ? block.end.to : null;
    }
    return false;
  }

  private refuses(node: FunctionNode, instruction: Instruction): boolean {
    if (instruction.kind === "constant") return isRefusingConstant(instruction);
    if (instruction.kind === "call") return isRefusingClass(instruction.name);
    if (instruction.kind !== "load" || instruction.property.kind !== "name") return false;
    if (isRefusal(instruction.property.name)) return true;
    const folded = foldedConstant(this.pointsTo, node, instruction.out);
    return folded?.value === 401 || folded?.value === 403;
  }

  /** What is asked is something else: an approval, a consent, or only how somebody stands, or what the request says. */
  private isAskedOfOthers(node: FunctionNode, value: ValueId, depth: number): boolean {
    const definition = definitionOf(node, originOf(node, value));
    if (definition === null || depth > deepest) return false;
    switch (definition.kind) {
      case "unary":
        return this.isAskedOfOthers(node, definition.operand, depth + 1);
      case "await":
        return this.isAskedOfOthers(node, definition.value, depth + 1);
      case "binary":
        return (
          asksForNoRight(this.pointsTo, node, definition) ||
          [definition.left, definition.right].some((each) => this.isAskedOfOthers(node, each, depth + 1))
        );
      case "load":
        return this.isAskedOfOthers(node, definition.object, depth + 1);
      case "call": {
        const site = this.pointsTo.findSite(node, node.code.indexOf(definition));
        if (site !== undefined && this.others.some((guards) => guards.at(site).length > 0)) return true;
        return this.isBareHeader(node, definition) || asksForNoRight(this.pointsTo, node, definition);
      }
      default:
        return false;
    }
  }

  /** `req.header("x-staff")`: whoever asks may write there what they like. */
  private isBareHeader(node: FunctionNode, { name, arguments: [first] }: InstructionOf<"call">): boolean {
    if (first === undefined || !/(?:^|\.)(?:header|get)$/u.test(name)) return false;
    const folded = foldedConstant(this.pointsTo, node, first.value);
    return typeof folded?.value === "string" && /^x-/iu.test(folded.value) && !isTokenName(folded.value);
  }
}

/** All that it may be: one of many permissions is for whoever has it. */
function isRefusingConstant({ value }: InstructionOf<"constant">): boolean {
  return value === 401 || value === 403 || (typeof value === "string" && isRefusal(value));
}

/** It is there, and not false. */
function isThere({ test }: Outcome): boolean {
  switch (test.kind) {
    case "truthy":
    case "defined":
    case "made":
      return true;
    case "is":
      return test.value != null && test.value !== false && test.value !== "";
    case "isnt":
      return test.values.some((value) => value == null || value === false);
    default:
      return false;
  }
}

/**
 * What was protected before it was ever marked: `phone: seal(request.phone)` puts ciphertext into a marked
 * property. Asked backwards, like origins: which protections has the value gone through on its way from outside?
 */
import { declarationId } from "../../contracts/annotation.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Protection } from "../../contracts/flow.js";
import type { Address, Role } from "../../contracts/model.js";
import { operandsAt, operandsOfSite } from "../models/address-values.js";
import { givenPart } from "../tabulation/channel-mouths.js";
import { fillingsOf } from "../heap/fillers.js";
import type { Origins } from "../sources/origins.js";
import { isParameter } from "../sources/parameter-origins.js";
import { MadeByChance } from "./made-by-chance.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { judge } from "./protection.js";
import { CallersOnWay } from "../contexts/seen-callers.js";
import type { CallsOnWay, SeenCallers } from "../contexts/seen-callers.js";
import { selectModels } from "../models/select-models.js";
import { definitionOf } from "../paths/value-places.js";

type EncryptRole = Extract<Role, { kind: "encrypt" }>;

const deepest = 24;
const none: readonly Protection[] = [];
const noCalls: CallsOnWay = new Map();
/** Further down calls are not told apart. */
const mostCalls = 4;

export class SealedValues {
  private readonly answers = new Map<string, readonly Protection[]>();
  private readonly byCall = new Map<CallEdge, SealedValues>();
  private readonly chance: MadeByChance;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly origins: Origins,
    private readonly annotations: AnnotationTable,
    private readonly callers: SeenCallers = pointsTo,
    /** The calls by which what is asked about is come to. */
    private readonly calls: CallsOnWay = noCalls,
  ) {
    this.chance = new MadeByChance(pointsTo, origins.writers, callers);
  }

  /** Each protection that the value may be in; empty where it is none, or not from outside. */
  protectionsOf(node: FunctionNode, value: ValueId, depth = 0): readonly Protection[] {
    const key = `${String(node.index)}:${String(value)}`;
    const known = this.answers.get(key);
    if (known !== undefined || depth > deepest) return known ?? none;
    this.answers.set(key, none);
    const found = new Map<string, Protection>();
    for (const each of this.compute(node, value, depth + 1))
      found.set(`${each.kind}|${each.kind === "raw" ? "" : each.by}`, each);
    const answer = [...found.values()];
    this.answers.set(key, answer);
    return answer;
  }

  private compute(node: FunctionNode, value: ValueId, depth: number): readonly Protection[] {
    const again = (other: ValueId): readonly Protection[] => this.protectionsOf(node, other, depth);
    const definition = node.definitions[value];
    if (definition === undefined) return none;
    if (definition.kind === "phi") return definition.phi.inputs.flatMap((input) => again(input.value));
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return again(instruction.value);
      case "template":
        return instruction.values.flatMap(again);
      case "binary":
        return instruction.operator === "+"
          ? [...again(instruction.left), ...again(instruction.right)]
          : none;
      case "array":
      case "object":
        return partsPutInto(node, value).flatMap(again);
      case "parameter":
        return this.parameter(node, instruction.index, depth);
      case "cell-read":
        return this.origins.writers
          .ofCell(node.file, instruction.cell)
          .flatMap((writer) => this.protectionsOf(writer.node, writer.value, depth));
      case "box-read":
        return this.field(node, instruction.box, "<box>", depth);
      case "load":
        return instruction.property.kind === "name"
          ? this.field(node, instruction.object, instruction.property.name, depth)
          : none;
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return site === undefined ? none : this.call(site, depth);
      }
      default:
        return none;
    }
  }

  private parameter(node: FunctionNode, index: number, depth: number): readonly Protection[] {
    const given = this.callers.callersOf(node).flatMap((edge) => {
      const argument = edge.shape === "call" ? operandsOfSite(edge.site).arguments[index] : undefined;
      return argument === undefined || argument.spread
        ? none
        : this.protectionsOf(edge.site.caller, argument.value, depth);
    });
    const calledBack = this.callers.callbacksOf(node).flatMap((edge) =>
      this.rolesOf(edge.site).flatMap(({ role, names }) => {
        const isMeant = (to: Address): boolean => isParameter(to, edge, index);
        if (role.kind === "encrypt" && role.output.some(isMeant))
          return this.made(edge.site, role, names, depth);
        return role.kind === "flow" && role.to.some(isMeant)
          ? role.from.flatMap((from) => this.at(edge.site, from, depth))
          : none;
      }),
    );
    return [...given, ...calledBack];
  }

  private field(node: FunctionNode, object: ValueId, name: string, depth: number): readonly Protection[] {
    return [...this.callers.valuesOf(node, object)].flatMap((value) =>
      this.origins.writers
        .ofField(value, name)
        .flatMap((writer) => this.protectionsOf(writer.node, writer.value, depth)),
    );
  }

  private call(site: CallSite, depth: number): readonly Protection[] {
    const told = this.byTag(site);
    if (told !== null) return told;
    const own = [...site.edges.values()].flatMap((edge) =>
      edge.shape === "construct" ? none : this.seenByCall(edge, depth),
    );
    return [...own, ...this.rolesOf(site).flatMap(({ role, names }) => this.role(site, role, names, depth))];
  }

  private ofReturns({ callee }: CallEdge, depth: number): readonly Protection[] {
    return callee.graph.blocks.flatMap((block) =>
      block.end.kind === "return" && block.end.value !== null
        ? this.protectionsOf(callee, block.end.value, depth)
        : none,
    );
  }

  /** Of this call alone it may be told that what is hashed there is made up; what it was made of all calls tell. */
  private seenByCall(edge: CallEdge, depth: number): readonly Protection[] {
    const ofAll = this.ofReturns(edge, depth);
    if (!ofAll.some(({ kind }) => kind === "pseudonymised")) return ofAll;
    return this.calledBy(edge)?.ofReturns(edge, 0) ?? ofAll;
  }

  /** The same, as this call sees it, where others call the function as well; null: it sees no more. */
  private calledBy(edge: CallEdge): SealedValues | null {
    const { callee } = edge;
    if (this.calls.has(callee) || this.calls.size >= mostCalls) return null;
    if (this.callers.callersOf(callee).length + this.callers.callbacksOf(callee).length < 2) return null;
    let found = this.byCall.get(edge);
    if (found === undefined) {
      const calls = new Map(this.calls).set(callee, edge);
      const callers = new CallersOnWay(this.pointsTo, calls, this.callers);
      found = new SealedValues(
        this.pointsTo,
        this.origins.with({ callers }),
        this.annotations,
        callers,
        calls,
      );
      this.byCall.set(edge, found);
    }
    return found;
  }

  private rolesOf(site: CallSite): { readonly role: Role; readonly names: readonly string[] }[] {
    return [...site.foreign].flatMap((callee) =>
      selectModels(this.pointsTo, site, callee).flatMap(({ model, names }) =>
        model.roles.map((role) => ({ role, names })),
      ),
    );
  }

  /** A function that is believed to protect, by its tag. */
  private byTag(site: CallSite): readonly Protection[] | null {
    for (const edge of site.edges.values()) {
      const tags = (
        this.annotations.functions.get(declarationId(edge.callee.file, edge.callee.graph.nameAt[0])) ?? []
      ).map((each) => each.tag);
      const told = this.protectedBy(site, tags, edge.callee.graph.name);
      if (told !== null) return told;
    }
    return site.edges.size > 0 || site.instruction.kind !== "call"
      ? null
      : this.protectedBy(site, declaredTags(this.pointsTo, site), site.instruction.name);
  }

  private protectedBy(site: CallSite, tags: readonly string[], by: string): readonly Protection[] | null {
    if (tags.includes("decrypts") || tags.includes("anonymizes")) return none;
    if (!tags.includes("encrypts") && !tags.includes("redacts")) return null;
    const isFed = operandsOfSite(site).arguments.some((argument) =>
      this.origins.isOutside(site.caller, argument.value),
    );
    return isFed
      ? [tags.includes("encrypts") ? { kind: "encrypted", by } : { kind: "pseudonymised", by }]
      : none;
  }

  private role(site: CallSite, role: Role, names: readonly string[], depth: number): readonly Protection[] {
    if (role.kind === "encrypt" && role.output.some((output) => output.root.kind === "return"))
      return this.made(site, role, names, depth);
    if (role.kind !== "flow" || !role.to.some((to) => to.root.kind === "return")) return none;
    return role.from.flatMap((from) => {
      const given = givenPart(from);
      if (given !== null && from.steps.filter((step) => step.kind === "parameter").length > 1)
        return this.givenToMouth(site, from, given.index, depth);
      return from.steps.some((step) => step.kind === "result")
        ? this.results(site, depth)
        : this.at(site, from, depth);
    });
  }

  /** What a call makes of what it is given. */
  private made(
    site: CallSite,
    role: EncryptRole,
    names: readonly string[],
    depth: number,
  ): readonly Protection[] {
    const before = role.input.flatMap((input) => this.at(site, input, depth));
    if (role.strength === "encoding" && before.length > 0) return before;
    if (!role.input.some((input) => this.isFed(site, input))) return none;
    if (role.strength === "keyed-hash" && role.key !== null && this.chance.isUsedOnce(site, role.key))
      return none;
    const by = site.instruction.kind === "call" ? site.instruction.name : "";
    return [judge(this.pointsTo, site, role, names, by).protection];
  }

  /** `new Promise((resolve) => scrypt(…, (error, key) => resolve(key)))`: what the function is called with. */
  private givenToMouth(site: CallSite, from: Address, index: number, depth: number): readonly Protection[] {
    return this.origins.mouths.callsOf(site, from).flatMap(([call, address]) => {
      const argument = address === null ? operandsOfSite(call).arguments[index] : undefined;
      return argument === undefined ? none : this.protectionsOf(call.caller, argument.value, depth);
    });
  }

  private at(site: CallSite, address: Address, depth: number): readonly Protection[] {
    return operandsAt(site, address).flatMap((value) => this.protectionsOf(site.caller, value, depth));
  }

  private results(site: CallSite, depth: number): readonly Protection[] {
    return [...site.callbacks.values()].flatMap((edge) =>
      edge.callee.graph.blocks.flatMap((block) =>
        block.end.kind === "return" && block.end.value !== null
          ? this.protectionsOf(edge.callee, block.end.value, depth)
          : none,
      ),
    );
  }

  /** Something from outside is at the input: an operand itself, or what earlier calls put into the receiver. */
  private isFed(site: CallSite, input: Address): boolean {
    if (operandsAt(site, input).some((value) => this.origins.isOutside(site.caller, value))) return true;
    return (
      input.root.kind === "this" &&
      input.steps.length > 0 &&
      fillingsOf(site).some(({ value }) => this.origins.isOutside(site.caller, value))
    );
  }
}

/** What is put into a literal of the function: `[iv, body]`, `[...parts, tag]`, `{ iv, body }`, `parts.push(body)`. */
function partsPutInto(node: FunctionNode, literal: ValueId): readonly ValueId[] {
  return (node.uses[literal] ?? []).flatMap((use) => {
    const each = node.code[use];
    switch (each?.kind) {
      case "declare":
      case "cast":
        return partsPutInto(node, each.out);
      case "store":
        return each.object === literal ? [each.value] : [];
      case "append-elements":
        return each.target === literal ? [each.source] : [];
      case "call":
        return each.receiver === literal && /\.(?:push|unshift)$/u.test(each.name)
          ? each.arguments.map(({ value }) => value)
          : [];
      default:
        return [];
    }
  });
}

/** What is said of a function of which the program has no more than the declaration: a member of an interface. */
function declaredTags(pointsTo: PointsTo, { instruction, caller }: CallSite): readonly string[] {
  if (instruction.kind !== "call") return [];
  const callee = definitionOf(caller, instruction.callee);
  if (callee === null) return [];
  const start = callee.kind === "load" ? callee.nameAt[0] : callee.at[0];
  return (pointsTo.resolver.rolesAt?.(caller.file, start) ?? []).map(({ tag }) => tag);
}

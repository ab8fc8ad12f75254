/**
 * What proves by itself that consent was given: a parameter of a type that only guards make, a decorator that is
 * marked as a guard.
 */
import type { AnnotationTable, DeclarationId } from "../../../contracts/annotation.js";
import type { Parameter } from "../../../contracts/file-graph.js";
import type { TypeReference } from "../../../contracts/type-reference.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf } from "../../paths/value-places.js";
import type { Origins } from "../../sources/origins.js";
import { BroughtProofs } from "./brought-proofs.js";
import type { ConsentQuestion } from "../consent-question.js";
import type { Passage } from "../open-way.js";
import type { OpenWays } from "../open-ways.js";
import type { Guards } from "./guards.js";
import { markOf } from "./guards.js";

export class Proofs {
  private readonly brought: BroughtProofs;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly guards: Guards,
    private readonly annotations: AnnotationTable,
    origins: Origins,
  ) {
    this.brought = new BroughtProofs(pointsTo, origins);
  }

  /** Does this caller hand over a proof? One that may be missing is one where nothing is done without it. */
  isGiven({ node, point }: Passage, site: CallSite, open: OpenWays): boolean {
    if (this.guards.isNone || site.instruction.kind !== "call") return false;
    const { arguments: list } = site.instruction;
    return node.graph.parameters.some((parameter) => {
      const type = this.proofOf(node, parameter, open.question);
      const given = list[parameter.index];
      return (
        type !== null &&
        given !== undefined &&
        !this.isCast(site.caller, given.value, type) &&
        !this.brought.isBrought(site.caller, given.value) &&
        nothingsOf(parameter).every(
          (nothing) => !open.without(node, parameter.index, nothing).isOpenAt(node, point),
        )
      );
    });
  }

  /** Is the function a method that stands under a marked decorator, or in a class that does? */
  isDecorated(node: FunctionNode, question: ConsentQuestion): boolean {
    const home = this.guards.isNone ? undefined : this.pointsTo.program.homeClass(node);
    if (home === undefined) return false;
    const member = home.graph.members.find((each) => each.function === node.graph.id);
    const name = member?.name.kind === "name" ? member.name.name : null;
    return home.owner.code.some((instruction, point) => {
      if (instruction.kind !== "call" || instruction.decorates?.class !== home.graph.id) return false;
      const { kind, member: decorated } = instruction.decorates;
      if (kind !== "class" && !(kind === "method" && decorated === name)) return false;
      return [point, this.factoryPoint(home.owner, instruction.callee)].some((each) => {
        const site = each === null ? undefined : this.pointsTo.findSite(home.owner, each);
        return (
          site !== undefined &&
          this.guards.at(site).some((marks) => marks.some((mark) => question.accepts(mark, site)))
        );
      });
    });
  }

  /** `@requireConsent("transfer")`: the call that makes the decorator. */
  private factoryPoint(node: FunctionNode, callee: number): number | null {
    const definition = node.definitions[callee];
    return definition?.kind === "instruction" && definition.instruction.kind === "call"
      ? definition.point
      : null;
  }

  private proofOf(node: FunctionNode, parameter: Parameter, question: ConsentQuestion): DeclarationId | null {
    const { type, rest, nameAt } = parameter;
    if (type === null || rest || !this.isNamed(type)) return null;
    for (const { declaration } of this.pointsTo.resolver.typesAt(node.file, nameAt)) {
      if (declaration === null) continue;
      const marks = this.guards.marksIn(this.annotations.functions.get(declaration) ?? []);
      if (marks.some((mark) => question.acceptsMark(markOf(mark, node.graph.name, "throw", false))))
        return declaration;
    }
    return null;
  }

  private isNamed(type: TypeReference): boolean {
    if (type.kind === "union") {
      const [only, ...others] = type.members.filter((member) => nothingIn(member) === "none");
      return only !== undefined && others.length === 0 && this.isNamed(only);
    }
    if (type.kind === "intersection") return type.members.some((member) => this.isNamed(member));
    if (type.kind !== "named") return false;
    return this.annotations.roleNames?.has(type.name.slice(type.name.lastIndexOf(".") + 1)) !== false;
  }

  /** `{} as Permit`: nothing was asked. */
  private isCast(node: FunctionNode, value: number, type: DeclarationId): boolean {
    let definition = node.definitions[value];
    for (let hops = 0; hops < 8 && definition?.kind === "instruction"; hops++) {
      const { instruction } = definition;
      if (instruction.kind === "cast") {
        const shapes = this.pointsTo.resolver.typesAt(node.file, instruction.typeAt);
        return shapes.some(({ declaration }) => declaration === type) || shapes.length === 0;
      }
      if (instruction.kind !== "declare") break;
      definition = node.definitions[instruction.value];
    }
    return definitionOf(node, value)?.kind === "object";
  }
}

/** What may be handed over for a parameter in the place of a proof. */
function nothingsOf({ type, optional }: Parameter): readonly (null | undefined)[] {
  const members = type?.kind === "union" ? type.members.map(nothingIn) : [];
  const found = new Set(members.filter((each) => each !== "none"));
  if (optional) found.add(undefined);
  return [...found];
}

function nothingIn(type: TypeReference): null | undefined | "none" {
  if (type.kind === "keyword" && type.name === "undefined") return undefined;
  const isNull =
    (type.kind === "keyword" && type.name === "null") || (type.kind === "literal" && type.value === null);
  return isNull ? null : "none";
}

/**
 * What proves by itself that consent was given: a parameter of a type that only guards make, a decorator that is
 * marked as a guard.
 */
import type { AnnotationTable } from "../../../contracts/annotation.js";
import type { Parameter } from "../../../contracts/file-graph.js";
import type { RolePart } from "../../../contracts/resolver.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { Origins } from "../../sources/origins.js";
import { BroughtProofs } from "./brought-proofs.js";
import type { ConsentQuestion } from "../consent-question.js";
import type { Passage } from "../open-way.js";
import type { OpenWays } from "../open-ways.js";
import type { Guards } from "./guards.js";
import { HandedProofs } from "./handed-proofs.js";
import { markOf } from "./guards.js";

export class Proofs {
  private readonly handed: HandedProofs;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly guards: Guards,
    private readonly annotations: AnnotationTable,
    origins: Origins,
  ) {
    this.handed = new HandedProofs(pointsTo, new BroughtProofs(pointsTo, origins));
  }

  /** Does this caller hand over a proof? One that may be missing is one where nothing is done without it. */
  isGiven({ node, point }: Passage, site: CallSite, open: OpenWays): boolean {
    if (this.guards.isNone || site.instruction.kind !== "call") return false;
    const { arguments: list } = site.instruction;
    return node.graph.parameters.some((parameter) => {
      const given = list[parameter.index];
      if (given === undefined || given.spread || parameter.rest) return false;
      return this.proofsIn(node, parameter, open.question).some(
        ({ path, declaration, missing }) =>
          this.handed.isProof(site.caller, given, path, declaration) &&
          (!parameter.optional ||
            !open.without(node, parameter.index, [], undefined).isOpenAt(node, point)) &&
          missing.every(
            (nothing) => !open.without(node, parameter.index, path, nothing).isOpenAt(node, point),
          ),
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

  /** The parameter, or what lies in it: `{ child, permit }`. */
  private proofsIn(node: FunctionNode, parameter: Parameter, question: ConsentQuestion): readonly RolePart[] {
    const parts = this.pointsTo.resolver.rolePartsAt?.(node.file, parameter.nameAt) ?? [];
    return parts.filter(({ declaration }) =>
      this.guards
        .marksIn(this.annotations.functions.get(declaration) ?? [])
        .some((mark) => question.acceptsMark(markOf(mark, node.graph.name, "throw", false))),
    );
  }
}

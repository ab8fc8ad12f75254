/** Where what a call gives back comes from: own functions, what models say of packages, or operands passed on. */
import type { AnnotationTable } from "../contracts/annotation.js";
import { declarationId } from "../contracts/annotation.js";
import type { Address } from "../contracts/model.js";
import type { Resolver } from "../contracts/resolver.js";
import { operandsAt, operandsOfSite } from "./address-values.js";
import type { ContainerOrigins } from "./container-origins.js";
import { partOf } from "./container-origins.js";
import { askOperands, askReturns } from "./origin-question.js";
import type { AskOrigin, OriginQuestion } from "./origin-question.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { selectModels } from "./select-models.js";

/** Functions whose result is no plain child data. */
const protecting: ReadonlySet<string> = new Set(["encrypts", "redacts", "anonymizes"]);

export class CallOrigins {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly resolver: Resolver,
    private readonly annotations: AnnotationTable,
    private readonly containers: ContainerOrigins,
    private readonly ask: AskOrigin,
  ) {}

  /** Is the answer yes for what a call gives back? */
  ofCall(question: OriginQuestion, node: FunctionNode, point: number, seen: Set<string>): boolean {
    const site = this.pointsTo.findSite(node, point);
    if (site?.instruction.kind !== "call") return false;
    if (this.isProtector(site)) return false;
    if (site.edges.size > 0 && this.ofOwnResults(question, site, seen)) return true;
    for (const callee of site.foreign) if (this.foreignResult(question, site, callee, seen)) return true;
    if (site.foreign.size === 0 && site.edges.size === 0)
      return question === "opaque" || this.anyOperand(question, site, seen);
    return false;
  }

  /** Is the answer yes for what the own functions give back that a site calls? */
  ofOwnResults(question: OriginQuestion, site: CallSite, seen: Set<string>): boolean {
    for (const edge of site.edges.values()) {
      if (edge.shape === "setter" || edge.shape === "construct") continue;
      if (askReturns(this.ask, question, edge.callee, seen)) return true;
    }
    return false;
  }

  private isProtector(site: CallSite): boolean {
    const definition =
      site.instruction.kind === "call" ? site.caller.definitions[site.instruction.callee] : undefined;
    if (definition?.kind === "instruction") {
      const { instruction } = definition;
      const roles =
        this.resolver.rolesAt?.(
          site.caller.file,
          instruction.kind === "load" ? instruction.nameAt[0] : instruction.at[0],
        ) ?? [];
      if (roles.some((each) => protecting.has(each.tag))) return true;
    }
    return [...site.edges.values()].some((edge) =>
      (
        this.annotations.functions.get(declarationId(edge.callee.file, edge.callee.graph.nameAt[0])) ?? []
      ).some((each) => protecting.has(each.tag)),
    );
  }

  private anyOperand(question: OriginQuestion, site: CallSite, seen: Set<string>): boolean {
    const { receiver, arguments: list } = operandsOfSite(site);
    return [...(receiver === null ? [] : [receiver]), ...list.map((argument) => argument.value)].some(
      (value) => this.ask(question, site.caller, value, seen),
    );
  }

  private foreignResult(
    question: OriginQuestion,
    site: CallSite,
    callee: Parameters<typeof selectModels>[2],
    seen: Set<string>,
  ): boolean {
    const models = selectModels(this.pointsTo, site, callee);
    if (models.length === 0)
      return question === "opaque" ? callee.module !== "lib" : this.anyOperand(question, site, seen);
    let silent = true;
    for (const { model } of models) {
      for (const role of model.roles) {
        if (role.kind === "none" || role.kind === "encrypt") silent = false;
        else if (role.kind === "input" || role.kind === "rows" || role.kind === "shaped") {
          if (question === "opaque" || role.kind !== "shaped") return true;
          if (this.anyOperand(question, site, seen)) return true;
        } else if (role.kind === "flow" && role.to.some((to) => to.root.kind === "return")) {
          silent = false;
          if (role.from.some((from) => this.flowSource(question, site, from, seen))) return true;
        }
      }
    }
    return silent && question === "opaque" && callee.module !== "lib" && callee.module !== "global";
  }

  /** `map.get(key)`, `set.values()`: what the container was filled with. */
  private heldAt(question: OriginQuestion, site: CallSite, from: Address, seen: Set<string>): boolean {
    return (
      question === "outside" &&
      from.steps.length > 0 &&
      operandsAt(site, from).some((value) => this.containers.isFilled(site.caller, value, partOf(from), seen))
    );
  }

  /** What a flow takes from: an operand, or what a callback returns. */
  private flowSource(question: OriginQuestion, site: CallSite, from: Address, seen: Set<string>): boolean {
    if (!from.steps.some((step) => step.kind === "result"))
      return askOperands(this.ask, question, site, from, seen) || this.heldAt(question, site, from, seen);
    for (const edge of site.callbacks.values()) {
      if (askReturns(this.ask, question, edge.callee, seen)) return true;
    }
    return false;
  }
}

/** Where what a parameter holds comes from: its callers, or models that call the function back. */
import type { AnnotationTable } from "../contracts/annotation.js";
import { declarationId } from "../contracts/annotation.js";
import type { ValueId } from "../contracts/file-graph.js";
import type { Address } from "../contracts/model.js";
import { functionAddress } from "./model-constraints.js";
import { askOperands } from "./origin-question.js";
import type { AskOrigin, OriginQuestion } from "./origin-question.js";
import type { CallEdge, CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { selectModels } from "./select-models.js";

export class ParameterOrigins {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly annotations: AnnotationTable,
    private readonly ask: AskOrigin,
    private readonly only: CallEdge | null,
  ) {}

  /** A function that nothing in the program calls: its parameters come from outside. */
  isEntry(node: FunctionNode): boolean {
    return this.pointsTo.callersOf(node).length === 0 && this.pointsTo.callbacksOf(node).length === 0;
  }

  /** Is the answer yes for what callers hand to a parameter? */
  ofParameter(question: OriginQuestion, node: FunctionNode, index: number, seen: Set<string>): boolean {
    const parameter = node.graph.parameters[index];
    if (
      question === "outside" &&
      parameter !== undefined &&
      this.annotations.byDeclaration.has(declarationId(node.file, parameter.nameAt[0]))
    )
      return false;
    if (this.isEntry(node)) return !this.isInjected(node);
    if (
      this.callersOf(node).some((edge) =>
        this.argumentOf(edge, index).some((value) => this.ask(question, edge.site.caller, value, seen)),
      )
    )
      return true;
    if (this.only?.callee === node) return false;
    return this.pointsTo
      .callbacksOf(node)
      .some((edge) => this.callbackArgument(question, edge.site, edge.address, index, seen));
  }

  private callersOf(node: FunctionNode): readonly CallEdge[] {
    return this.only?.callee === node ? [this.only] : this.pointsTo.callersOf(node);
  }

  /** A request that is an object of an own class: what its methods find in `this` came from outside with it. */
  ofReceiver(node: FunctionNode, seen: Set<string>): boolean {
    return this.callersOf(node).some((edge) => {
      const { instruction } = edge.site;
      const value =
        edge.shape === "call" && instruction.kind === "call"
          ? instruction.receiver
          : (edge.shape === "getter" || edge.shape === "setter") &&
              (instruction.kind === "load" || instruction.kind === "store")
            ? instruction.object
            : edge.shape === "invoke-call" && instruction.kind === "call"
              ? (instruction.arguments[0]?.value ?? null)
              : null;
      return value !== null && this.ask("outside", edge.site.caller, value, seen);
    });
  }

  /** A constructor that the program never calls is called by a container with services, not with people's data. */
  private isInjected(node: FunctionNode): boolean {
    return (
      node.graph.kind === "constructor" &&
      node.graph.parameters.every((parameter) => parameter.property || parameter.type !== null) &&
      node.graph.parameters.some((parameter) => parameter.property)
    );
  }

  private argumentOf(edge: CallEdge, index: number): readonly ValueId[] {
    const { instruction } = edge.site;
    if (edge.shape === "setter" && instruction.kind === "store") return [instruction.value];
    if (edge.shape === "jsx" && instruction.kind === "jsx") return [instruction.props];
    if (instruction.kind !== "call" && instruction.kind !== "super-call") return [];
    const shift = edge.shape === "invoke-call" ? 1 : edge.shape === "template" ? -1 : 0;
    const list = instruction.arguments;
    if (edge.shape === "invoke-apply") return list.slice(1, 2).map((argument) => argument.value);
    if (edge.shape === "bound") return list.map((argument) => argument.value);
    const parameter = edge.callee.graph.parameters[index];
    if (parameter?.rest === true || list.some((argument) => argument.spread))
      return list.slice(index + shift).map((argument) => argument.value);
    const argument = list[index + shift];
    return argument === undefined ? [] : [argument.value];
  }

  private callbackArgument(
    question: OriginQuestion,
    site: CallSite,
    address: string,
    index: number,
    seen: Set<string>,
  ): boolean {
    if (site.foreign.size === 0) return true;
    for (const callee of site.foreign) {
      const models = selectModels(this.pointsTo, site, callee);
      if (models.length === 0) return true;
      for (const { model } of models) {
        for (const role of model.roles) {
          if (role.kind === "input" && role.output.some((output) => this.isParameter(output, address, index)))
            return true;
          if (role.kind !== "flow" || !role.to.some((to) => this.isParameter(to, address, index))) continue;
          if (role.from.some((from) => askOperands(this.ask, question, site, from, seen))) return true;
        }
      }
    }
    return false;
  }

  private isParameter(address: Address, functionText: string, index: number): boolean {
    return address.steps.some(
      (step, position) =>
        step.kind === "parameter" &&
        step.index === index &&
        functionAddress(address, position) === functionText,
    );
  }
}

/** Where what a parameter holds comes from: its callers, or models that call the function back. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { trapped } from "../../contracts/models-own.js";
import { declares, functionAddress } from "../models/function-addresses.js";
import { argumentsFor } from "../program/edge-arguments.js";
import { anyOf, askReturns, either } from "./origin-question.js";
import { gatheredBefore } from "../tabulation/fold-moves.js";
import type { AskOrigin, Origin, OriginQuestion } from "./origin-question.js";
import type { CallbackEdge, CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SeenCallers } from "../contexts/seen-callers.js";
import { isGuess } from "../models/site-models.js";
import { selectModels } from "../models/select-models.js";
import { hasCallers } from "../contexts/never-run.js";
import { isUnusedClosure } from "../heap/unused-closures.js";

type Foreign = Parameters<typeof selectModels>[2];

export class ParameterOrigins {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly annotations: AnnotationTable,
    private readonly ask: AskOrigin,
    private readonly callers: SeenCallers,
    private readonly asked: {
      readonly isStore: (callee: Foreign) => boolean;
      /** Where what a flow of a call's model takes comes from. */
      readonly flowSource: (question: OriginQuestion, site: CallSite, from: Address) => Origin;
    },
  ) {}

  /** A function that nothing in the program calls: its parameters come from outside. */
  isEntry(node: FunctionNode): boolean {
    return !hasCallers(this.pointsTo, node) && !isUnusedClosure(this.pointsTo, node);
  }

  /** Where what callers hand to a parameter comes from. */
  ofParameter(question: OriginQuestion, node: FunctionNode, index: number): Origin {
    const parameter = node.graph.parameters[index];
    if (
      question !== "opaque" &&
      parameter !== undefined &&
      this.annotations.byDeclaration.has(declarationId(node.file, parameter.nameAt[0]))
    )
      return "no";
    if (this.isEntry(node)) return this.isInjected(node) ? "no" : "yes";
    const given = anyOf(this.callers.callersOf(node), (edge) =>
      anyOf(this.argumentOf(edge, index), (value) => this.ask(question, edge.site.caller, value)),
    );
    return either(given, () =>
      anyOf(this.callers.callbacksOf(node), (edge) => this.callbackArgument(question, edge, index)),
    );
  }

  /** A request that is an object of an own class: what its methods find in `this` came from outside with it. */
  ofReceiver(node: FunctionNode): Origin {
    return anyOf(this.callers.callersOf(node), ({ shape, site }) => {
      const value = receiverOf(shape, site);
      return value === null ? "no" : this.ask("content", site.caller, value);
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
    if (edge.shape === "set-trap" && instruction.kind === "store")
      return index === trapped.value
        ? [instruction.value]
        : index === trapped.key
          ? []
          : [instruction.object];
    if (edge.shape === "jsx" && instruction.kind === "jsx") return [instruction.props];
    return argumentsFor(edge, index).map((argument) => argument.value);
  }

  private callbackArgument(question: OriginQuestion, edge: CallbackEdge, index: number): Origin {
    const { site } = edge;
    if (site.foreign.size === 0) return "yes";
    const gathered = index === 0 ? gatheredBefore(this.pointsTo, edge) : null;
    if (gathered !== null)
      return "round" in gathered
        ? askReturns(this.pointsTo, this.ask, question, gathered.round)
        : this.ask(question, site.caller, gathered.initial);
    return anyOf(site.foreign, (callee) => {
      if (question !== "opaque" && this.asked.isStore(callee)) return "no";
      const models = selectModels(this.pointsTo, site, callee);
      // A member that its name tells of is called as that says.
      if (models.length === 0) return [...site.foreign].some(isGuess) ? "no" : "yes";
      return anyOf(
        models.flatMap(({ model }) => model.roles),
        (role) => {
          if (role.kind === "input")
            return role.output.some((output) => isParameter(output, edge, index)) ? "yes" : "no";
          return role.kind === "flow" && role.to.some((to) => isParameter(to, edge, index))
            ? anyOf(role.from, (from) => this.asked.flowSource(question, site, from))
            : "no";
        },
      );
    });
  }
}

/** The address is a parameter of the function that the edge calls. */
export function isParameter(
  address: Address,
  { callee, address: text }: CallbackEdge,
  index: number,
): boolean {
  return address.steps.some(
    (step, position) =>
      step.kind === "parameter" &&
      step.index === index &&
      declares(callee, step) &&
      functionAddress(address, position) === text,
  );
}

/** What a function is called on, in each form that has a receiver. */
function receiverOf(shape: CallEdge["shape"], { instruction }: CallSite): ValueId | null {
  if (instruction.kind === "call") {
    if (shape === "call") return instruction.receiver;
    return shape === "invoke-call" ? (instruction.arguments[0]?.value ?? null) : null;
  }
  return (shape === "getter" || shape === "setter") &&
    (instruction.kind === "load" || instruction.kind === "store")
    ? instruction.object
    : null;
}

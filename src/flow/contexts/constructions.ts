/** What the constructors of one object were called with, from its own up to those of the classes above. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import { areAllKnown } from "../constants/complete-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import { chainOf } from "../program/class-chain.js";
import { givenAt } from "../program/given-parameters.js";
import type { FunctionNode } from "../program/program.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import type { ContextValues } from "./context-values.js";
import type { Evaluate } from "./literals-in-run.js";

type Instance = Extract<AbstractValue, { kind: "instance" }>;

/** Constructors that hand on to the class above. */
const deepestChain = 4;

export class Constructions {
  private readonly known = new Map<string, Context | null>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly values: ContextValues,
  ) {}

  /** What the constructor that gives the field was called with for this object. */
  of(object: Instance, giver: FunctionNode, evaluate: Evaluate): Context | null {
    if (giver.graph.kind === "field-initializer") return noContext;
    const key = `${String(object.id)}:${String(giver.closureIndex)}`;
    let context = this.known.get(key);
    if (context === undefined) {
      // While it is being found out, nothing is known.
      this.known.set(key, null);
      this.known.set(key, (context = this.findConstruction(object, giver, evaluate, 0)));
    }
    return context;
  }

  private findConstruction(
    object: Instance,
    constructor: FunctionNode,
    evaluate: Evaluate,
    depth: number,
  ): Context | null {
    if (depth > deepestChain) return null;
    for (const edge of this.pointsTo.callersOf(constructor)) {
      const { site, shape } = edge;
      const { caller, instruction } = site;
      if (shape === "construct" && site.id === object.site && instruction.kind === "call")
        return this.contextOf(object, edge, instruction, noContext, evaluate);
      if (shape !== "super" || instruction.kind !== "super-call") continue;
      const heir = this.pointsTo.program.homeClass(caller);
      const chain = chainOf(this.pointsTo, object.class);
      if (!chain.some((each) => each.kind === "class" && each.class === heir)) continue;
      const around = this.findConstruction(object, caller, evaluate, depth + 1);
      return around === null ? null : this.contextOf(object, edge, instruction, around, evaluate);
    }
    return null;
  }

  private contextOf(
    object: Instance,
    edge: CallEdge,
    { arguments: list }: Pick<InstructionOf<"call">, "arguments">,
    around: Context,
    evaluate: Evaluate,
  ): Context | null {
    const { caller } = edge.site;
    const parameters = new Map<number, ReadonlySet<AbstractValue>>();
    for (const { index, rest } of edge.callee.graph.parameters) {
      if (rest) break;
      const given = list[index];
      if (list.slice(0, index + 1).some(({ spread }) => spread)) break;
      if (given === undefined) {
        parameters.set(index, new Set([this.pointsTo.values.constant(undefined)]));
        continue;
      }
      const constant = evaluate(caller, given.value, around);
      if (constant !== null) parameters.set(index, new Set([this.pointsTo.values.constant(constant.value)]));
      else if (areAllKnown(this.pointsTo, around, caller, given.value))
        parameters.set(
          index,
          this.values.valuesIn(around, caller, given.value) ?? this.pointsTo.valuesOf(caller, given.value),
        );
    }
    const own = new Set([object]);
    return {
      key: `made ${String(object.id)}`,
      receiver: own,
      parameters,
      slots: new Map(),
      given: givenAt(this.pointsTo, edge),
    };
  }
}

/**
 * Fields that a constructor takes over from its parameters (`this.drawer = drawer`, parameter properties): each
 * construction has its own, so `new Cupboard(mittens)` does not hold what `new Cupboard(umbrellas)` got.
 */
import type { Instruction } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

type Store = Extract<Instruction, { kind: "store" }>;

/** The parameter that a constructor stores as it got it into a field of `this`; null for any other store. */
export function keptParameter(node: FunctionNode, store: Store): { index: number; name: string } | null {
  if (node.graph.kind !== "constructor" || store.property.kind !== "name" || store.accessor !== undefined)
    return null;
  const target = node.definitions[store.object];
  if (target?.kind !== "instruction" || target.instruction.kind !== "this") return null;
  let value = store.value;
  for (;;) {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    if (instruction.kind === "declare" || instruction.kind === "cast") value = instruction.value;
    else if (instruction.kind !== "parameter" || node.graph.parameters[instruction.index]?.rest !== false)
      return null;
    else return { index: instruction.index, name: store.property.name };
  }
}

/** The fields of an object that is being made, from the operands of this construction. */
export function keepOperands(
  pointsTo: PointsTo,
  constructor: FunctionNode,
  self: AbstractValue,
  operands: Operands["arguments"],
): void {
  if (operands.some((operand) => operand.spread)) return;
  pointsTo.keepApart(self, constructor);
  for (const instruction of constructor.code) {
    const kept = instruction.kind === "store" ? keptParameter(constructor, instruction) : null;
    const operand = kept === null ? undefined : operands[kept.index];
    if (kept !== null && operand !== undefined)
      pointsTo.graph.edge(operand.node, pointsTo.fieldNode(self, kept.name));
  }
}

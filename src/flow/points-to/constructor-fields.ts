/**
 * Fields that a constructor takes over from its parameters (`this.drawer = drawer`, parameter properties): each
 * construction has its own, so `new Cupboard(mittens)` does not hold what `new Cupboard(umbrellas)` got.
 */
import type { Argument, Instruction, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

type Store = Extract<Instruction, { kind: "store" }>;

/** The parameter that a constructor stores as it got it into a field of `this`; null for any other store. */
export function keptParameter(node: FunctionNode, store: Store): { index: number; name: string } | null {
  if (node.graph.kind !== "constructor" || store.property.kind !== "name" || store.accessor !== undefined)
    return null;
  const target = node.definitions[store.object];
  if (target?.kind !== "instruction" || target.instruction.kind !== "this") return null;
  const index = ownParameter(node, store.value);
  return index === null ? null : { index, name: store.property.name };
}

/** The parameter that a value is, as the function got it. */
function ownParameter(node: FunctionNode, from: ValueId): number | null {
  let value = from;
  for (;;) {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    if (instruction.kind === "declare" || instruction.kind === "cast") value = instruction.value;
    else if (instruction.kind !== "parameter" || node.graph.parameters[instruction.index]?.rest !== false)
      return null;
    else return instruction.index;
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
  operands.forEach((operand, index) => {
    pointsTo.graph.edge(operand.node, givenNode(pointsTo, self, constructor, index));
  });
  for (const instruction of constructor.code) {
    const kept = instruction.kind === "store" ? keptParameter(constructor, instruction) : null;
    if (kept !== null && kept.index < operands.length)
      pointsTo.graph.edge(
        givenNode(pointsTo, self, constructor, kept.index),
        pointsTo.fieldNode(self, kept.name),
      );
  }
}

/** What a constructor hands on to the class above of what it got for this object. */
export function handedOn(
  pointsTo: PointsTo,
  constructor: FunctionNode,
  self: AbstractValue,
  list: readonly Argument[],
  operands: Operands["arguments"],
): Operands["arguments"] {
  if (!pointsTo.isKeptApart(self, constructor)) return operands;
  return operands.map((operand, at) => {
    const index = ownParameter(constructor, list[at]?.value ?? -1);
    return index === null || operand.spread
      ? operand
      : { node: givenNode(pointsTo, self, constructor, index), spread: false };
  });
}

function givenNode(
  { graph }: PointsTo,
  self: AbstractValue,
  constructor: FunctionNode,
  index: number,
): PointerNode {
  return graph.node(`given ${String(self.id)}:${String(constructor.index)}:${String(index)}`);
}

import type { ValueId } from "../../contracts/file-graph.js";
import { type Base, incomingIndex, receiver } from "../tabulation/fact.js";
import type { FunctionNode } from "../program/program.js";

/** The values of a function that are what its calls hand over there: its receiver, or a parameter that is no list of the rest. */
export function operandValues(node: FunctionNode, operand: Base): readonly ValueId[] {
  const index = incomingIndex(operand);
  return node.code.flatMap((each) => {
    if (each.kind === "this") return operand === receiver ? [each.out] : [];
    return each.kind === "parameter" && each.index === index && node.graph.parameters[index]?.rest === false
      ? [each.out]
      : [];
  });
}

/** Parameters that a call leaves out: they are none of the functions and objects that other calls hand over. */
import type { Instruction } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { distinguishes } from "../points-to/abstract-value.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { Context } from "./context.js";

/** Those of which it matters; `shift`: how many parameters stand before the first argument. */
export function leftOut(
  pointsTo: PointsTo,
  { callee, site: { instruction } }: CallEdge,
  shift: number,
): readonly number[] {
  return callee.graph.parameters.flatMap(({ rest }, index) => {
    const isLeftOut = !rest && lacksArgument(instruction, index - shift);
    return isLeftOut && [...pointsTo.parameterNode(callee, index).values].some(distinguishes) ? [index] : [];
  });
}

/** The call hands over nothing for a parameter of which it is known that it was something. */
export function leavesOut(
  { callee, site: { instruction } }: CallEdge,
  shift: number,
  parameters: Context["parameters"],
): boolean {
  return [...parameters].some(
    ([index, wanted]: readonly [number, ReadonlySet<AbstractValue>]) =>
      callee.graph.parameters[index]?.rest !== true &&
      lacksArgument(instruction, index - shift) &&
      [...wanted].every((value) => distinguishes(value)),
  );
}

export function lacksArgument(instruction: Instruction, index: number): boolean {
  return (
    instruction.kind === "call" &&
    index >= instruction.arguments.length &&
    !instruction.arguments.some(({ spread }) => spread)
  );
}

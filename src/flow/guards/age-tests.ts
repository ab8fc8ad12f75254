/** Tests of an age: on which side of them nobody is a child. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to.js";
import type { FunctionNode } from "../program.js";

/** Is the person no child, where the comparison came out so? */
export function tellsOfAge(
  _pointsTo: PointsTo,
  _node: FunctionNode,
  _operator: string,
  _left: ValueId,
  _right: ValueId,
  _truth: boolean,
): boolean {
  return false;
}

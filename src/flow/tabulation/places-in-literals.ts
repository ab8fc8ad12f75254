/** Where elements stand in a list that is written out with others spread in it: `[...rows, ...given, last]`. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import { writtenBefore } from "../constants/list-bounds.js";
import type { AccessPath } from "../paths/access-path.js";
import { isIndex, positionOf } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** A list that is made of itself, one longer each time (`[newest, ...before]`), has no last position. */
const farthest = 16;

/** Where an element of what is spread into a list literal stands there: behind those that are written before it. */
export function placeInList(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  { target }: InstructionOf<"append-elements">,
  { components: [first = ""] }: AccessPath,
): string {
  if (!isIndex(first)) return "[]";
  const before = writtenBefore(pointsTo, node, point, target);
  return before === null ? "[]" : nearPlace(before + positionOf(first));
}

/** Where an element stands that is written behind a list that is spread: `[...rows, last]`. */
export function placeBehind(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  { object }: InstructionOf<"store">,
): string {
  const before = writtenBefore(pointsTo, node, point, object);
  return before === null ? "[]" : nearPlace(before);
}

function nearPlace(position: number): string {
  return position > farthest ? "[]" : String(position);
}

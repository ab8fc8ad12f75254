/** Columns of a row from outside that the program has put something of its own into: `body.password = await hash(…)`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { replacedBefore } from "../stores/replaced-columns.js";
import type { Origins } from "./origins.js";

/** Nothing that comes from outside stands there any more, whatever type the row is taken for from here on. */
export function isSetAnew(
  pointsTo: PointsTo,
  origins: Origins,
  node: FunctionNode,
  value: ValueId,
  path: readonly string[],
  point: number,
): boolean {
  const [name] = path;
  if (name === undefined || path.length > 1) return false;
  const found = replacedBefore(pointsTo, { node, value, name }, point);
  return (
    found !== null &&
    !found.isTextOnly &&
    found.values.every((each) => !origins.isOutside(node, each) && !origins.isOpaque(node, each))
  );
}

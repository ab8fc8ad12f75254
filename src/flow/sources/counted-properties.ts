/** Properties of texts, lists, collections and bytes that say how much there is: no data of anybody. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/**
 * `isMarked`: something of the name is child data in this program. `req.body.size` is, where the size of a shoe is, as
 * nothing says that a collection is asked.
 */
export function isCount(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: InstructionOf<"load" | "super-load">,
  isMarked: boolean,
): boolean {
  const { property } = instruction;
  if (property.kind !== "name") return false;
  if (property.name === "length" || property.name === "byteLength") return true;
  if (property.name !== "size") return false;
  return !isMarked || instruction.kind !== "load" || mayBeCollection(pointsTo, node, instruction);
}

function mayBeCollection(pointsTo: PointsTo, node: FunctionNode, { object }: InstructionOf<"load">): boolean {
  return [...pointsTo.valuesOf(node, object)].some(
    (value) => value.kind !== "object" && (value.kind !== "foreign" || value.module === "lib"),
  );
}

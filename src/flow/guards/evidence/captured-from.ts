/** What a slot of a closure holds: the value of the function that made the closure. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";

/** Null where it is a variable that may change, or where the maker is not known. */
export function capturedFrom(
  { program }: PointsTo,
  node: FunctionNode,
  slot: number,
): { readonly node: FunctionNode; readonly value: ValueId } | null {
  const parent = node.graph.parent === null ? undefined : program.functionIn(node, node.graph.parent);
  if (parent === undefined || node.graph.captures[slot]?.mode !== "value") return null;
  const made = parent.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  const value = made?.kind === "function" ? made.captures[slot] : undefined;
  return value === undefined ? null : { node: parent, value };
}

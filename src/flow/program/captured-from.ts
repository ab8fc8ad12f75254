/** What a slot of a closure holds: the value of the function that made the closure. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "./program.js";

/** A value of the function around. */
export interface Captured {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

/** Null where it is a variable that may change, or where the maker is not known. */
export function capturedFrom(pointsTo: PointsTo, node: FunctionNode, slot: number): Captured | null {
  return node.graph.captures[slot]?.mode === "value" ? heldInSlot(pointsTo, node, slot) : null;
}

/** The same of variables that may change, too: the value that holds them. */
export function heldInSlot({ program }: PointsTo, node: FunctionNode, slot: number): Captured | null {
  const maker = node.graph.parent === null ? undefined : program.functionIn(node, node.graph.parent);
  const made = maker?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  const value = made?.kind === "function" ? made.captures[slot] : undefined;
  return maker === undefined || value === undefined ? null : { node: maker, value };
}

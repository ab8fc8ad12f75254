import type { AbstractValue } from "./abstract-value.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";

/** Puts values where nothing is known; true where that is something new. */
export function seed(pointsTo: PointsTo, node: PointerNode, values: readonly AbstractValue[]): boolean {
  if (!node.isEmpty || values.length === 0) return false;
  for (const value of values) {
    pointsTo.markShared(value);
    pointsTo.graph.add(node, value);
  }
  return true;
}

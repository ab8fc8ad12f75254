/** Functions from which some of the given ones may be called: all others establish nothing. */
import type { PointsTo } from "../points-to.js";
import type { FunctionNode } from "../program.js";

export function functionsThatReach(
  pointsTo: PointsTo,
  places: readonly FunctionNode[],
): ReadonlySet<number> {
  const reached = new Set<number>();
  const queue: FunctionNode[] = [];
  const reach = (node: FunctionNode | undefined): void => {
    if (node === undefined || reached.has(node.index)) return;
    reached.add(node.index);
    queue.push(node);
  };
  places.forEach(reach);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const edge of pointsTo.callersOf(node)) reach(edge.site.caller);
    for (const edge of pointsTo.callbacksOf(node)) reach(edge.site.caller);
    // A function that hands out a closure lets others call what stands in it.
    if (node.graph.parent !== null && node.graph.kind !== "module")
      reach(pointsTo.program.functionIn(node, node.graph.parent));
  }
  return reached;
}

/** Functions that only stand for their copies: every call of them runs one. */
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

/** Once all calls are known: nothing runs the function itself, since copies were made of it for whoever calls it. */
export function isNeverRun(pointsTo: PointsTo, node: FunctionNode): boolean {
  const hasCallers = pointsTo.callersOf(node).length > 0 || pointsTo.callbacksOf(node).length > 0;
  return (
    pointsTo.functionCopies.isReplaced(node, hasCallers) ||
    (!hasCallers && pointsTo.instanceCopies.isCopied(node))
  );
}

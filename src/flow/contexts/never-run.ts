/** Functions that only stand for their copies: every call of them runs one. */
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Callers of callers that are looked at. */
const deepest = 4;

/**
 * Once all calls are known: nothing runs the function itself, since copies were made of it for whoever calls it, or only
 * what stands for copies itself; nor what only such a one would make.
 */
export function isNeverRun(pointsTo: PointsTo, node: FunctionNode, depth = 0): boolean {
  const { parent } = node.graph;
  const around = parent === null ? undefined : pointsTo.program.functionIn(node, parent);
  if (around !== undefined && isNeverRun(pointsTo, around, deepest)) return true;
  if (!pointsTo.functionCopies.isCopied(node) && !pointsTo.instanceCopies.isCopied(node)) return false;
  const callers = [...pointsTo.callersOf(node), ...pointsTo.callbacksOf(node)];
  const isCalled = callers.some(
    ({ site: { caller } }) =>
      depth >= deepest || (caller !== node && !isNeverRun(pointsTo, caller, depth + 1)),
  );
  return (
    pointsTo.functionCopies.isReplaced(node, isCalled) ||
    (!isCalled && pointsTo.instanceCopies.isCopied(node))
  );
}

/** Something in the program calls it, or hands it to what does. */
export function hasCallers(pointsTo: PointsTo, node: FunctionNode): boolean {
  return pointsTo.callersOf(node).length > 0 || pointsTo.callbacksOf(node).length > 0;
}

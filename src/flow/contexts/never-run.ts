/** Functions that only stand for their copies: every call of them runs one. */
import { isCalledByPackage } from "../points-to/classes-of-packages.js";
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
  if (pointsTo.functionCopies.isReplaced(node, isCalled)) return true;
  if (isCalled || !pointsTo.instanceCopies.isCopied(node)) return false;
  // What a package calls it calls on each object, and the first of them runs the method itself.
  const home = pointsTo.program.homeClass(node);
  const isFirst = callers.length === 0 && !pointsTo.receiverNode(node).isEmpty;
  return !isFirst || home === undefined || !isCalledByPackage(pointsTo, home, node);
}

/** Something in the program calls it, or hands it to what does. */
export function hasCallers(pointsTo: PointsTo, node: FunctionNode): boolean {
  return pointsTo.callersOf(node).length > 0 || pointsTo.callbacksOf(node).length > 0;
}

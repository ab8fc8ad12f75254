/** Which of two calls is run first, when a program starts up. */
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { successors } from "../../program/successors.js";
import { blocksOfLoop } from "../../program/rounds-of-loops.js";
import { importsTransitively } from "./module-order.js";

const deepest = 6;

/** Is the first call always behind us when the second is run? */
export function runsBefore(pointsTo: PointsTo, first: CallSite, second: CallSite): boolean {
  return comesFirst(pointsTo, first, second.caller, second.point, 0);
}

/** The same of an instruction of a function. */
export function runsBeforePoint(
  pointsTo: PointsTo,
  first: CallSite,
  { node, point }: { readonly node: FunctionNode; readonly point: number },
): boolean {
  return comesFirst(pointsTo, first, node, point, 0);
}

function comesFirst(
  pointsTo: PointsTo,
  first: CallSite,
  node: FunctionNode,
  point: number,
  depth: number,
): boolean {
  if (node === first.caller) return alwaysBefore(node, first.point, point);
  if (depth > deepest) return false;
  const callers = [...pointsTo.callersOf(node), ...pointsTo.callbacksOf(node)];
  if (callers.length > 0)
    return callers.every(({ site }) => comesFirst(pointsTo, first, site.caller, site.point, depth + 1));
  // The other way: the first call stands in a function that is called before.
  const makers = pointsTo.callersOf(first.caller);
  if (makers.length > 0)
    return makers.some((edge) => comesFirst(pointsTo, edge.site, node, point, depth + 1));
  return (
    node.graph.kind === "module" &&
    first.caller.graph.kind === "module" &&
    importsTransitively(pointsTo, node.file, first.caller.file)
  );
}

/**
 * Is the call made in every run of the program: on each way to those of the others that stand beside it, or else to the
 * end of its function, and the call of that likewise?
 */
export function isAlwaysMade(
  pointsTo: PointsTo,
  { caller, point }: CallSite,
  until: readonly CallSite[],
  depth = 0,
): boolean {
  const home = caller.blockOf[point] ?? 0;
  const beside = until.filter((each) => each.caller === caller);
  if (beside.length > 0)
    return beside.every((each) => {
      const target = caller.blockOf[each.point] ?? 0;
      return target === home ? point <= each.point : !mayComePast(caller, home, target);
    });
  if (mayComePast(caller, home, null)) return false;
  const callers = [...pointsTo.callersOf(caller), ...pointsTo.callbacksOf(caller)];
  return (
    depth > deepest ||
    callers.length === 0 ||
    callers.some(({ site }) => isAlwaysMade(pointsTo, site, until, depth + 1))
  );
}

/**
 * Does a way lead from the start of the function to another block past the first, other than by a loop that has no
 * rounds? Null: to where the function returns.
 */
function mayComePast(node: FunctionNode, home: number, target: number | null): boolean {
  const seen = new Set<number>();
  const queue = [0];
  for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
    const block = node.graph.blocks[position];
    if (block === undefined || position === home || seen.has(position)) continue;
    seen.add(position);
    const { end } = block;
    if (target === null ? end.kind === "return" : position === target) return true;
    const isAround = end.kind === "loop" && blocksOfLoop(node, position).has(home);
    for (const id of isAround ? [end.body] : successors(end)) {
      const next = node.blockById.get(id);
      if (next !== undefined) queue.push(next);
    }
  }
  return false;
}

/** No way leads to the second point but over the first. */
function alwaysBefore(node: FunctionNode, first: number, second: number): boolean {
  const home = node.blockOf[first] ?? 0;
  const target = node.blockOf[second] ?? 0;
  if (home === target) return first < second;
  const seen = new Set<number>([0]);
  const queue = [0];
  for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
    if (position === home) continue;
    if (position === target) return false;
    const block = node.graph.blocks[position];
    if (block === undefined) continue;
    const after = block.handler === null ? successors(block.end) : [...successors(block.end), block.handler];
    for (const id of after) {
      const next = node.blockById.get(id);
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return true;
}

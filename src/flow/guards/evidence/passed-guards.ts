/** Whether an instruction is only reached where a guard has taken effect, in its function or on all ways to that. */
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { Ways } from "../ways.js";
import { definitionOf } from "../../paths/value-places.js";

/** Calls above each other before a place is taken for open. */
const deepest = 3;

interface Promises {
  isBehind(site: CallSite, address: string): boolean;
}

/** In its own function. */
export function isClosedAt(ways: Ways, node: FunctionNode, point: number): boolean {
  const { blocks, closed } = ways.open(node);
  const block = node.blockOf[point] ?? 0;
  return !blocks.has(block) || (closed.get(block) ?? Infinity) < point;
}

/** What is called was handed to the calling function (`next(error)`): of others each caller would have to be gone through. */
export function isHandedOn({ caller, instruction }: CallSite): boolean {
  if (instruction.kind !== "call") return false;
  const called = definitionOf(caller, instruction.callee)?.kind;
  return called === "parameter" || called === "capture";
}

export function isPassed(
  pointsTo: PointsTo,
  ways: Ways,
  node: FunctionNode,
  point: number,
  promises: Promises,
  depth = 0,
): boolean {
  if (isClosedAt(ways, node, point)) return true;
  const callers = pointsTo.callersOf(node);
  const callbacks = pointsTo.callbacksOf(node);
  if (depth === deepest || callers.length + callbacks.length === 0) return false;
  const isBehind = ({ caller, point: at }: CallSite): boolean =>
    isPassed(pointsTo, ways, caller, at, promises, depth + 1);
  return (
    callers.every(({ site }) => isBehind(site)) &&
    callbacks.every(({ site, address }) => promises.isBehind(site, address) || isBehind(site))
  );
}

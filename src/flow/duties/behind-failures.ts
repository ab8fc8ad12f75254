/** What of a function is run behind a call that has failed, where the failure is caught. */
import type { ValueId } from "../../contracts/file-graph.js";
import { type LaterPoints, laterPoints } from "../program/later-points.js";
import type { FunctionNode } from "../program/program.js";

/** By which whoever brings messages is told that one is done with. */
const acknowledging =
  /\.(?:ack|ackAll|acknowledge|completeMessage|deleteMessage|commitOffsets|resolveOffset)$|^DeleteMessage(?:Batch)?Command$/u;

/** Up to where the call is made again. */
export function behindFailure(node: FunctionNode, point: number): LaterPoints {
  const stops = new Set([point]);
  const handler = handlerOf(node, point);
  return handler === null ? laterPoints(node, point, stops) : laterPoints(node, handler, stops);
}

/** Where the catch begins that the call, or whoever waits for it, stands in; null: it is caught as a promise. */
function handlerOf(node: FunctionNode, point: number): number | null {
  for (const each of [point, ...waitedFor(node, point)]) {
    const id = node.graph.blocks[node.blockOf[each] ?? 0]?.handler ?? null;
    const block = id === null ? undefined : node.blockById.get(id);
    if (block !== undefined) return node.blockStart[block] ?? null;
  }
  return null;
}

function waitedFor(node: FunctionNode, point: number): readonly number[] {
  const call = node.code[point];
  if (call === undefined || !("out" in call)) return [];
  const values = new Set<ValueId>([call.out]);
  const found: number[] = [];
  for (const value of values)
    for (const use of node.uses[value] ?? []) {
      const each = node.code[use];
      if (each?.kind === "await") found.push(use);
      else if (each?.kind === "declare" || each?.kind === "cast") values.add(each.out);
      else if (each?.kind === "call" && each.receiver === value) values.add(each.out);
    }
  return found;
}

/** Who brought the message is told only where the call did not fail that it is done, and so brings it again. */
export function isLeftUnacknowledged(node: FunctionNode, point: number): boolean {
  const isDone = (later: LaterPoints): boolean =>
    node.code.some((each, at) => each.kind === "call" && acknowledging.test(each.name) && later.reaches(at));
  return isDone(laterPoints(node, point, new Set([point]))) && !isDone(behindFailure(node, point));
}

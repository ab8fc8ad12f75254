/** What of a function is run behind a call that has failed, where the failure is caught. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Outset } from "../guards/open-way.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
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
export function isLeftUnacknowledged(
  pointsTo: PointsTo,
  outset: Outset,
  node: FunctionNode,
  point: number,
): boolean {
  if (!isConsumer(pointsTo, outset)) return false;
  const told = node.code.flatMap((each, at) => {
    if (each.kind !== "call" || !acknowledging.test(each.name)) return [];
    const site = pointsTo.findSite(node, at);
    return site !== undefined && isOfQueue(pointsTo, site) ? [at] : [];
  });
  const isDone = (later: LaterPoints): boolean => told.some((at) => later.reaches(at));
  return isDone(laterPoints(node, point, new Set([point]))) && !isDone(behindFailure(node, point));
}

/** What a queue calls with its messages, or what fetches them by itself; whoever sends a request brings none. */
function isConsumer(pointsTo: PointsTo, { kind, site, isJob }: Outset): boolean {
  return kind !== "handler" || isJob === true || (site !== null && isOfQueue(pointsTo, site));
}

/** It is called of a package that keeps messages in a queue. */
function isOfQueue({ catalogue }: PointsTo, { foreign }: CallSite): boolean {
  return [...foreign].some(({ module }) =>
    catalogue
      .find(module)
      .some(({ paths }) =>
        paths.some(({ roles }) => roles.some((role) => role.kind === "store" && role.medium === "queue")),
      ),
  );
}

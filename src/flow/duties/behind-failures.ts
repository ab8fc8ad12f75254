/** What of a function is run behind a call that has failed, where the failure is caught. */
import type { PackageModel, Role } from "../../contracts/model.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Outset, Passage } from "../guards/open-way.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { type LaterPoints, laterPoints } from "../program/later-points.js";
import type { FunctionNode } from "../program/program.js";

/** By which whoever brings messages is told that one is done with. */
const acknowledging =
  /\.(?:ack|ackAll|acknowledge|completeMessage|deleteMessage|commitOffsets|resolveOffset)$|^DeleteMessage(?:Batch)?Command$/u;

/** Words for nothing else, also of what no model describes. */
const unmistakable = /\.(?:ack|ackAll|ackAck|completeMessage|commitOffsets|resolveOffset)$/u;

/** What a stream of Redis is told by, beside all else that is kept there. */
const acknowledgingStream = /\.xack$/iu;

/** Own functions that lead to what is told. */
const deepest = 3;

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

/**
 * Who brought the message is told only where the call did not fail that it is done, and so brings it again. `index`: of
 * the passages, the innermost first, the one at which the failure is caught.
 */
export function isLeftUnacknowledged(
  pointsTo: PointsTo,
  outset: Outset,
  passages: readonly Passage[],
  index: number,
): boolean {
  if (!isConsumer(pointsTo, outset)) return false;
  const isDone = (node: FunctionNode, later: LaterPoints): boolean =>
    node.code.some((_, at) => later.reaches(at) && acknowledges(pointsTo, node, at));
  const isDoneBehind = ({ node, point }: Passage): boolean =>
    isDone(node, laterPoints(node, point, new Set([point])));
  const before = passages.slice(0, index + 1);
  if (!before.some(isDoneBehind)) return false;
  const isDoneHere = before.some(
    ({ node, point }, at) =>
      (at === index || handlerOf(node, point) !== null) && isDone(node, behindFailure(node, point)),
  );
  return !isDoneHere && !isDoneAround(passages.slice(index), isDoneBehind);
}

/** Who calls the function tells it once that comes back; a loop without an end never does. */
function isDoneAround(
  [inner, outer, ...others]: readonly Passage[],
  isDoneBehind: (passage: Passage) => boolean,
): boolean {
  if (inner === undefined || outer === undefined || outer.node.graph.kind === "module") return false;
  if (!behindFailure(inner.node, inner.point).ends) return false;
  return isDoneBehind(outer) || isDoneAround([outer, ...others], isDoneBehind);
}

/** The call tells, or an own function that it runs. */
function acknowledges(pointsTo: PointsTo, node: FunctionNode, at: number): boolean {
  let calls = [pointsTo.findSite(node, at)];
  const seen = new Set<FunctionNode>();
  for (let depth = 0; depth <= deepest && calls.length > 0; depth++) {
    const sites = calls.filter((site) => site !== undefined);
    if (sites.some((site) => acknowledgesItself(pointsTo, site))) return true;
    const called = new Set(sites.flatMap(({ edges }) => [...edges.values()].map(({ callee }) => callee)));
    calls = [...called].flatMap((callee) => {
      if (seen.has(callee)) return [];
      seen.add(callee);
      return callee.code.map((_, point) => pointsTo.findSite(callee, point));
    });
  }
  return false;
}

function acknowledgesItself(pointsTo: PointsTo, site: CallSite): boolean {
  const { instruction, edges } = site;
  if (instruction.kind !== "call" || edges.size > 0) return false;
  const { name } = instruction;
  if (acknowledgingStream.test(name)) return true;
  if (acknowledging.test(name) && isOfQueue(pointsTo, site)) return true;
  return unmistakable.test(name) && isUndescribed(pointsTo, site);
}

/** What a queue calls with its messages, or what fetches them by itself; whoever sends a request brings none. */
function isConsumer(pointsTo: PointsTo, { kind, site, isJob }: Outset): boolean {
  return kind !== "handler" || isJob === true || (site !== null && isOfQueue(pointsTo, site));
}

/** It is called of a package that keeps messages in a queue, or that hands out what another one keeps them by. */
function isOfQueue({ catalogue }: PointsTo, { foreign }: CallSite): boolean {
  const keeps = (module: string): boolean =>
    rolesOf(catalogue.find(module)).some((role) => role.kind === "store" && role.medium === "queue");
  return [...foreign].some(
    ({ module }) =>
      keeps(module) ||
      rolesOf(catalogue.find(module)).some(
        (role) => role.kind === "type" && typeof role.type === "string" && keeps(moduleOf(role.type)),
      ),
  );
}

function rolesOf(packages: readonly PackageModel[]): readonly Role[] {
  return packages.flatMap(({ paths }) => paths.flatMap(({ roles }) => roles));
}

/** `npm:amqplib#Channel` */
function moduleOf(type: string): string {
  return type.slice(0, type.indexOf("#"));
}

/** No model says anything of its package, or nobody can tell what it is called of. */
function isUndescribed({ catalogue }: PointsTo, { foreign }: CallSite): boolean {
  return [...foreign].every(({ module }) => catalogue.find(module).length === 0);
}

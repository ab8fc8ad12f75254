/** Why a guard's call does not take effect on a way that leads past it, in the function that it stands in. */
import type { IneffectiveGuard, IneffectiveReason } from "../../contracts/flow.js";
import type { BlockId, Instruction, ValueId } from "../../contracts/file-graph.js";
import { successors } from "../program/successors.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { locationOf } from "../program/program.js";
import { endsBlock, joinedInto } from "../program/value-ends.js";
import type { GuardCall } from "./marks/guard-places.js";
import { isInLoopBefore, isOnEveryWay, isOutvoted, isPromiseMember } from "./guard-position.js";
import type { OpenWays } from "./open-ways.js";

type Reason = Pick<IneffectiveGuard, "reason" | "place">;

export function swallowedAt(node: FunctionNode, { at: span }: Instruction): Reason {
  const { file, line } = locationOf(node, span);
  return { reason: "swallowed", place: `${file}:${String(line)}` };
}

export function reasonOf(
  { site, mark }: GuardCall,
  node: FunctionNode,
  until: number,
  open: OpenWays,
): Reason {
  const reason = withoutPlace({ site, mark }, node, until, open);
  const caught = reason === null ? caughtAt(site, node, until) : null;
  return caught ?? { reason: reason ?? laterReason({ site, mark }, node, until) };
}

/** Its error is swallowed. */
export function caughtAt(site: CallSite, node: FunctionNode, until: number): Reason | null {
  const caught = catcherOf(site, node, until);
  if (caught === "empty") return { reason: "swallowed" };
  return caught === null ? null : swallowedAt(node, caught);
}

/** What is to be said before anything that has to do with errors. */
function withoutPlace(
  { site, mark }: GuardCall,
  node: FunctionNode,
  until: number,
  open: OpenWays,
): IneffectiveReason | null {
  if (open.question.asksOthers?.(site) === true) return "other-subject";
  if (!open.question.accepts(mark, site)) return "other-operation";
  const out = "out" in site.instruction ? site.instruction.out : -1;
  const isReturned = node.graph.blocks.some(({ end }) => end.kind === "return" && end.value === out);
  const isTooLate = site.point > until;
  if (mark.isAsync && !isReturned && !isAwaited(node, out, isTooLate ? Infinity : until))
    return "not-awaited";
  return isTooLate ? "too-late" : null;
}

/** Where its error is caught, and control goes on: the first instruction of the clause, or the call of `catch`. */
function catcherOf(site: CallSite, node: FunctionNode, until: number): Instruction | "empty" | null {
  const { handler = null } = node.graph.blocks[node.blockOf[site.point] ?? 0] ?? {};
  if (handler !== null && comesTo(node, handler, until)) {
    const position = node.blockById.get(handler) ?? 0;
    const isEmpty = node.graph.blocks[position]?.instructions.length === 0;
    return isEmpty ? "empty" : (node.code[node.blockStart[position] ?? 0] ?? "empty");
  }
  if (site.instruction.kind !== "call") return null;
  const { out } = site.instruction;
  return (
    node.code.find(
      (each) =>
        each.kind === "call" &&
        each.receiver === out &&
        (/\.catch$/u.test(each.name) || (/\.then$/u.test(each.name) && each.arguments.length > 1)),
    ) ?? null
  );
}

function laterReason({ site, mark }: GuardCall, node: FunctionNode, until: number): IneffectiveReason {
  const out = "out" in site.instruction ? site.instruction.out : -1;
  if (mark.telling === "callback") return "by-callback";
  if (mark.telling !== "throw" && !isTested(node, out)) return "not-tested";
  if (isOutvoted(node, whatComesOf(node, out))) return "outvoted";
  if (until === Infinity) return "one-branch";
  if (mark.telling !== "throw" && isOnEveryWay(node, site.point, until)) return "other-side";
  return isInLoopBefore(node, site.point, until) ? "in-loop" : "one-branch";
}

/** Does control go on from a block to the instruction at a point, or to a return where there is none? */
function comesTo(node: FunctionNode, from: BlockId, until: number): boolean {
  const wanted = until === Infinity ? null : (node.blockOf[until] ?? 0);
  const seen = new Set<BlockId>();
  const queue = [from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const position = node.blockById.get(id);
    const block = position === undefined ? undefined : node.graph.blocks[position];
    if (block === undefined) continue;
    if (wanted === null ? block.end.kind === "return" : position === wanted) return true;
    queue.push(...successors(block.end));
  }
  return false;
}

/** Is the promise waited for before the operation: by itself, among others (`Promise.all`), or by `then`? */
export function isAwaited(node: FunctionNode, value: ValueId, until: number): boolean {
  const isLater = (point: number): boolean => until !== Infinity && point > until;
  const made = whatComesOf(node, value);
  const operation = node.code[until];
  // What is done in a function that its `then` or `catch` is given.
  if (operation?.kind === "call" && operation.receiver !== null && made.includes(operation.receiver))
    return true;
  return (
    (node.uses[value] ?? []).some(
      (point) => node.code[point]?.kind === "load" && !isPromiseMember(node, point),
    ) ||
    made.some((each) =>
      (node.uses[each] ?? []).some((point) => node.code[point]?.kind === "await" && !isLater(point)),
    )
  );
}

export function isTested(node: FunctionNode, value: ValueId): boolean {
  return whatComesOf(node, value).some(
    (each) => endsBlock(node, each, "branch") || endsBlock(node, each, "return"),
  );
}

/** The values that are made of one; of a list that it is put into, what is read at its place. */
function whatComesOf(node: FunctionNode, value: ValueId): readonly ValueId[] {
  const found = new Set<ValueId>();
  const seen = new Set<string>();
  const queue: { readonly value: ValueId; readonly place: string | null }[] = [{ value, place: null }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { value: current, place } = next;
    const key = `${String(current)}.${place ?? ""}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.add(current);
    queue.push(...joinedInto(node, current).map((each) => ({ value: each, place })));
    for (const point of node.uses[current] ?? []) {
      const use = node.code[point];
      if (use?.kind === "store" && use.value === current && place === null)
        queue.push({ value: use.object, place: use.property.kind === "name" ? use.property.name : null });
      else if (use !== undefined && "out" in use && !isOfOtherPlace(use, place))
        queue.push({ value: use.out, place: use.kind === "load" || use.kind === "iterate" ? null : place });
    }
  }
  return [...found];
}

function isOfOtherPlace(use: Instruction, place: string | null): boolean {
  return place !== null && use.kind === "load" && use.property.kind === "name" && use.property.name !== place;
}

/** Guards that stand near an unguarded way, and why they did not take effect on it. */
import type { IneffectiveGuard, IneffectiveReason } from "../../contracts/flow.js";
import type { BlockId, Instruction, ValueId } from "../../contracts/file-graph.js";
import { successors } from "../program/successors.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { locationOf } from "../program/program.js";
import { endsBlock, joinedInto } from "../program/value-ends.js";
import type { Chains } from "./handlers/chains.js";
import { guardsElsewhere } from "./handlers/guards-elsewhere.js";
import type { GuardMark } from "./marks/guard-mark.js";
import type { GuardCall, GuardPlaces } from "./marks/guard-places.js";
import { isInLoopBefore, isOnEveryWay, isOutvoted, isPromiseMember } from "./guard-position.js";
import type { OpenWay, Passage } from "./open-way.js";
import type { OpenWays } from "./open-ways.js";
import { anyOutcome, at } from "./evidence/outcome.js";

const mostTold = 3;

export function ineffectiveGuards(
  way: OpenWay,
  open: OpenWays,
  places: GuardPlaces,
  chains: Chains,
): IneffectiveGuard[] {
  const found = way.passages
    .flatMap((passage) => inFunction(passage, open, places))
    .map((each) => (isAboutOthers(each, way) ? { ...each, reason: "other-subject" as const } : each));
  const all = found.length > 0 ? found : guardsElsewhere(chains, way.outset, open);
  const seen = new Set<string>();
  return all
    .filter(({ name, reason, location }) => {
      const key = `${name}|${reason}|${location.file}:${String(location.line)}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, mostTold);
}

/** The way was only found where guards that ask about somebody else do not count. */
function isAboutOthers({ location }: IneffectiveGuard, { aboutOthers }: OpenWay): boolean {
  return [...(aboutOthers ?? [])].some((site) => {
    const { file, line, column } = locationOf(site.caller, site.instruction.at);
    return file === location.file && line === location.line && column === location.column;
  });
}

function inFunction({ node, point }: Passage, open: OpenWays, places: GuardPlaces): IneffectiveGuard[] {
  const called = node.code.flatMap((_, position) => {
    const site = open.tools.pointsTo.findSite(node, position);
    return site === undefined
      ? []
      : [...site.edges.values()].flatMap(({ callee }) => {
          if (!open.isNearGuard(callee) || callee === node) return [];
          const asGuard = helperAt(site, callee, open, places);
          return asGuard === null
            ? places.in(callee).map((call) => tell(call, callee, Infinity, open))
            : [tell(asGuard, node, point, open)];
        });
  });
  const found = [...places.in(node).map((call) => tell(call, node, point, open)), ...called];
  return found.length > 0 ? found : inCallbacks({ node, point }, open, places);
}

/** In functions that are made here and handed to somebody, who may call them later, or never. */
function inCallbacks({ node, point }: Passage, open: OpenWays, places: GuardPlaces): IneffectiveGuard[] {
  const { pointsTo } = open.tools;
  return node.code.flatMap((each) => {
    const made = each.kind === "function" ? pointsTo.program.functionIn(node, each.function) : undefined;
    if (made === undefined || !open.isNearGuard(made)) return [];
    const given = pointsTo.callbacksOf(made).find(({ site }) => site.caller === node)?.site;
    return places.in(made).map(({ site, mark }): IneffectiveGuard => ({
      name: mark.name,
      reason: reasonInside(node, given?.instruction, mark, point),
      location: locationOf(made, site.instruction.at),
    }));
  });
}

/** `children.some((child) => mayKeep(child))`, `children.map(requireConsent)`: at once, for each or some of a list. */
function reasonInside(
  node: FunctionNode,
  given: Instruction | undefined,
  { isAsync, telling }: GuardMark,
  until: number,
): IneffectiveReason {
  if (given?.kind !== "call") return "in-callback";
  if (/\.(?:flatMap|map)$/u.test(given.name)) {
    if (isAsync && !isAwaited(node, given.out, until)) return "not-awaited";
    return telling !== "throw" && !isTested(node, given.out) ? "not-tested" : "in-loop";
  }
  const isAtOnce = /\.(?:some|every|find\w*|filter|reduce\w*)$/u.test(given.name);
  return isAtOnce || (!isAsync && /\.forEach$/u.test(given.name)) ? "in-loop" : "in-callback";
}

/** A function that calls a guard and would do in its place: what goes wrong then goes wrong where it is called. */
function helperAt(
  site: CallSite,
  callee: FunctionNode,
  open: OpenWays,
  places: GuardPlaces,
): GuardCall | null {
  if (open.tools.guards.ofFunction(callee).length > 0 || !asks(callee, open, places)) return null;
  const isAnswering = callee.graph.blocks.some(({ end }) => end.kind === "return" && end.value !== null);
  const telling = !open.mayReturn(callee, anyOutcome, true)
    ? "throw"
    : isAnswering && !open.mayReturn(callee, at([], { kind: "truthy" }), true)
      ? "value"
      : null;
  if (telling === null) return null;
  const { name, async: isAsync } = callee.graph;
  return {
    site,
    mark: { kind: "guard", name, operations: [], purposes: [], words: [], answer: null, telling, isAsync },
  };
}

/** Helpers of helpers are followed as far as a reader would. */
const deepest = 3;

function asks(node: FunctionNode, open: OpenWays, places: GuardPlaces, depth = 0): boolean {
  if (places.in(node).some(({ mark }) => mark.kind === "guard")) return true;
  if (depth === deepest) return false;
  return node.code.some((_, position) => {
    const edges = open.tools.pointsTo.findSite(node, position)?.edges.values() ?? [];
    return [...edges].some(({ callee }) => open.isNearGuard(callee) && asks(callee, open, places, depth + 1));
  });
}

function tell(call: GuardCall, node: FunctionNode, until: number, open: OpenWays): IneffectiveGuard {
  return {
    name: call.mark.name,
    reason: reasonOf(call, node, until, open),
    location: locationOf(node, call.site.instruction.at),
  };
}

function reasonOf(
  { site, mark }: GuardCall,
  node: FunctionNode,
  until: number,
  open: OpenWays,
): IneffectiveReason {
  if (!open.question.accepts(mark, site)) return "other-operation";
  const out = "out" in site.instruction ? site.instruction.out : -1;
  const isReturned = node.graph.blocks.some(({ end }) => end.kind === "return" && end.value === out);
  const isTooLate = site.point > until;
  if (mark.isAsync && !isReturned && !isAwaited(node, out, isTooLate ? Infinity : until))
    return "not-awaited";
  if (isTooLate) return "too-late";
  const block = node.graph.blocks[node.blockOf[site.point] ?? 0];
  if (block !== undefined && block.handler !== null && comesTo(node, block.handler, until))
    return "swallowed";
  const name = site.instruction.kind === "call" ? site.instruction.name : "";
  const isCaught = node.code.some(
    (each) => each.kind === "call" && each.receiver === out && /\.catch$/u.test(each.name),
  );
  if (isCaught && name !== "") return "swallowed";
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
function isAwaited(node: FunctionNode, value: ValueId, until: number): boolean {
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

function isTested(node: FunctionNode, value: ValueId): boolean {
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

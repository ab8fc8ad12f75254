/** Guards that stand near an unguarded way, and why they did not take effect on it. */
import type { IneffectiveGuard, IneffectiveReason } from "../../contracts/flow.js";
import type { Instruction } from "../../contracts/file-graph.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { connectedWith } from "../program/connected-files.js";
import { locationOf } from "../program/program.js";
import { calledByEntry } from "./called-there.js";
import type { Chains } from "./handlers/chains.js";
import { guardsElsewhere } from "./handlers/guards-elsewhere.js";
import { handedOver, passedHandlers } from "./handlers/passed-handlers.js";
import { isOnEveryWay } from "./guard-position.js";
import { caughtAt, isAwaited, isTested, reasonOf, swallowedAt } from "./guard-reason.js";
import { asksGuard } from "./marks/asks-guard.js";
import type { GuardMark } from "./marks/guard-mark.js";
import type { GuardCall, GuardPlaces } from "./marks/guard-places.js";
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
    .flatMap((passage) => inFunction(passage, way, open, places))
    .map((each) => (isAboutOthers(each, way) ? { ...each, reason: "other-subject" as const } : each));
  const inHandlers = found.length > 0 ? [] : inPassedHandlers(chains, way, open, places);
  const near = [...found, ...inHandlers];
  const all =
    near.length > 0 ? near : ofProgram(guardsElsewhere(chains, way, open, places), way, open, places);
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

/** Where the program that the way begins in has guards of its own, those of others in the folder are not meant. */
function ofProgram(
  found: IneffectiveGuard[],
  { outset }: OpenWay,
  { tools: { pointsTo } }: OpenWays,
  places: GuardPlaces,
): IneffectiveGuard[] {
  const own = connectedWith(pointsTo, outset.node.file);
  const hasOwn = places.functions.some(({ file }) => own.has(file));
  return hasOwn ? found.filter(({ location }) => own.has(location.file)) : found;
}

/** In what runs before the entry and lets its requests go on. */
function inPassedHandlers(
  chains: Chains,
  way: OpenWay,
  open: OpenWays,
  places: GuardPlaces,
): IneffectiveGuard[] {
  const passed = handedOver(chains, way).flatMap((each) => passedHandlers(chains, each, open));
  return passed.flatMap(({ node, until, rescued }) => {
    const told = inFunction({ node, point: until }, way, open, places);
    return rescued === null
      ? told
      : told.map((each) => ({ ...each, ...swallowedAt(rescued.caller, rescued.instruction) }));
  });
}

/** The way was only found where guards that ask about somebody else do not count. */
function isAboutOthers({ location }: IneffectiveGuard, { aboutOthers }: OpenWay): boolean {
  return [...(aboutOthers ?? [])].some((site) => {
    const { file, line, column } = locationOf(site.caller, site.instruction.at);
    return file === location.file && line === location.line && column === location.column;
  });
}

function inFunction(
  { node, point }: Passage,
  way: OpenWay,
  open: OpenWays,
  places: GuardPlaces,
): IneffectiveGuard[] {
  const called = node.code.flatMap((_, position) => {
    const site = open.tools.pointsTo.findSite(node, position);
    // What the way itself goes on in (`work()`, with the work that is handed over) calls nothing else on it.
    return site === undefined || [...site.edges.values()].some(({ callee }) => isOnWay(way, callee))
      ? []
      : [...site.edges.values()].flatMap(({ callee }) => {
          if (!open.isNearGuard(callee) || callee === node) return [];
          const asGuard = helperAt(site, callee, open, places);
          return asGuard === null
            ? places.in(callee).map((call) => tell(call, callee, Infinity, open))
            : [tell(asGuard, node, point, open)];
        });
  });
  const found = [
    ...nearestFirst(places.in(node), node, point).map((call) => tell(call, node, point, open)),
    ...called,
  ];
  return found.length > 0 ? found : inCallbacks({ node, point }, open, places);
}

function isOnWay({ passages }: OpenWay, callee: FunctionNode): boolean {
  return passages.some(({ node }) => node === callee);
}

/**
 * Where one function answers several methods, each with a guard of its own, the guard that is meant stands in the same
 * branch: on every way to the operation, or on every way from it.
 */
function nearestFirst(calls: readonly GuardCall[], node: FunctionNode, until: number): readonly GuardCall[] {
  if (until === Infinity) return calls;
  const isBeside = ({ site: { point } }: GuardCall): boolean =>
    point < until ? isOnEveryWay(node, point, until) : isOnEveryWay(node, until, point);
  const beside = calls.filter(isBeside);
  return [...beside, ...calls.filter((call) => !beside.includes(call))];
}

/** In functions that are made here and handed to somebody, who may call them later, or never. */
function inCallbacks({ node, point }: Passage, open: OpenWays, places: GuardPlaces): IneffectiveGuard[] {
  const { pointsTo, models } = open.tools;
  return node.code.flatMap((each) => {
    const made = each.kind === "function" ? pointsTo.program.functionIn(node, each.function) : undefined;
    if (made === undefined || !open.isNearGuard(made)) return [];
    const edge = pointsTo.callbacksOf(made).find(({ site }) => site.caller === node);
    // What a module declares, and a handler beside it: another entry of the program.
    if (node.graph.kind === "module" && (edge === undefined || calledByEntry(edge, models))) return [];
    const given = edge?.site;
    return [...places.in(made), ...helpersIn(made, open, places)].map(({ site, mark }): IneffectiveGuard => {
      const reason = reasonInside(node, given?.instruction, mark, point);
      // What each of a list threw is caught where the promises of all are awaited.
      const caught = reason === "in-loop" && given !== undefined ? caughtAt(given, node, point) : null;
      return { name: mark.name, location: locationOf(made, site.instruction.at), ...(caught ?? { reason }) };
    });
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

/** Calls of functions that would do in the place of a guard. */
function helpersIn(node: FunctionNode, open: OpenWays, places: GuardPlaces): GuardCall[] {
  return node.code.flatMap((_, position) => {
    const site = open.tools.pointsTo.findSite(node, position);
    return [...(site?.edges.values() ?? [])].flatMap(({ callee }) => {
      const isNear = site !== undefined && callee !== node && open.isNearGuard(callee);
      return (isNear ? helperAt(site, callee, open, places) : null) ?? [];
    });
  });
}

/** A function that calls a guard and would do in its place: what goes wrong then goes wrong where it is called. */
function helperAt(
  site: CallSite,
  callee: FunctionNode,
  open: OpenWays,
  places: GuardPlaces,
): GuardCall | null {
  if (open.tools.guards.ofFunction(callee).length > 0 || !asksGuard(callee, open, places)) return null;
  const isAnswering = callee.graph.blocks.some(({ end }) => end.kind === "return" && end.value !== null);
  const telling = !open.mayReturn(callee, anyOutcome, true)
    ? "throw"
    : isAnswering && !open.mayReturn(callee, at([], { kind: "truthy" }), true)
      ? "value"
      : null;
  if (telling === null) return null;
  const { async: isAsync } = callee.graph;
  return {
    site,
    mark: {
      kind: "guard",
      name: nameOf(callee, places),
      operations: [],
      purposes: [],
      words: [],
      parts: new Map(),
      presences: new Map(),
      silent: new Set(),
      answer: null,
      telling,
      isAsync,
    },
  };
}

/** What a function without a name is to be called: as the guard that it asks. */
function nameOf(node: FunctionNode, places: GuardPlaces): string {
  const { name } = node.graph;
  return name === "anonymous" ? (places.in(node)[0]?.mark.name ?? name) : name;
}

function tell(call: GuardCall, node: FunctionNode, until: number, open: OpenWays): IneffectiveGuard {
  return {
    name: call.mark.name,
    location: locationOf(node, call.site.instruction.at),
    ...reasonOf(call, node, until, open),
  };
}

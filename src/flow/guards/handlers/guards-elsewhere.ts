/** Guards that are registered with an app or a router, and do not stand before a handler: too late, or elsewhere. */
import type { IneffectiveGuard, IneffectiveReason } from "../../../contracts/flow.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { locationOf } from "../../program/program.js";
import { calledByEntry } from "../called-there.js";
import type { Chains } from "./chains.js";
import { requestsOf } from "./told-requests.js";
import type { Handler } from "./handlers-given.js";
import { guardsOfOthers } from "../entries/guards-of-others.js";
import { nameOfResult } from "../entries/kept-under.js";
import { asksGuard } from "../marks/asks-guard.js";
import type { GuardPlaces } from "../marks/guard-places.js";
import type { OpenWay } from "../open-way.js";
import type { OpenWays } from "../open-ways.js";
import type { Handed } from "./passed-handlers.js";
import { entriesOf, handedOver, handsOnToNext } from "./passed-handlers.js";
import { coveredAt } from "./covering-sites.js";
import { runsBefore } from "./order-of-sites.js";
import type { Registration } from "./registrations.js";

/** Guards that are registered, but not before the handlers that the way comes from, the nearest first. */
export function guardsElsewhere(
  chains: Chains,
  way: OpenWay,
  open: OpenWays,
  places: GuardPlaces,
): IneffectiveGuard[] {
  return handedOver(chains, way).flatMap((handed) => {
    const registered = handed.site === null ? [] : chains.registrations.at(handed.site);
    return registered.length === 0
      ? entriesOf(chains, handed).flatMap((entry) => guardsOfOthers(chains.entries, entry, open))
      : registeredElsewhere(chains, handed, registered, open, places);
  });
}

function registeredElsewhere(
  chains: Chains,
  { site, node }: Handed,
  registered: readonly Registration[],
  open: OpenWays,
  places: GuardPlaces,
): IneffectiveGuard[] {
  const ofNode = registered.filter(({ handlers }) => handlers.some(({ values }) => values.includes(node)));
  const those = ofNode.length > 0 ? ofNode : registered;
  const own = new Set(registered.flatMap((each) => each.places.map(({ chain }) => chain)));
  const above = chainsAbove(chains, own);
  const beside = new Set([...own].flatMap((chain) => parentsOf(chains, chain)));
  return chains.registrations.all
    .flatMap((each) => {
      const name = guardOf(chains, each, { site, node }, open, places);
      const isRoute = each.role.scope === "own" && !each.role.last;
      if (name === null || (each.site !== site && isRoute)) return [];
      const isOwn = each.site === site || each.places.some(({ chain }) => own.has(chain));
      const reason = reasonOfCovering(chains, each, those, open);
      const isNear = isOwn || each.places.some(({ chain }) => above.has(chain));
      const isBeside = each.places.some(({ chain }) =>
        parentsOf(chains, chain).some((parent) => beside.has(parent)),
      );
      // A route of another router says nothing of this one; a guard of all that another router has may have been meant.
      if (!isNear && (each.methods !== null || !(isBeside || !standsBeforeAny(chains, each)))) return [];
      const location = locationOf(each.site.caller, each.site.instruction.at);
      const guard: IneffectiveGuard =
        reason === null
          ? { name, reason: "other-scope", location, ...scopeOf(chains, each) }
          : { name, reason, location };
      const nearness = reason !== null ? 0 : isOwn ? 1 : isNear ? 2 : isBeside ? 3 : 4;
      // Of the same address rather than of another one.
      const isOfAddress = those.some((one) => chains.pathOf(one) === chains.pathOf(each));
      return [{ rank: nearness + (each.methods === null ? 0 : isOfAddress ? -0.25 : 0.5), guard }];
    })
    .concat(runBesides(chains, site, new Set([...own, ...above]), open, places))
    .sort((a, b) => a.rank - b.rank)
    .map(({ guard }) => guard);
}

/** Why a handler does not stand before others though it is for all of their requests; null: it is not. */
function reasonOfCovering(
  chains: Chains,
  each: Registration,
  registered: readonly Registration[],
  open: OpenWays,
): IneffectiveReason | null {
  const [site] = registered.flatMap((one) => coveredAt(chains, each, one) ?? []);
  if (site === undefined) return null;
  // What is run last comes after, wherever it stands.
  const isBefore = !each.role.last && each.site !== site && runsBefore(chains.pointsTo, each.site, site);
  if (!isBefore) return "too-late";
  // `next("route")` where it says no: past what is left there, and on to this.
  const isSkipping = each.handlers.some(
    (handler) => chains.ways.skips(handler, each, 0, open) || chains.ways.skips(handler, each, 1, open),
  );
  return isSkipping ? "other-side" : null;
}

/** A call that hands functions over, and the chains that it is called on; none where it makes a route. */
interface Handing {
  readonly site: CallSite;
  readonly on: readonly AbstractValue[];
}

const knownHanding = new WeakMap<Chains, readonly Handing[]>();

function handingOver(chains: Chains): readonly Handing[] {
  let known = knownHanding.get(chains);
  if (known === undefined) {
    const { pointsTo, registrations } = chains;
    known = [...pointsTo.sites.values()].flatMap((site): Handing[] => {
      if (site.callbacks.size === 0 || site.instruction.kind !== "call") return [];
      const { receiver } = site.instruction;
      const isRoute = registrations.at(site).some(({ role }) => role.scope === "own" && !role.last);
      const objects = receiver === null || isRoute ? [] : pointsTo.valueNode(site.caller, receiver).list;
      return [{ site, on: [...new Set(objects.map((value) => registrations.placeOf(value).chain))] }];
    });
    knownHanding.set(chains, known);
  }
  return known;
}

/** What is handed over there or on the same chain and is no handler in the order: it runs when an answer is sent. */
function runBesides(
  all: Chains,
  own: CallSite | null,
  chains: ReadonlySet<AbstractValue>,
  open: OpenWays,
  places: GuardPlaces,
): { readonly rank: number; readonly guard: IneffectiveGuard }[] {
  const { registrations, models } = all;
  return handingOver(all).flatMap(({ site, on }) => {
    if (site !== own && !on.some((chain) => chains.has(chain))) return [];
    const handlers = new Set(
      registrations.at(site).flatMap((each) => each.handlers.flatMap(({ values }) => values)),
    );
    return [...site.callbacks.values()].flatMap(({ callee, address }) => {
      // What only looks at what it is given (a handler of errors) is near a guard, and asks nobody.
      const isAsking = open.isNearGuard(callee) && asksGuard(callee, open, places);
      if (handlers.has(callee) || !isAsking || !calledByEntry({ site, address }, models)) return [];
      const name = callee.graph.name === "anonymous" ? places.in(callee)[0]?.mark.name : callee.graph.name;
      const location = locationOf(site.caller, site.instruction.at);
      const rank = site === own ? 0 : 0.8;
      return [{ rank, guard: { name: name ?? callee.graph.name, reason: "in-callback" as const, location } }];
    });
  });
}

/** `POST /children`, `/v2`; of what is built on a chain the name of that. */
function scopeOf(chains: Chains, each: Registration): Pick<IneffectiveGuard, "place"> {
  const { site, methods, role } = each;
  const path = chains.pathOf(each);
  const isBuilt = each.places.some(({ chain }) => chains.registrations.originsOf(chain).length > 0);
  const { caller, instruction } = site;
  const kept = isBuilt && "out" in instruction ? nameOfResult(caller, instruction.out) : null;
  const place = kept ?? (role.keys !== null ? path.slice(1).replaceAll("/", ".") : path);
  const isEverywhere = each.paths === null && place === "/";
  if (isEverywhere || place === "" || place.includes("?")) return {};
  return { place: methods === null ? place : `${methods.join("/")} ${place}` };
}

/** What a chain is mounted on, or made of. */
function parentsOf(chains: Chains, chain: AbstractValue): readonly AbstractValue[] {
  return chains
    .mountsOf(chain)
    .flatMap((mount) => (mount.kind === "mount" ? mount.parents : mount.places).map((each) => each.chain));
}

/** Where chains are mounted, and those where these are. */
function chainsAbove(chains: Chains, below: ReadonlySet<AbstractValue>): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  const queue = [...below];
  for (let chain = queue.pop(); chain !== undefined; chain = queue.pop())
    for (const mount of chains.mountsOf(chain))
      for (const parent of mount.kind === "mount" ? mount.parents : mount.places)
        if (!found.has(parent.chain)) {
          found.add(parent.chain);
          queue.push(parent.chain);
        }
  return found;
}

/** The name of a handler that hands on behind a guard only. The last one of another route answers. */
function guardOf(
  chains: Chains,
  each: Registration,
  { site, node }: Handed,
  open: OpenWays,
  places: GuardPlaces,
): string | null {
  const { handlers, methods, role } = each;
  for (const handler of handlers) {
    // The entry itself answers in the end, guarded or not.
    if (handler.values.some((value) => value === node) || chains.handsOn(handler, each, open)) continue;
    const isLast = handler === handlers.at(-1);
    const isAnswer = isLast && role.scope === "own" && !role.last;
    const isOfOther = isLast && methods !== null && each.site !== site;
    for (const value of handler.values)
      if (
        "graph" in value &&
        open.isNearGuard(value) &&
        (isOfOther ? handsOnToNext(value, role) : isMeantToHandOn(value, each, isAnswer, open))
      ) {
        const { kind } = value.graph;
        const isNamed = value.graph.name !== "anonymous" && (handler.name !== null || kind === "function");
        const name = nameOfHandler(chains.pointsTo, handler, value);
        // What is kept as a property (`before`) is called as the guard that it asks.
        return isNamed || name !== value.graph.name ? name : (places.in(value)[0]?.mark.name ?? name);
      }
  }
  return null;
}

/** A guard that stands before other routes does there what it was meant to. */
function standsBeforeAny(chains: Chains, each: Registration): boolean {
  const own = new Set(each.places.map(({ chain }) => chain));
  return chains.registrations.all.some((other) => {
    const isEntry = other.methods !== null || other.role.scope === "own";
    if (other.site === each.site || !isEntry) return false;
    const its = new Set(other.places.map(({ chain }) => chain));
    const isBelow = [...its, ...chainsAbove(chains, its)].some((chain) => own.has(chain));
    return isBelow && wouldCover(chains, each, other);
  });
}

/** Is it for the requests of another registration of the chain? */
function wouldCover(chains: Chains, each: Registration, other: Registration): boolean {
  if (each.site === other.site) return each.paths === null;
  return other.places.some(({ chain, prefix }) =>
    requestsOf(other, prefix).every((requests) => chains.isFor(each, chain, requests)),
  );
}

/** As it is handed over (`requireConsent`), else as the function is called. */
function nameOfHandler(pointsTo: PointsTo, { name }: Handler, node: FunctionNode): string {
  const { graph } = node;
  const read = name?.node.code.find(
    (each) => each.at[0] === name.start && /^(?:cell-read|import-read|load)$/u.test(each.kind),
  );
  const declared = name?.node.code.find((each) => each.kind === "declare" && each.nameAt[0] === name.start);
  if (declared?.kind === "declare") return declared.name;
  if (read?.kind === "cell-read") return read.cell;
  if (read?.kind === "import-read") return name?.node.fileGraph.imports[read.import]?.local ?? graph.name;
  if (read?.kind === "load" && read.property.kind === "name") return read.property.name;
  // `requireConsent("collection")` hands out a function without a name.
  const maker = graph.parent === null ? undefined : pointsTo.program.functionIn(node, graph.parent);
  return graph.path === null && maker !== undefined && maker.graph.kind !== "module"
    ? maker.graph.name
    : graph.name;
}

/** A marked function, or one that has a way to hand on and takes it: not the handler that answers in the end. */
function isMeantToHandOn(
  node: FunctionNode,
  { role }: Registration,
  isAnswer: boolean,
  open: OpenWays,
): boolean {
  if (open.tools.guards.ofFunction(node).length > 0) return true;
  return role.continues.some(
    (way) =>
      (way.kind !== "next" && !isAnswer) ||
      (way.kind === "next" &&
        node.code.some((each) => each.kind === "parameter" && each.index === way.parameter)),
  );
}

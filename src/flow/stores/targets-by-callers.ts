/**
 * Which stores data goes to that a helper writes wherever it is told to (`put(bucket, key, body)`): those that the calls
 * name which brought the data. Each is a store of its own; what reaches one of them is not in the others.
 */
import type { Role } from "../../contracts/model.js";
import { foldParts } from "../models/address-values.js";
import { type CallChain, readerAlong } from "../duties/call-chains.js";
import type { Entry } from "../tabulation/entry.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import type { Arrival, Hit, Named } from "../sinks/sink-hits.js";

interface Step {
  readonly entry: Entry;
  readonly chain: CallChain;
  readonly hops: number;
}

const deepest = 4;
const mostHops = 8;
const mostSteps = 64;

/** How a call names the store that it writes to. */
export function namedBy(
  instances: InstanceValues,
  entry: Entry,
  { target, entity }: Extract<Role, { kind: "store" }>,
  names: readonly string[],
): Named | null {
  const named = target ?? entity;
  if (named === null) return null;
  const self = instances.onlyReceiver(entry);
  return { target: named, names, own: self === null ? undefined : instances.reader(self) };
}

/** Puts in place of what arrived at a store of an unknown name what arrived at each that callers name. */
export function splitByCallers(pointsTo: PointsTo, hits: Map<string, Hit>): void {
  for (const [key, hit] of [...hits]) {
    const { target } = hit.sink;
    if (target?.includes("*") !== true) continue;
    const byTarget = new Map<string, Arrival[]>();
    for (const arrival of hit.arrivals)
      for (const own of targetsOf(pointsTo, arrival, target)) {
        const known = byTarget.get(own);
        if (known === undefined) byTarget.set(own, [arrival]);
        else known.push(arrival);
      }
    if (byTarget.size === 1 && byTarget.has(target)) continue;
    hits.delete(key);
    for (const [own, arrivals] of byTarget)
      add(hits, key.replace(`|${target}|`, `|${own}|`), {
        ...hit,
        sink: { ...hit.sink, target: own },
        arrivals,
      });
  }
}

function add(hits: Map<string, Hit>, key: string, hit: Hit): void {
  const traces = hit.arrivals.map(({ trace }) => trace);
  const known = hits.get(key);
  if (known === undefined) {
    hits.set(key, { ...hit, columns: new Set(hit.columns), traces });
    return;
  }
  for (const column of hit.columns) known.columns.add(column);
  known.traces.push(...traces);
  known.arrivals.push(...hit.arrivals);
}

/** The names, one or more; the one that is known, where too many calls lead there to be told apart. */
function targetsOf(pointsTo: PointsTo, { entry, site, named }: Arrival, whole: string): readonly string[] {
  if (named == null) return [whole];
  const { target, names, own } = named;
  const found = new Set<string>();
  const queue: Step[] = [{ entry, chain: [], hops: 0 }];
  for (let next = 0; next < queue.length; next++) {
    if (queue.length > mostSteps) return [whole];
    const step = queue[next];
    if (step === undefined) break;
    const before = stepsBefore(pointsTo, step);
    if (before.length > 0) queue.push(...before);
    else found.add(foldParts(pointsTo, site, target.parts, names, readerAlong(pointsTo, step.chain, own)));
  }
  return found.has("*") ? [whole] : [...found].sort();
}

/** Whoever ran the function with the data; where it arises in the function itself, whoever calls it. */
function stepsBefore(pointsTo: PointsTo, { entry, chain, hops }: Step): readonly Step[] {
  const { node, fact, incoming } = entry;
  if (chain.length >= deepest || hops >= mostHops || chain.some(({ callee }) => callee === node)) return [];
  const found: Step[] = [];
  const add = (before: Entry, edge: CallEdge | undefined): void => {
    const isKnown = found.some(
      (each) => each.entry === before && each.chain.at(-1) === (edge ?? chain.at(-1)),
    );
    if (!isKnown)
      found.push({ entry: before, chain: edge === undefined ? chain : [...chain, edge], hops: hops + 1 });
  };
  for (const each of incoming)
    add(
      each.entry,
      [...each.site.edges.values()].find(({ callee }) => callee === node),
    );
  if (fact === null && incoming.length === 0 && node.graph.parameters.length > 0)
    for (const edge of pointsTo.callersOf(node))
      add({ ...entry, node: edge.site.caller, fact: null, incoming: [] }, edge);
  return found;
}

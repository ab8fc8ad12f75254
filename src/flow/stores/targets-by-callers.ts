/**
 * Which stores data goes to that a helper writes wherever it is told to (`put(bucket, key, body)`): those that the calls
 * name which brought the data. Each is a store of its own; what reaches one of them is not in the others.
 */
import type { Role } from "../../contracts/model.js";
import { foldParts } from "../models/address-values.js";
import { readerAlong } from "../duties/call-chains.js";
import type { Entry } from "../tabulation/entry.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import type { Arrival, Hit, Named } from "../sinks/sink-hits.js";
import { waysOfArrival } from "./ways-of-arrival.js";

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
  const ways = waysOfArrival(pointsTo, entry);
  if (ways === null) return [whole];
  const found = new Set(
    ways.map(({ chain }) =>
      foldParts(pointsTo, site, target.parts, names, readerAlong(pointsTo, chain, own)),
    ),
  );
  return found.has("*") ? [whole] : [...found].sort();
}

/**
 * Which hosts a request goes to with the data that came to it: of a helper that sends wherever it is told to
 * (`send(host, body)`), those that the calls name which brought the data.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { readerAlong } from "../duties/call-chains.js";
import { hostsOf, type RequestHost } from "../models/hosts.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { waysOfArrival, type Run, type Way } from "../stores/ways-of-arrival.js";
import type { Entry } from "../tabulation/entry.js";

/** One host that is known: whoever calls, it is this one. */
export function isOneHost(hosts: readonly RequestHost[]): boolean {
  return hosts.length < 2 && hosts[0]?.host !== "*";
}

export function hostsByCallers(
  pointsTo: PointsTo,
  entry: Entry,
  site: CallSite,
  role: Extract<Role, { kind: "http" }>,
  names: readonly string[],
  readIn: (run: Run) => ReadValues,
): readonly RequestHost[] {
  const along = ({ chain, runs }: Way): readonly RequestHost[] =>
    hostsOf(pointsTo, site, role, names, readerAlong(pointsTo, chain, readerOf(pointsTo, runs, readIn)));
  const whole = along({ chain: [], runs: [entry] });
  if (isOneHost(whole)) return whole;
  const ways = waysOfArrival(pointsTo, entry, (way) => isOneHost(along(way)));
  if (ways === null) return whole;
  const found = new Map<string, RequestHost>();
  for (const way of ways) for (const each of along(way)) found.set(each.host, each);
  return found.size === 0 ? whole : [...found.values()];
}

/** What values are in the runs that data came through. */
function readerOf(pointsTo: PointsTo, runs: readonly Run[], readIn: (run: Run) => ReadValues): ReadValues {
  return (node: FunctionNode, value: ValueId): Iterable<AbstractValue> => {
    const run = runs.find((each) => each.node === node);
    return run === undefined ? pointsTo.valuesOf(node, value) : readIn(run)(node, value);
  };
}

/**
 * Which store a method works on, object by object: what the repository of one table deletes, that of another table does
 * not, though both have the method of one class. So it is of a function that is handed the table, call by call.
 */
import type { InstanceValues, Instance } from "../contexts/instance-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import type { Tables } from "../stores/tables.js";
import type { Passage } from "../guards/open-way.js";
import { goesAlong, isSettled, readerAlong, targetsByCall, type CallChain } from "./call-chains.js";

/** Where some of the ways to a call are meant: the objects whose method it is, or the calls that lead there. */
export type Meant =
  | { readonly kind: "receivers"; readonly receivers: ReadonlySet<Instance> }
  | { readonly kind: "calls"; readonly chains: readonly CallChain[] };

/** Names of stores, with the ways that they are meant on; null: on all, or nobody can tell. */
export interface TargetsOn {
  readonly targets: readonly string[];
  readonly meant: Meant | null;
}

/** More objects than this are one. */
const mostReceivers = 64;

export function targetsByWay(
  { instances, tables, pointsTo }: Known,
  site: CallSite,
  targetsIn: (read?: ReadValues) => readonly string[],
): readonly TargetsOn[] {
  const whole = targetsIn();
  // What an own function makes of what it is given here: `keyOf("name", id)`.
  const targets = isSettled(whole) ? whole : targetsIn(readerAlong(pointsTo, []));
  if (isSettled(targets)) return [{ targets, meant: null }];
  const byObject = targetsByObject({ instances, tables }, site, targets, targetsIn);
  if (byObject.length > 1) return byObject;
  const [{ targets: own } = { targets }] = byObject;
  if (isSettled(own)) return byObject;
  const byCall = targetsByCall({ pointsTo, instances }, site, own, targetsIn);
  return (
    byCall?.map((each) => ({ targets: each.targets, meant: { kind: "calls", chains: each.chains } })) ??
    byObject
  );
}

export interface Known {
  readonly instances: InstanceValues;
  readonly tables: Tables;
  readonly pointsTo: PointsTo;
}

function targetsByObject(
  { instances, tables }: Omit<Known, "pointsTo">,
  site: CallSite,
  targets: readonly string[],
  targetsIn: (read?: ReadValues) => readonly string[],
): readonly TargetsOn[] {
  const whole = [{ targets, meant: null }];
  const receivers = instances.receiversOf(site.caller);
  if (receivers.length === 0 || receivers.length > mostReceivers) return whole;
  const groups = new Map<string, { targets: readonly string[]; receivers: Set<Instance> }>();
  for (const receiver of receivers) {
    const found = targetsIn(instances.reader(receiver));
    const written = found.includes("*") ? tables.nameOn(receiver.class, site) : null;
    const own = written === null ? found : found.map((each) => (each === "*" ? written : each));
    const key = own.join("\n");
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { targets: own, receivers: new Set([receiver]) });
    else known.receivers.add(receiver);
  }
  return groups.size === 1
    ? [...groups.values()].map((group) => ({ targets: group.targets, meant: null }))
    : [...groups.values()].map((group) => ({
        targets: group.targets,
        meant: { kind: "receivers", receivers: group.receivers },
      }));
}

/** What is asked on each part of a way to the call; `key` tells apart what is meant of one call. */
export interface Wanted {
  readonly key: string;
  readonly isWanted: (passages: readonly Passage[]) => boolean;
}

export function wantedBy(
  { pointsTo, instances }: Omit<Known, "tables">,
  site: CallSite,
  meant: Meant,
): Wanted {
  if (meant.kind === "calls") {
    const { chains } = meant;
    const calls = chains.map((chain) => chain.map((edge) => edge.site.id).join("<")).join(" ");
    return { key: `calls ${calls}`, isWanted: (passages) => goesAlong(pointsTo, passages, chains) };
  }
  const { receivers } = meant;
  // Ways that come together above are one there: which object it was is asked on the way.
  const key = [...receivers].map(({ id }) => id).join(" ");
  return { key, isWanted: (passages) => leadsTo(pointsTo, instances, passages, site, receivers) };
}

/** Whether a way leads to the method of one of these objects; where nothing on it tells, it may. */
function leadsTo(
  pointsTo: PointsTo,
  instances: InstanceValues,
  passages: readonly Passage[],
  site: CallSite,
  wanted: ReadonlySet<Instance>,
): boolean {
  const all = new Set<unknown>(instances.receiversOf(site.caller));
  for (const { node, point } of passages) {
    const instruction = node.code[point];
    if (instruction?.kind !== "call" || instruction.receiver === null) continue;
    if (instances.isThis(node, instruction.receiver)) continue;
    const called = [...pointsTo.valuesOf(node, instruction.receiver)].filter((value) => all.has(value));
    if (called.length > 0) return called.some((value) => (wanted as ReadonlySet<unknown>).has(value));
  }
  return true;
}

/**
 * Which store a method works on, object by object: what the repository of one table deletes, that of another table does
 * not, though both have the method of one class.
 */
import type { InstanceValues, Instance } from "../instance-values.js";
import type { CallSite, PointsTo } from "../points-to.js";
import type { ReadValues } from "../read-values.js";
import type { Tables } from "../tables.js";
import type { Passage } from "../guards/open-way.js";
import type { EntryWay, EntryWays } from "./entry-ways.js";

/** Names of stores, with the objects on which they are meant; null: on all, or nobody can tell. */
export interface TargetsOn {
  readonly targets: readonly string[];
  readonly receivers: ReadonlySet<Instance> | null;
}

/** More objects than this are one. */
const mostReceivers = 64;

export function targetsOfReceivers(
  { instances, tables }: { readonly instances: InstanceValues; readonly tables: Tables },
  site: CallSite,
  targetsIn: (read?: ReadValues) => readonly string[],
): readonly TargetsOn[] {
  const targets = targetsIn();
  const whole = [{ targets, receivers: null }];
  if (!targets.some((target) => target.includes("*"))) return whole;
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
    ? [...groups.values()].map((group) => ({ targets: group.targets, receivers: null }))
    : [...groups.values()];
}

/** The ways to the method of one of these objects, where some of them are meant alone. */
export function waysToReceivers(
  { ways, pointsTo, instances }: WaysAsked,
  site: CallSite,
  receivers: ReadonlySet<Instance> | null,
): readonly EntryWay[] {
  if (receivers === null) return ways.to(site);
  // Ways that come together above are one there: which object it was is asked on the way.
  const key = [...receivers].map(({ id }) => id).join(" ");
  return ways.wantedTo(site, key, (passages) => leadsTo(pointsTo, instances, passages, site, receivers));
}

interface WaysAsked {
  readonly ways: EntryWays;
  readonly pointsTo: PointsTo;
  readonly instances: InstanceValues;
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

/** The ways to a call, of all that lead there, on which a store is meant. */
import type { InstanceValues } from "../contexts/instance-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { EntryWay, EntryWays } from "./entry-ways.js";
import { type Meant, wantedBy } from "./targets-by-way.js";

interface WaysAsked {
  readonly ways: EntryWays;
  readonly pointsTo: PointsTo;
  readonly instances: InstanceValues;
}

export function waysMeant(
  { ways, pointsTo, instances }: WaysAsked,
  site: CallSite,
  meant: Meant | null,
): readonly EntryWay[] {
  if (meant === null) return ways.to(site);
  const { key, isWanted } = wantedBy({ pointsTo, instances }, site, meant);
  return ways.wantedTo(site, key, isWanted);
}

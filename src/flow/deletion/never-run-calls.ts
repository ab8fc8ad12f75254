/** What is called under a condition that never holds, or handed what never lets it run: `if (ERASE)`, `wipe(id, false)`. */
import type { Location } from "../../base/location.js";
import type { AnnotationTable } from "../../contracts/annotation.js";
import { isNeverRun } from "../contexts/never-run.js";
import type { EntryWay, EntryWays } from "../duties/entry-ways.js";
import { entriesOf } from "../duties/marked-entries.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { locationOf } from "../program/program.js";
import { deletionEntries } from "./heard-entries.js";

interface Asked {
  readonly pointsTo: PointsTo;
  readonly ways: EntryWays;
  readonly annotations: AnnotationTable;
}

/**
 * A function that is looked at once for each of its calls is not run besides: that nothing calls it is no way in. What
 * is marked is one whoever calls it.
 */
export function isWayIn({ pointsTo, annotations }: Asked, { outset, functions }: EntryWay): boolean {
  if (outset.kind !== "unknown" || outset.isKept === true || !isNeverRun(pointsTo, outset.node)) return true;
  return [...functions].some((node) => entriesOf(node, annotations, deletionEntries.kindOf).length > 0);
}

/** Of a call that no way leads to: where it is held back; null: something else keeps it from being reached. */
export function neverRunAt({ pointsTo, ways }: Asked, site: CallSite): Location | null {
  if (!ways.mayRun(site)) return placeOf(site);
  const callers = pointsTo.callersOf(site.caller);
  const heldBack = callers.filter((edge) => !ways.mayRunFrom(edge, site));
  if (heldBack.length > 0 && heldBack.length === callers.length)
    return firstOf(heldBack.map((edge) => edge.site));
  const above = new Set([site.caller]);
  for (const node of above) {
    const calls = pointsTo.callersOf(node).map((edge) => edge.site);
    const never = calls.filter((call) => !ways.mayRun(call));
    if (never.length > 0) return firstOf(never);
    for (const { caller } of calls) above.add(caller);
  }
  return null;
}

function firstOf(sites: readonly CallSite[]): Location | null {
  const [first] = [...sites].sort((a, b) => (a.id < b.id ? -1 : 1));
  return first === undefined ? null : placeOf(first);
}

function placeOf({ caller, instruction }: CallSite): Location {
  return locationOf(caller, instruction.at);
}

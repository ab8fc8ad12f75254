/**
 * Loops that change each property of a list, or a property of each element: what was there before is gone when the loop
 * is left; what any of its rounds writes there stays.
 */
import type { CallSite } from "../points-to/points-to.js";
import { changingLoops } from "../program/changing-loops.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import { isUnwrittenByCallback, isUnwrittenInLoop } from "./loop-writes.js";
import { changesOfCallback, changesOfLoop, partChanged } from "./round-changes.js";
import type { Tabulation } from "./tabulation.js";

/** The loop takes away what the fact is about, and has not written it itself; `again` gives what is done once it has. */
export function isChangedByLoop(
  tabulation: Tabulation,
  entry: Entry,
  head: number,
  fact: Fact,
  again: () => () => void,
): boolean {
  if (fact.path.components.length === 0 || !changingLoops(entry.node).has(head)) return false;
  const isChanged = changesOfLoop(tabulation, entry, head).some(
    (change) => partChanged(tabulation, entry.node, change, fact, again) !== null,
  );
  return isChanged && isUnwrittenInLoop(tabulation.facts, entry, head, fact, again);
}

/** The same of a callback that is run for each element of a list: `rows.forEach((row) => { row.phone = "" })`. */
export function isChangedByCallback(
  tabulation: Tabulation,
  entry: Entry,
  site: CallSite,
  fact: Fact,
  again: () => () => void,
): boolean {
  const round = fact.path.components.length === 0 ? null : changesOfCallback(tabulation, entry, site);
  return (
    round?.changes.some((change) => {
      const part = partChanged(tabulation, entry.node, change, fact, again);
      return part !== null && isUnwrittenByCallback(tabulation.facts, round.callee, part, fact.state, again);
    }) === true
  );
}

/** What leaves a run goes back into a run of the caller that entered it. */
import type { Entry, Incoming } from "./entry.js";
import type { Fact } from "./fact.js";
import { channelIndex } from "./fact.js";
import type { FactTable } from "./fact.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Binding } from "./bindings.js";
import { intoChannel } from "./made-channels.js";
import type { RunEnds } from "./made-channels.js";
import type { ResumedRuns } from "./resumed-runs.js";
import type { Trace } from "./trace.js";
import { through } from "./trace.js";

/** How results of own functions come back. */
export interface Returns {
  readonly give: (
    entry: Entry,
    site: CallSite,
    binding: Binding,
    fact: Fact,
    inner: Trace,
    incoming: Incoming | null,
  ) => void;
  readonly everywhere: (entry: Entry, fact: Fact, trace: Trace) => void;
}

interface ReturningRuns extends RunEnds {
  readonly facts: FactTable;
  readonly resumed: ResumedRuns;
  readonly returns: Returns;
  runningIn(run: Entry, act: () => void): void;
}

export function giveBack(
  tabulation: ReturningRuns,
  run: Entry,
  incoming: Incoming,
  fact: Fact,
  inner: Trace,
): void {
  if (channelIndex(fact.base) !== null) {
    intoChannel(tabulation, incoming.entry, fact, through(inner, incoming.trace));
    return;
  }
  // What a callback leaves as it was is still where it came from.
  const isPutBack = incoming.takesPutBack === true && inner.kind !== "entry";
  if (incoming.callback !== null && fact === run.fact && !isPutBack && incoming.takesAsItWas !== true) return;
  const { edge } = incoming;
  const entry = edge === undefined ? incoming.entry : tabulation.resumed.by(edge, run, incoming.entry);
  tabulation.runningIn(entry, () => {
    giveTo(tabulation, entry, run, incoming, fact, inner);
  });
}

function giveTo(
  tabulation: ReturningRuns,
  entry: Entry,
  run: Entry,
  incoming: Incoming,
  fact: Fact,
  inner: Trace,
): void {
  // What is made of data that was read under a key is still of that key.
  const { key } = incoming.fact.state;
  const back =
    key === null
      ? fact
      : tabulation.facts.fact(fact.base, fact.path, tabulation.facts.noteKey(fact.state, key));
  if (incoming.callback !== null)
    incoming.callback(
      entry,
      incoming.site,
      back,
      inner,
      incoming.trace,
      run.fact === null ? null : { inside: run.fact, outside: incoming.fact },
    );
  else tabulation.returns.give(entry, incoming.site, incoming.binding, back, inner, incoming);
}

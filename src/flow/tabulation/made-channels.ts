/** What leaves a function into a channel that another one made. */
import type { Entry } from "./entry.js";
import type { Fact, State } from "./fact.js";
import { channelIndex } from "./fact.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Heap } from "../heap/heap.js";
import type { AccessPath } from "../paths/access-path.js";
import { readPrefix } from "../paths/access-path.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { Trace } from "./trace.js";

/** Where what leaves a run goes. */
export interface RunEnds {
  readonly pointsTo: PointsTo;
  readonly heap: Pick<Heap, "publish">;
  put(entry: Entry, point: number, base: ValueId, path: AccessPath, state: State, trace: Trace): void;
  exit(entry: Entry, fact: Fact, trace: Trace): void;
  raise(entry: Entry, block: number, path: AccessPath, state: State, trace: Trace): void;
}

/** What was put into a channel comes out in the run that made the channel, if this is it; else its caller asks. */
export function intoChannel(ends: RunEnds, entry: Entry, fact: Fact, trace: Trace): void {
  const index = channelIndex(fact.base);
  const channel = index === null ? undefined : ends.pointsTo.channelOf(index);
  if (channel === undefined) return;
  const { site } = channel;
  const rejected = site.instruction.kind === "await" ? readPrefix(fact.path, ["!"]) : null;
  if (entry.node === site.caller && rejected !== null)
    ends.raise(entry, entry.node.blockOf[site.point] ?? 0, rejected, fact.state, trace);
  else if (entry.node === site.caller && "out" in site.instruction)
    ends.put(entry, site.point, site.instruction.out, fact.path, fact.state, trace);
  else ends.exit(entry, fact, trace);
}

/** What no call put there comes out wherever the channel was made; false: it is no channel. */
export function publishInChannel(ends: RunEnds, fact: Fact, trace: Trace): boolean {
  const index = channelIndex(fact.base);
  if (index === null) return false;
  const channel = ends.pointsTo.channelOf(index);
  if (channel !== undefined)
    ends.heap.publish({ key: `made:${channel.site.id}`, prefix: [] }, fact.path, fact.state, trace);
  return true;
}

/**
 * Rows that are read and written back (a document that is found and saved again): what nobody has changed is in the store
 * already, by the write that put it there.
 */
import type { Sink } from "../../contracts/flow.js";
import type { Hit } from "../sinks/sink-hits.js";
import type { Trace } from "../tabulation/trace.js";
import { maySpeakToOne } from "./engines.js";
import type { StoresOf } from "./store-states.js";
import { plainName } from "./table-names.js";

/**
 * Hits without ways that begin at a read of the store that they lead to, and none that has no other way, where some write
 * puts the field there anew in the same state.
 */
export function withoutSavedAgain(
  hits: readonly Hit[],
  storesRead: (trace: Trace) => StoresOf,
  /** What is copied into a new row is there once more, and not again where it was. */
  makesRows: (hit: Hit) => boolean,
): readonly Hit[] {
  const news = hits.map((hit) => {
    const { sink, traces } = hit;
    const target = targetOf(sink);
    return target === null || makesRows(hit)
      ? traces
      : traces.filter((trace) => !isOneOf(storesRead(trace), sink, target));
  });
  const written = new Map<string, Sink[]>();
  hits.forEach((hit, index) => {
    if (news[index]?.length === 0) return;
    const known = written.get(stateOf(hit));
    if (known === undefined) written.set(stateOf(hit), [hit.sink]);
    else known.push(hit.sink);
  });
  return hits.flatMap((hit, index) => {
    const { [index]: traces = hit.traces } = news;
    if (traces.length > 0)
      return [traces.length === hit.traces.length ? hit : { ...hit, traces: [...traces] }];
    return written.get(stateOf(hit))?.some((each) => maySpeakToOne(each, hit.sink)) === true ? [] : [hit];
  });
}

/** A collection of MongoDB that is called as a table is another store. */
function isOneOf(read: StoresOf, sink: Sink, target: string): boolean {
  return maySpeakToOne(read, sink) && read.stores.some((store) => plainName(store) === target);
}

function targetOf({ role, target }: Sink): string | null {
  return (role === "store" || role === "sql") && target !== null && !target.includes("*")
    ? plainName(target)
    : null;
}

/** The field in the store, and how it lies there. */
function stateOf({ sink, state: { field, protection, assumed } }: Hit): string {
  const by = protection.kind === "raw" ? "" : protection.by;
  return [sink.medium, targetOf(sink), field, protection.kind, by, sink.protectedBy ?? "", assumed].join("|");
}

/**
 * Rows that are read and written back (a document that is found and saved again): what nobody has changed is in the store
 * already, by the write that put it there.
 */
import type { Sink } from "../../contracts/flow.js";
import type { Hit } from "../sinks/sink-hits.js";
import { plainName } from "./table-names.js";
import type { Trace } from "../tabulation/trace.js";

/**
 * Hits without ways that begin at a read of the store that they lead to, and none that has no other way, where some write
 * puts the field there anew in the same state.
 */
export function withoutSavedAgain(
  hits: readonly Hit[],
  storesRead: (trace: Trace) => readonly string[],
  /** What is copied into a new row is there once more, and not again where it was. */
  makesRows: (hit: Hit) => boolean,
): readonly Hit[] {
  const news = hits.map((hit) => {
    const { sink, traces } = hit;
    const target = targetOf(sink);
    return target === null || makesRows(hit)
      ? traces
      : traces.filter((trace) => !storesRead(trace).some((store) => plainName(store) === target));
  });
  const written = new Set(hits.filter((_, index) => news[index]?.length !== 0).map(stateOf));
  return hits.flatMap((hit, index) => {
    const { [index]: traces = hit.traces } = news;
    if (traces.length > 0)
      return [traces.length === hit.traces.length ? hit : { ...hit, traces: [...traces] }];
    return written.has(stateOf(hit)) ? [] : [hit];
  });
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

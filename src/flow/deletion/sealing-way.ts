/** How a flow comes to where its data is encrypted at last. */
import type { TraceStep } from "../../contracts/flow.js";
import type { Location } from "../../base/location.js";

/** The number of the step that encrypts; -1: none does. */
export function sealingStep(trace: readonly TraceStep[]): number {
  return trace.findLastIndex(({ note }) => note.kind === "protected" && note.as === "encrypted");
}

/** The places of all steps up to there, which are the same for whoever asks; null: nothing is encrypted. */
export function sealingWay(trace: readonly TraceStep[]): string | null {
  const end = sealingStep(trace);
  return end === -1
    ? null
    : trace
        .slice(0, end + 1)
        .map(({ location }) => placeOf(location))
        .join(" ");
}

export function placeOf({ file, line, column }: Location): string {
  return `${file}:${String(line)}:${String(column)}`;
}

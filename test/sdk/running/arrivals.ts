/** Which values of whose child stand in which request. */
import { childFields, type MarkedChild } from "./child-values.js";
import type { Arrival } from "./job.js";
import type { RecordedRequest } from "./recorder.js";

/** An exported function that was called with a child of its own. */
export interface StartedRun extends MarkedChild {
  readonly program: string;
  readonly run: string;
}

export function findArrivals(
  started: readonly StartedRun[],
  recorded: readonly RecordedRequest[],
): Arrival[] {
  return started.flatMap(({ program, run, tokens }) =>
    childFields.flatMap((field) =>
      recorded
        .filter(({ text }) => text.includes(tokens[field]))
        .map(({ title }) => ({ program, run, field, request: title })),
    ),
  );
}

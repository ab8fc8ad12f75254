/** What is written is handed to the reads that surely find it, of which the heap tells nothing. */
import { readersOfWrite } from "../heap/written-before.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";

export function readBack(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  { path, state }: Fact,
  trace: Trace,
): void {
  for (const reader of readersOfWrite(tabulation.pointsTo, entry.node, point)) {
    const read = entry.node.code[reader];
    if (read?.kind === "cell-read" || read?.kind === "load")
      tabulation.put(entry, reader, read.out, path, state, trace);
  }
}

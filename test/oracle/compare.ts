/** What the engine says of a program against what happened when it ran. */
import type { Reported } from "./engine-under-test.js";
import { fieldNamesOf, type Outcome } from "./execution/execution.js";
import type { Sink } from "./source-text.js";
import type { Program } from "./write-program.js";

/** One field at one sink. */
export interface FlowOfProgram {
  readonly sink: Sink;
  readonly field: string;
}

export interface Comparison {
  /** Happened and reported. */
  readonly right: readonly (FlowOfProgram & { readonly verdict: "proven" | "possible" })[];
  /** Happened, not reported. */
  readonly missed: readonly FlowOfProgram[];
  /** Reported, happened under no input. */
  readonly invented: readonly (FlowOfProgram & { readonly verdict: "proven" | "possible" })[];
  /** Reported at a line without a sink. */
  readonly stray: readonly Reported[];
}

function ruleOf(sink: Sink): Reported["rule"] {
  return sink.kind === "log" ? "no-child-data-in-logs" : "require-encryption";
}

export function compare(program: Program, outcome: Outcome, reported: readonly Reported[]): Comparison {
  const fields = fieldNamesOf(program.type);
  const happened = new Set(outcome.seen);
  const left = new Set(reported);
  const right: Comparison["right"][number][] = [];
  const missed: FlowOfProgram[] = [];
  const invented: Comparison["invented"][number][] = [];
  for (const sink of program.sinks) {
    const here = reported.filter(
      (one) => one.file === sink.file && one.line === sink.line && one.rule === ruleOf(sink),
    );
    for (const [token, field] of fields.entries()) {
      const told = here.find((one) => one.field === field);
      const isTrue = happened.has(`${String(sink.id)}:${String(token)}`);
      if (told === undefined) {
        if (isTrue) missed.push({ sink, field });
        continue;
      }
      left.delete(told);
      (isTrue ? right : invented).push({ sink, field, verdict: told.verdict });
    }
  }
  return { right, missed, invented, stray: [...left] };
}

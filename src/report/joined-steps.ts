import type { RatedFinding } from "../contracts/finding.js";
import type { TraceStep } from "../contracts/flow.js";
import type { TextTable } from "./messages/text-table.js";
import { wordStep } from "./word-finding.js";

/** What happens on one line of a trace. */
export interface JoinedStep {
  /** `src/a.ts:4` */
  readonly place: string;
  readonly file: string;
  readonly line: number;
  readonly note: string;
}

/** The way of a finding, where it says more than the finding's own place. */
export function stepsOf(finding: RatedFinding, texts: TextTable): readonly JoinedStep[] {
  const { file, line } = finding.location;
  const steps = joinSteps(traceOf(finding), texts);
  const [only] = steps;
  return steps.length === 1 && only?.file === file && only.line === line ? [] : steps;
}

export function traceOf(finding: RatedFinding): readonly TraceStep[] {
  return "trace" in finding ? (finding.trace ?? []) : [];
}

/** Neighbouring steps of one line are told together. */
function joinSteps(trace: readonly TraceStep[], texts: TextTable): JoinedStep[] {
  const joined: { place: string; file: string; line: number; notes: string[] }[] = [];
  for (const { location, note } of trace) {
    const last = joined.at(-1);
    const word = wordStep(texts, note);
    if (last?.file === location.file && last.line === location.line) {
      if (!last.notes.includes(word)) last.notes.push(word);
      continue;
    }
    const { file, line } = location;
    joined.push({ place: `${file}:${String(line)}`, file, line, notes: [word] });
  }
  return joined.map(({ notes, ...step }) => ({ ...step, note: notes.join(texts.headings.stepJoint) }));
}

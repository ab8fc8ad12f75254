/** What went wrong around an audit, for stderr: one line a problem, with its place and its mend. */
import { compareLocations, type Location } from "../base/location.js";
import type { Analysis } from "../contracts/analysis.js";
import type { FindingText } from "../contracts/message.js";
import type { TextTable } from "./messages/text-table.js";
import { wordMessage } from "./word-finding.js";

/** Quiet problems are only told by the report: unresolved imports are many, and blind spots. */
const told = new Set([
  "no-such-folder",
  "empty-folder",
  "broken-tsconfig",
  "syntax-error",
  "file-too-large",
  "unreadable-file",
  "schema-error",
]);

export function renderDiagnostics(analysis: Analysis, texts: TextTable): string[] {
  const problems = analysis.problems.filter((problem) => told.has(problem.kind));
  const lines = problems.map(({ kind, location, subject }) => ({
    location,
    text: texts.problems[kind](subject.replace(/\.$/u, "")),
  }));
  const setup = analysis.isSetupBroken
    ? analysis.findings.filter(
        (finding) => finding.rule === "valid-setup" && isOfDocument(finding.message.id),
      )
    : [];
  for (const { location, message } of setup) lines.push({ location, text: wordMessage(texts, message) });
  return lines
    .sort((a, b) => compareLocations(a.location, b.location))
    .map(({ location, text }) => lineOf(location, text));
}

function isOfDocument(id: string): boolean {
  return !/\.(?:suppression-|missing-papers|unresolved-field|broken-tsconfig|schema-error)/u.test(id);
}

function lineOf({ file, line }: Location, { what, why, mend }: FindingText): string {
  const place = file === "." || file === "" ? "" : `${file}:${String(line)}: `;
  return `${place}${[what, why, mend].filter((part) => part !== "").join(" ")}`;
}

/** What went wrong around an audit, for stderr: one line a problem, with its place and its mend. */
import { compareLocations, type Location } from "../base/location.js";
import type { Analysis } from "../contracts/analysis.js";
import type { FindingText } from "../contracts/message.js";
import type { ProjectProblem } from "../contracts/project.js";
import type { TextTable } from "./messages/text-table.js";
import { joinSentences, wordMessage } from "./word-finding.js";

/** Imports that lead nowhere are many where something is generated: the rest of them is in the report. */
const mostOfAKind = 10;

export function renderDiagnostics(analysis: Analysis, texts: TextTable): string[] {
  const lines = kindsOf(analysis.problems).flatMap((problems) =>
    problems.slice(0, mostOfAKind).map(({ kind, location, subject }, index) => {
      const text = texts.problems[kind](subject.replace(/\.$/u, ""));
      const untold = index === mostOfAKind - 1 ? problems.length - mostOfAKind : 0;
      return {
        location,
        text: untold === 0 ? text : { ...text, mend: `${text.mend} ${texts.more(untold)}` },
      };
    }),
  );
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

function kindsOf(problems: readonly ProjectProblem[]): ProjectProblem[][] {
  const kinds = new Map<ProjectProblem["kind"], ProjectProblem[]>();
  for (const problem of problems) {
    const alike = kinds.get(problem.kind);
    if (alike === undefined) kinds.set(problem.kind, [problem]);
    else alike.push(problem);
  }
  return [...kinds.values()];
}

function isOfDocument(id: string): boolean {
  return !/\.(?:suppression-|missing-papers|unresolved-field|unresolved-function|broken-tsconfig|schema-error|migration-error)/u.test(
    id,
  );
}

function lineOf({ file, line }: Location, { what, why, mend }: FindingText): string {
  const place = file === "." || file === "" ? "" : `${file}:${String(line)}: `;
  return `${place}${joinSentences([what, why, mend])}`;
}

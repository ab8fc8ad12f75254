/** Findings that are known already, from a baseline or from the state that a change began from. */
import type { Analysis } from "../contracts/analysis.js";
import { baselineSchema, type Baseline } from "../contracts/baseline.js";
import type { RatedFinding } from "../contracts/finding.js";
import type { ReportDocument } from "../contracts/report.js";

/** By rule, file and fingerprint, so that a change shows as few lines as can be; ends with a line break. */
export function renderBaseline(findings: readonly RatedFinding[]): string {
  const listed = findings
    .map(({ fingerprint, rule, location }) => ({ fingerprint, rule, file: location.file }))
    .sort(
      (a, b) => compare(a.rule, b.rule) || compare(a.file, b.file) || compare(a.fingerprint, b.fingerprint),
    );
  const lines = listed.map((each) => `    ${JSON.stringify(each)}`).join(",\n");
  return `{\n  "version": 1,\n  "findings": [${lines === "" ? "" : `\n${lines}\n  `}]\n}\n`;
}

/** Null where the text is no baseline. */
export function parseBaseline(text: string): Baseline | null {
  try {
    return baselineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

interface State {
  readonly analysis: Analysis;
  readonly report: ReportDocument;
}

/** The findings that are not known. Articles still speak of all: a violation does not end by being known. */
export function withoutKnown(
  { analysis, report }: State,
  known: ReadonlySet<string>,
): State & { readonly known: number } {
  const isNew = ({ fingerprint }: { readonly fingerprint: string }): boolean => !known.has(fingerprint);
  const findings = analysis.findings.filter(isNew);
  return {
    analysis: { ...analysis, findings },
    report: { ...report, findings: report.findings.filter(isNew) },
    known: analysis.findings.length - findings.length,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

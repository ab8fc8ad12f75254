/** From what a run knows to the report that is written. Pure: the same run, the same report. */
import { compareLocations } from "../base/location.js";
import type { Analysis } from "../contracts/analysis.js";
import type { RatedFinding } from "../contracts/finding.js";
import { recipientName, shownTarget } from "../checks/store-name.js";
import type { BlindSpot, Sink, TraceStep } from "../contracts/flow.js";
import type { ReportDocument, ReportFinding } from "../contracts/report.js";
import { articleTable } from "./article-table.js";
import { dataMapOf } from "./data-map.js";
import type { TextTable } from "./messages/text-table.js";
import { notExamined } from "./not-examined.js";
import { plain } from "./plain-location.js";
import { joinText, wordFinding, wordStep } from "./word-finding.js";

/** What only the caller knows about a run. */
export interface RunFacts {
  readonly tool: string;
  readonly commit: string | null;
  readonly dirty: boolean | null;
  readonly command: string;
  readonly milliseconds: number;
}

export function buildReport(analysis: Analysis, run: RunFacts, texts: TextTable): ReportDocument {
  const { digests, today } = analysis;
  return {
    version: 1,
    provenance: {
      tool: run.tool,
      catalogue: `sha256:${digests.catalogue}`,
      commit: run.commit,
      dirty: run.dirty,
      config: digests.config === null ? null : `sha256:${digests.config}`,
      register: digests.register === null ? null : `sha256:${digests.register}`,
      command: run.command,
      assumeSuggested: false,
      today,
    },
    findings: analysis.findings.map((finding) => reportFinding(texts, finding)),
    dataMap: dataMapOf(analysis),
    blindSpots: [...analysis.blindSpots].sort(compareBlindSpots).map((spot) => ({
      kind: spot.kind,
      location: plain(spot.location),
      field: spot.field,
      note: texts.blindSpots[spot.kind](spot.subject),
    })),
    suppressed: analysis.suppressed.map(({ finding, reason, until }) => ({
      fingerprint: finding.fingerprint,
      rule: finding.rule,
      location: plain(finding.location),
      reason,
      until,
    })),
    articles: articleTable(analysis, texts),
    notExamined: notExamined(analysis, texts),
    stats: { ...sizeOf(analysis), milliseconds: Math.round(run.milliseconds) },
  };
}

function reportFinding(texts: TextTable, finding: RatedFinding): ReportFinding {
  const { text, doubt } = wordFinding(texts, finding);
  const base = {
    rule: finding.rule,
    severity: finding.severity,
    verdict: finding.verdict,
    articles: [...finding.articles],
    message: joinText(text, doubt),
    fingerprint: finding.fingerprint,
    location: plain(finding.location),
  };
  if (!("sink" in finding)) {
    const trace = "trace" in finding ? traceOf(texts, finding.trace ?? []) : [];
    return { ...base, field: null, sink: null, trace, otherSources: [], fix: text.mend };
  }
  const { field, sink } = finding;
  return {
    ...base,
    field: { name: field.name, category: field.category, declaration: plain(field.declaration) },
    sink: {
      package: sink.package,
      path: sink.path,
      medium: asMedium(sink.medium),
      target: sink.target === null ? null : shownTarget(sink),
      ...(handsOn(sink) ? { recipient: recipientName(sink) } : {}),
    },
    trace: traceOf(texts, finding.trace),
    otherSources: finding.otherSources.map(plain),
    fix: text.mend,
  };
}

function traceOf(texts: TextTable, steps: readonly TraceStep[]): ReportFinding["trace"] {
  return steps.map(({ location: { file, line, column }, note }) => ({
    file,
    line,
    column,
    note: wordStep(texts, note),
  }));
}

type Medium = ReportDocument["dataMap"]["stores"][number]["medium"];

/** The solver's word for a medium comes from a model, whose grammar knows these words only. */
function asMedium(word: string | null): Medium | null {
  return word as Medium | null;
}

/** What touches most flows first. */
export function compareBlindSpots(a: BlindSpot, b: BlindSpot): number {
  return (
    b.weight - a.weight ||
    compareLocations(a.location, b.location) ||
    (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0)
  );
}

/** Files that were looked at, and their lines. */
export function sizeOf(analysis: Analysis): { readonly files: number; readonly lines: number } {
  const files = analysis.files.filter((file) => file.role === "audited");
  return { files: files.length, lines: files.reduce((sum, { text }) => sum + countLines(text), 0) };
}

function countLines(text: string): number {
  if (text === "") return 0;
  const breaks = text.match(/\r\n|[\n\r\u2028\u2029]/gu)?.length ?? 0;
  return /[\n\r\u2028\u2029]$/u.test(text) ? breaks : breaks + 1;
}

function handsOn({ role, recipient }: Sink): boolean {
  return recipient !== null || role === "http" || role === "disclose" || role === "public";
}

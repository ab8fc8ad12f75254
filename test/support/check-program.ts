/** Runs a fixture program through the engine, the audit and ESLint, and compares. */
import { reportSchema } from "../../src/contracts/report.js";
import { audit } from "../../src/audit.js";
import type { ReportFinding } from "../../src/audit.js";
import type { Analysis } from "../../src/contracts/analysis.js";
import { lintReports } from "../../rules/lint-session.js";
import { lintProgram } from "./lint-program.js";
import { describeExpectation, readMarkers, type Expectation } from "./markers.js";
import { isJudged, isSource, setUp, textsOf, type FixtureProgram } from "./programs.js";

export interface Outcome {
  /** Expected and not found. */
  readonly missing: readonly string[];
  /** Found and not expected. */
  readonly extra: readonly string[];
  /** Known misses that are found, and known false alarms that are gone: the marker is to be moved or taken away. */
  readonly mended: readonly string[];
  /** What one face says and another does not, and what was not followed to the end. */
  readonly disagreements: readonly string[];
}

/** The day that all fixtures are judged by. */
export const fixtureDay = "2026-11-24";

export interface CheckOptions {
  /** Without: the engine and the audit only. */
  readonly lint?: boolean;
}

export function checkProgram(program: FixtureProgram, options: CheckOptions = {}): Outcome {
  const { root, dispose } = setUp(program);
  try {
    const texts = textsOf(root);
    const { analysis, report } = audit({ folder: root, today: fixtureDay });
    const disagreements = [
      // A program of this size that is not followed to the end goes round in circles.
      ...report.blindSpots.flatMap(({ kind, note }) =>
        kind === "budget" || note.includes("internal error") ? [note] : [],
      ),
      ...againstSchema(report),
      ...(options.lint === false ? [] : againstLint(analysis, root, texts)),
    ];
    const judged = report.findings.filter(({ rule }) => isJudged(program, rule));
    return { ...compare(judged, texts), disagreements };
  } finally {
    dispose();
  }
}

function compare(
  findings: readonly ReportFinding[],
  texts: ReadonlyMap<string, string>,
): Omit<Outcome, "disagreements"> {
  const markers = [...texts].map(([file, text]) => readMarkers(file, text));
  const expected = new Set(markers.flatMap((each) => each.expected.map(describeExpectation)));
  const misses = new Set(markers.flatMap((each) => each.misses.map(describeExpectation)));
  const inventions = new Set(markers.flatMap((each) => each.inventions.map(describeExpectation)));
  const found = new Set(findings.map(expectationOf).map(describeExpectation));
  return {
    missing: [...expected].filter((each) => !found.has(each)),
    extra: [...found].filter((each) => !expected.has(each) && !misses.has(each) && !inventions.has(each)),
    mended: [
      ...[...misses].filter((each) => found.has(each)),
      ...[...inventions].filter((each) => !found.has(each)),
    ],
  };
}

function expectationOf({ location, rule, field, verdict }: ReportFinding): Expectation {
  return { file: location.file, line: location.line, rule, field: field?.name ?? null, verdict };
}

function againstSchema(report: unknown): string[] {
  const result = reportSchema.safeParse(report);
  return result.success
    ? []
    : result.error.issues.map((issue) => `report.json: ${issue.path.join(".")}: ${issue.message}`);
}

/** Each report at a linted place must be in ESLint's output, and nothing else may be. */
function againstLint(analysis: Analysis, root: string, texts: ReadonlyMap<string, string>): string[] {
  const linted = [...texts.keys()].filter(isSource);
  if (linted.length === 0) return [];
  const says = new Set(
    lintProgram(root, texts, { today: fixtureDay }).map(
      ({ file, line, column, rule, message }) =>
        `${file}:${String(line)}:${String(column)} ${rule}: ${message}`,
    ),
  );
  const should = new Set(
    lintReports(analysis)
      .filter((report) => !report.isStrict)
      .flatMap(({ location, rule, message }) => {
        const { file, line, column } = location;
        if (linted.includes(file)) return [`${file}:${String(line)}:${String(column)} ${rule}: ${message}`];
        return rule === "valid-setup"
          ? [`${linted[0] ?? ""}:1:1 ${rule}: ${file}:${String(line)}: ${message}`]
          : [];
      }),
  );
  return [
    ...[...should].filter((each) => !says.has(each)).map((each) => `not in ESLint: ${each}`),
    ...[...says].filter((each) => !should.has(each)).map((each) => `only in ESLint: ${each}`),
  ];
}

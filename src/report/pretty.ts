/** The audit for people: each place as a good compiler would show it, grouped by where the data ends up. */
import { createColors } from "picocolors";
import type { Analysis } from "../contracts/analysis.js";
import type { RatedFinding } from "../contracts/finding.js";
import { compareBlindSpots, sizeOf } from "./build-report.js";
import { lineAt, renderFrame } from "./code-frame.js";
import { deletionOf } from "./data-map.js";
import { stepsOf } from "./joined-steps.js";
import type { TextTable } from "./messages/text-table.js";
import { rulesLeftOut } from "./not-examined.js";
import { renderMatrix } from "./pretty-matrix.js";
import { sectionsOf } from "./sections.js";
import { padWidth } from "./text-width.js";
import { wrapText } from "./wrap-text.js";
import { countPlaces, groupFindings, type FindingGroup } from "./word-finding.js";

export interface PrettyOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Findings that are left out, because they are known. */
  readonly known?: number;
}

type Colors = ReturnType<typeof createColors>;

interface Pen {
  readonly analysis: Analysis;
  readonly texts: TextTable;
  readonly colors: Colors;
  readonly width: number;
}

/** Longer traces are shown by `explain`. */
const shownSteps = 7;
const shownBlindSpots = 8;

/** Renders the whole audit; ends with a line break. */
export function renderPretty(
  analysis: Analysis,
  texts: TextTable,
  { color, width, known = 0 }: PrettyOptions,
): string {
  const pen: Pen = {
    analysis,
    texts,
    colors: createColors(color),
    width: Math.max(60, Math.min(width, 120)),
  };
  const sections = sectionsOf(groupFindings(texts, analysis.findings), texts, analysis);
  const parts = sections.flatMap(({ title, groups }) => [
    heading(pen, title, groups.length),
    ...groups.map((group) => renderGroup(pen, group, shownSteps)),
  ]);
  parts.push(
    ...renderMatrix(deletionOf(analysis), texts, pen.colors, pen.width),
    ...renderBlindSpots(pen),
    renderSummary(pen, known),
  );
  return `${parts.join("\n\n")}\n`;
}

function heading({ colors, texts }: Pen, title: string, count: number): string {
  return `${colors.bold(colors.underline(title))} ${colors.dim(texts.headings.places(count))}`;
}

/** One place: what, where, how it gets there, why it matters, what mends it. */
export function renderGroup(pen: Pen, group: FindingGroup, steps: number): string {
  const { colors, texts } = pen;
  const [first] = group.findings;
  const level =
    first.severity === "error"
      ? colors.red(colors.bold(texts.levels.error))
      : colors.yellow(colors.bold(texts.levels.warn));
  const { file, line, column } = first.location;
  const lines = [
    `${level} ${colors.bold(first.rule)} ${colors.cyan(`${file}:${String(line)}:${String(column)}`)}`,
    ...wrapText(group.text.what, pen.width - 2).map((text) => `  ${text}`),
    ...frameOf(pen, first),
  ];
  if ("trace" in first) lines.push(...renderTrace(pen, first, steps), ...renderSources(pen, group));
  lines.push(
    ...labelled(pen, texts.headings.certainty, group.doubt ?? ""),
    ...labelled(pen, texts.headings.why, group.text.why),
  );
  lines.push(
    ...labelled(pen, texts.headings.mend, group.text.mend),
    `  ${colors.dim(`${padWidth(texts.headings.id, 5)} ${first.fingerprint}`)}`,
  );
  return lines.join("\n");
}

function frameOf({ analysis, colors }: Pen, { location, severity }: RatedFinding): string[] {
  const text = analysis.textOf(location.file);
  if (text === undefined) return [];
  const highlight = severity === "error" ? colors.red : colors.yellow;
  return renderFrame(text, location, { around: 1, highlight, dim: colors.dim }).map((line) => `    ${line}`);
}

function renderTrace(pen: Pen, finding: RatedFinding, most: number): string[] {
  const { colors, texts } = pen;
  const steps = stepsOf(finding, texts);
  if (steps.length === 0) return [];
  const isLong = steps.length > most;
  const shown = isLong ? [...steps.slice(0, most - 2), ...steps.slice(-1)] : steps;
  const places = shown.map(({ place }) => place.length);
  const width = Math.max(...places);
  const lines = shown.map((step, index) => {
    const label = index === 0 ? padWidth(texts.headings.steps, 5) : "     ";
    const code = pen.analysis.textOf(step.file);
    const source = code === undefined ? "" : `\n${" ".repeat(10)}${colors.dim(lineAt(code, step.line))}`;
    return `  ${colors.blue(label)} ${colors.cyan(step.place.padEnd(width))}  ${step.note}${source}`;
  });
  if (isLong)
    lines.splice(
      -1,
      0,
      `        ${colors.dim(texts.headings.moreSteps(steps.length - shown.length, finding.fingerprint))}`,
    );
  return lines;
}

function renderSources(pen: Pen, group: FindingGroup): string[] {
  const sources = group.findings.flatMap((finding) =>
    "otherSources" in finding ? finding.otherSources : [],
  );
  const places = [...new Set(sources.map(({ file, line }) => `${file}:${String(line)}`))];
  if (places.length === 0) return [];
  const rest = places.length > 4 ? ` … (${String(places.length)})` : "";
  return [`  ${pen.colors.dim(`${pen.texts.headings.sources} ${places.slice(0, 4).join(", ")}${rest}`)}`];
}

function labelled({ colors, width }: Pen, label: string, text: string): string[] {
  if (text === "") return [];
  return wrapText(text, width - 8).map(
    (line, index) => `  ${index === 0 ? colors.blue(padWidth(label, 5)) : "     "} ${line}`,
  );
}

function renderBlindSpots({ analysis, texts, colors }: Pen): string[] {
  const spots = [...analysis.blindSpots].sort(compareBlindSpots);
  if (spots.length === 0) return [];
  const lines = spots.slice(0, shownBlindSpots).map(({ kind, location, field, subject }) => {
    const place = colors.cyan(`${location.file}:${String(location.line)}`);
    return `  ${place}  ${field === null ? "" : `${field} `}${texts.blindSpots[kind](subject)}`;
  });
  if (spots.length > lines.length)
    lines.push(colors.dim(`  ${texts.headings.moreBlindSpots(spots.length - lines.length)}`));
  return [[colors.bold(colors.underline(texts.headings.blindSpots(spots.length))), ...lines].join("\n")];
}

function renderSummary({ analysis, texts, colors, width }: Pen, known: number): string {
  const { findings, suppressed, fields } = analysis;
  const { files } = sizeOf(analysis);
  const errors = findings.filter((finding) => finding.severity === "error").length;
  const places = countPlaces(groupFindings(texts, findings));
  const counts = { errors, warnings: findings.length - errors, places, files };
  const words = texts.headings;
  const lines: string[] = [];
  if (fields.length === 0 && findings.length === 0) lines.push(colors.yellow(words.noFields));
  else if (findings.length === 0 && known === 0)
    lines.push(colors.green(words.nothing(files, fields.length)));
  else lines.push(colors.bold((errors > 0 ? colors.red : colors.yellow)(words.summary(counts))));
  if (suppressed.length > 0) lines.push(colors.dim(words.suppressed(suppressed.length)));
  if (known > 0) lines.push(colors.dim(words.known(known)));
  for (const each of rulesLeftOut(analysis, texts))
    lines.push(...wrapText(`${words.notExamined}: ${each}`, width).map((line) => colors.yellow(line)));
  lines.push(colors.dim(words.opinion));
  return lines.join("\n");
}

/** One finding with every step, for `explain`; ends with a line break. */
export function renderExplanation(
  analysis: Analysis,
  finding: RatedFinding,
  texts: TextTable,
  { color, width }: PrettyOptions,
): string {
  const pen: Pen = {
    analysis,
    texts,
    colors: createColors(color),
    width: Math.max(60, Math.min(width, 120)),
  };
  return groupFindings(texts, [finding])
    .map((group) => `${renderGroup(pen, group, Infinity)}\n`)
    .join("\n");
}

/** The audit as Markdown, for a pull request, a wiki or a mail. */
import { articleRows, dataMapTables } from "./markdown-tables.js";
import { codeSpan, escapeMarkdown, heading, tableOf } from "./markdown-syntax.js";
import { lineAt } from "./code-frame.js";
import { stepsOf } from "./joined-steps.js";
import type { Rendering } from "./rendering.js";
import { sectionsOf } from "./sections.js";
import { countPlaces, groupFindings, type FindingGroup } from "./word-finding.js";

/** More of them stand in the JSON. */
const mostBlindSpots = 100;

/** Ends with a line break. */
export function renderMarkdown(rendering: Rendering): string {
  const { texts, project } = rendering;
  const { title, law, nature, headings } = texts.report;
  const parts = [
    heading(1, `${title}: ${escapeMarkdown(project)}`),
    `_${law}_`,
    `> ${nature}`,
    heading(2, headings.summary),
    summary(rendering),
    heading(2, headings.articles),
    articleRows(rendering),
    heading(2, headings.dataMap),
    ...dataMapTables(rendering),
    heading(2, headings.findings),
    ...findings(rendering),
    heading(2, headings.blindSpots),
    ...blindSpots(rendering),
    heading(2, headings.suppressed),
    suppressed(rendering),
    heading(2, headings.notExamined),
    rendering.report.notExamined.map((text) => `- ${escapeMarkdown(text)}`).join("\n"),
    heading(2, headings.provenance),
    provenance(rendering),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function summary({ texts, report, analysis, known }: Rendering): string {
  const { counts, statuses, articlesOf } = texts.report;
  const { findings: found, dataMap, stats } = report;
  const errors = found.filter(({ severity }) => severity === "error").length;
  const places = countPlaces(groupFindings(texts, analysis.findings));
  const numbers = [
    [errors, counts.errors],
    [found.length - errors, counts.warnings],
    [places, counts.places],
    [dataMap.fields.length, counts.fields],
    [dataMap.stores.length, counts.stores],
    [dataMap.recipients.length, counts.recipients],
    [report.blindSpots.length, counts.blindSpots],
    [report.suppressed.length, counts.suppressed],
    [stats.files, counts.files],
    [stats.lines, counts.lines],
  ] as const;
  const first = numbers.map(([count, word]) => `**${String(count)}** ${word(count)}`).join(" · ");
  const byStatus = (Object.keys(statuses) as (keyof typeof statuses)[]).flatMap((status) => {
    const articles = report.articles.filter((each) => each.status === status);
    return articles.length === 0
      ? []
      : [`- **${statuses[status]}**: ${articlesOf(articles.map(({ article }) => article))}`];
  });
  const left = known === 0 ? [] : [texts.headings.known(known)];
  return [first, ...left, byStatus.join("\n")].join("\n\n");
}

function findings(rendering: Rendering): string[] {
  const { texts, analysis } = rendering;
  const sections = sectionsOf(groupFindings(texts, analysis.findings), texts, analysis);
  if (sections.length === 0) return [texts.report.nothingFound];
  return sections.flatMap(({ title, groups }) => [
    heading(3, `${escapeMarkdown(title)} (${texts.headings.places(groups.length)})`),
    ...groups.map((group) => findingText(rendering, group)),
  ]);
}

function findingText(
  { texts, analysis }: Rendering,
  { findings: [first], text, doubt }: FindingGroup,
): string {
  const { headings, levels, report } = texts;
  const { file, line, column } = first.location;
  const place = codeSpan(`${file}:${String(line)}:${String(column)}`);
  const articles = first.articles.length === 0 ? "" : ` · ${report.articlesOf(first.articles)}`;
  const steps = stepsOf(first, texts);
  const lines = [
    `**${levels[first.severity]}** \`${first.rule}\` ${place}${articles}`,
    escapeMarkdown(text.what),
    ...(steps.length === 0
      ? []
      : [
          [
            `<details><summary>${report.steps(steps.length)}</summary>\n`,
            ...steps.map((step, index) => {
              const source = analysis.textOf(step.file);
              const code = source === undefined ? "" : codeSpan(lineAt(source, step.line));
              return `${String(index + 1)}. ${codeSpan(step.place)} ${escapeMarkdown(step.note)}${code === "" ? "" : `<br>${code}`}`;
            }),
            "\n</details>",
          ].join("\n"),
        ]),
    [
      ...labelled(headings.certainty, doubt ?? ""),
      ...labelled(headings.why, text.why),
      ...labelled(headings.mend, text.mend),
      `- ${headings.id}: \`${first.fingerprint}\``,
    ].join("\n"),
  ];
  return lines.join("\n\n");
}

function labelled(label: string, text: string): string[] {
  return text === "" ? [] : [`- ${label}: ${escapeMarkdown(text)}`];
}

function blindSpots({ texts, report }: Rendering): string[] {
  const { columns, noneOfThem, rest } = texts.report;
  if (report.blindSpots.length === 0) return [noneOfThem];
  const shown = report.blindSpots.slice(0, mostBlindSpots);
  const rows = shown.map(({ location, field, note }) => [
    codeSpan(`${location.file}:${String(location.line)}`),
    field === null ? "" : codeSpan(field),
    escapeMarkdown(note),
  ]);
  const left = report.blindSpots.length - shown.length;
  return [
    tableOf([columns.place, columns.field, columns.what], rows),
    ...(left === 0 ? [] : [escapeMarkdown(rest(left))]),
  ];
}

function suppressed({ texts, report }: Rendering): string {
  const { columns, noneOfThem, noReason } = texts.report;
  if (report.suppressed.length === 0) return noneOfThem;
  return tableOf(
    [columns.place, columns.rule, columns.reason, columns.until],
    report.suppressed.map(({ location, rule, reason, until }) => [
      location === undefined ? "" : codeSpan(`${location.file}:${String(location.line)}`),
      rule ?? "",
      escapeMarkdown(reason ?? noReason),
      until ?? "",
    ]),
  );
}

function provenance({ texts, report }: Rendering): string {
  const { provenance: names, yes, no, none } = texts.report;
  const keys = Object.keys(names) as (keyof typeof names)[];
  return keys
    .map((key) => {
      const value = report.provenance[key];
      const said = typeof value === "boolean" ? (value ? yes : no) : (value ?? none);
      return `- ${names[key]}: ${codeSpan(said)}`;
    })
    .join("\n");
}

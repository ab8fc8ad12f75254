import { deletionMatrix } from "./deletion-matrix.js";
import type { ArticleDuties } from "./messages/report-words.js";
import { codeSpan, escapeMarkdown, heading, tableOf } from "./markdown-syntax.js";
import type { Rendering } from "./rendering.js";

type Place = { readonly file: string; readonly line: number };

const shownAtOnce = 4;

/** Every article with its status and the evidence for it. */
export function articleRows({ texts, report }: Rendering): string {
  const { columns, statuses } = texts.report;
  return tableOf(
    [columns.article, columns.duty, columns.status, columns.findings, columns.evidence],
    report.articles.map(({ article, status, findings, evidence }) => [
      String(article),
      escapeMarkdown(texts.duties[article as keyof ArticleDuties]),
      status === "violated" ? `**${statuses[status]}**` : statuses[status],
      String(findings),
      shorten(
        [
          ...new Set(
            evidence.map(
              ({ note, location }) =>
                `${escapeMarkdown(note)}${location === null ? "" : ` ${placeOf(location)}`}`,
            ),
          ),
        ],
        "<br>",
      ),
    ]),
  );
}

/** The data map, a table a part. */
export function dataMapTables(rendering: Rendering): string[] {
  const { texts, report } = rendering;
  const { columns, headings, noneOfThem } = texts.report;
  const { fields, stores, recipients, collections } = report.dataMap;
  const parts: [string, string][] = [
    [
      headings.fields,
      tableOrNone(
        [columns.field, columns.category, columns.purposes, columns.retention, columns.place],
        fields.map(({ name, category, purposes, retention, declaration }) => [
          codeSpan(name),
          texts.categories[category],
          purposes.map(escapeMarkdown).join(", "),
          retention ?? "",
          placeOf(declaration),
        ]),
        noneOfThem,
      ),
    ],
    [
      headings.collections,
      tableOrNone(
        [columns.field, columns.place],
        collections.map(({ field, location }) => [codeSpan(field), placeOf(location)]),
        noneOfThem,
      ),
    ],
    [
      headings.stores,
      tableOrNone(
        [columns.store, columns.fields, columns.protection, columns.declared, columns.places],
        stores.map(({ medium, client, target, fields: kept, protection, declared, locations }) => [
          codeSpan(`${medium}:${client}/${target ?? "*"}`),
          shorten(kept.map(codeSpan), ", "),
          protection.map((kind) => texts.protections[kind as keyof typeof texts.protections]).join(", "),
          escapeMarkdown(declared ?? ""),
          shorten(locations.map(placeOf), ", "),
        ]),
        noneOfThem,
      ),
    ],
    [headings.deletion, matrixTable(rendering)],
    [
      headings.recipients,
      tableOrNone(
        [columns.recipient, columns.fields, columns.places],
        recipients.map(({ name, fields: given, locations }) => [
          escapeMarkdown(texts.word(name)),
          shorten(given.map(codeSpan), ", "),
          shorten(locations.map(placeOf), ", "),
        ]),
        noneOfThem,
      ),
    ],
  ];
  return parts.flatMap(([title, text]) => [heading(3, title), text]);
}

function matrixTable({ texts, report }: Rendering): string {
  const matrix = deletionMatrix(report.dataMap.deletion);
  if (matrix === null) return texts.report.noEntries;
  const { kinds, unerased, legend } = texts.matrix;
  const marks = { reached: "✓", left: "✗", none: "·" } as const;
  const heads = matrix.entries.map(({ entry, kind }) => `${codeSpan(entry)}<br>${kinds[kind] ?? kind}`);
  const rows = matrix.rows.map(({ store, cells, isErased }) => [
    codeSpan(store),
    ...cells.map((cell) => marks[cell]),
    isErased ? "" : `**${unerased}**`,
  ]);
  return `${tableOf([texts.report.columns.store, ...heads, ""], rows)}\n\n${legend}`;
}

function tableOrNone(heads: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  return rows.length === 0 ? none : tableOf(heads, rows);
}

function placeOf({ file, line }: Place): string {
  return codeSpan(`${file}:${String(line)}`);
}

function shorten(items: readonly string[], joint: string): string {
  const rest = items.length - shownAtOnce;
  return rest <= 1 ? items.join(joint) : [...items.slice(0, shownAtOnce), `… (+${String(rest)})`].join(joint);
}

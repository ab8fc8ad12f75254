/** The audit as one page for who leads: a single file that fetches nothing, runs nothing, and prints well. */
import type { ReportDocument } from "../../contracts/report.js";
import type { Rendering } from "../rendering.js";
import { articlesSection } from "./articles.js";
import { dataMapSection } from "./data-map.js";
import { findingsSection } from "./findings.js";
import { html, Markup } from "./markup.js";
import { pageOf, placeOf, table, type Page } from "./page.js";
import { style } from "./style.js";

/** More of them stand in the JSON. */
const mostBlindSpots = 500;

/** Ends with a line break. */
export function renderHtml(rendering: Rendering): string {
  const page = pageOf(rendering);
  const { texts, project } = page;
  const { title, law, nature, skip } = texts.report;
  const text = html`<!doctype html>
    <html lang="${texts.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${project}: ${title}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#findings">${skip}</a>
        <header>
          <h1>${title}: ${project}</h1>
          <p class="law">${law}</p>
          <p class="nature" role="note">${nature}</p>
          ${contents(page)}
        </header>
        <main>
          ${summarySection(page)} ${articlesSection(page)} ${dataMapSection(page)} ${findingsSection(page)}
          ${blindSpotsSection(page)} ${suppressedSection(page)} ${notExaminedSection(page)}
          ${provenanceSection(page)}
        </main>
        <footer><p>${texts.headings.opinion}</p></footer>
      </body>
    </html> `.text;
  return `${text.trimEnd()}\n`;
}

function contents({ texts }: Page): Markup {
  const { headings } = texts.report;
  const links = [
    ["articles", headings.articles],
    ["data-map", headings.dataMap],
    ["findings", headings.findings],
    ["blind-spots", headings.blindSpots],
    ["suppressed", headings.suppressed],
    ["not-examined", headings.notExamined],
    ["provenance", headings.provenance],
  ] as const;
  return html`<nav aria-label="${headings.summary}">
    <ul>
      ${links.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}
    </ul>
  </nav>`;
}

function summarySection({ texts, report, places, known }: Page): Markup {
  const { counts, headings, statuses } = texts.report;
  const { findings, dataMap, blindSpots, suppressed, stats } = report;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const numbers = [
    [errors, counts.errors],
    [findings.length - errors, counts.warnings],
    [places, counts.places],
    [dataMap.fields.length, counts.fields],
    [dataMap.stores.length, counts.stores],
    [dataMap.recipients.length, counts.recipients],
    [blindSpots.length, counts.blindSpots],
    [suppressed.length, counts.suppressed],
    [stats.files, counts.files],
    [stats.lines, counts.lines],
  ] as const;
  const byStatus = new Map<keyof typeof statuses, string[]>();
  for (const { article, status } of report.articles)
    byStatus.set(status, [...(byStatus.get(status) ?? []), String(article)]);
  return html`<section aria-labelledby="summary">
    <h2 id="summary">${headings.summary}</h2>
    <ul class="counts">
      ${numbers.map(([count, word]) => html`<li><b>${count}</b>${word(count)}</li>`)}
    </ul>
    ${known === 0 ? null : html`<p>${texts.headings.known(known)}</p>`}
    <ul class="plain">
      ${(Object.keys(statuses) as (keyof typeof statuses)[]).map((status) => {
        const articles = byStatus.get(status);
        return articles === undefined
          ? null
          : html`<li>
              <span class="badge ${status}">${statuses[status]}</span>
              ${texts.report.articlesOf(articles.map(Number))}
            </li>`;
      })}
    </ul>
  </section>`;
}

function blindSpotsSection({ texts, report }: Page): Markup {
  const { headings, columns, noneOfThem, rest } = texts.report;
  const { blindSpots } = report;
  const rows = blindSpots.slice(0, mostBlindSpots).map(
    ({ location, field, note }) =>
      html`<tr>
        <td><code>${placeOf(location)}</code></td>
        <td>${field === null ? null : html`<code>${field}</code>`}</td>
        <td>${note}</td>
      </tr>`,
  );
  const left = blindSpots.length - rows.length;
  return html`<section aria-labelledby="blind-spots">
    <h2 id="blind-spots">${headings.blindSpots}</h2>
    ${rows.length === 0 ? html`<p>${noneOfThem}</p>` : table(headings.blindSpots, [columns.place, columns.field, columns.what], rows)}
    ${left === 0 ? null : html`<p>${rest(left)}</p>`}
  </section>`;
}

function suppressedSection({ texts, report }: Page): Markup {
  const { headings, columns, noneOfThem, noReason } = texts.report;
  const rows = report.suppressed.map(
    ({ rule, location, reason, until }) =>
      html`<tr>
        <td><code>${location === undefined ? "" : placeOf(location)}</code></td>
        <td>${rule ?? ""}</td>
        <td>${reason ?? noReason}</td>
        <td>${until}</td>
      </tr>`,
  );
  return html`<section aria-labelledby="suppressed">
    <h2 id="suppressed">${headings.suppressed}</h2>
    ${rows.length === 0 ? html`<p>${noneOfThem}</p>` : table(headings.suppressed, [columns.place, columns.rule, columns.reason, columns.until], rows)}
  </section>`;
}

function notExaminedSection({ texts, report }: Page): Markup {
  return html`<section aria-labelledby="not-examined">
    <h2 id="not-examined">${texts.report.headings.notExamined}</h2>
    <ul>
      ${report.notExamined.map((text) => html`<li>${text}</li>`)}
    </ul>
  </section>`;
}

function provenanceSection({ texts, report }: Page): Markup {
  const { headings, provenance: names } = texts.report;
  const rows = (Object.keys(names) as (keyof ReportDocument["provenance"])[]).map(
    (key) =>
      html`<tr>
        <th scope="row">${names[key]}</th>
        <td><code>${said(report.provenance[key], texts.report)}</code></td>
      </tr>`,
  );
  return html`<section aria-labelledby="provenance">
    <h2 id="provenance">${headings.provenance}</h2>
    <div class="scroll" tabindex="0" role="group" aria-label="${headings.provenance}">
      <table>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}

function said(value: string | boolean | null, words: { yes: string; no: string; none: string }): string {
  if (typeof value === "boolean") return value ? words.yes : words.no;
  return value ?? words.none;
}

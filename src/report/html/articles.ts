import type { ReportDocument } from "../../contracts/report.js";
import type { ArticleDuties } from "../messages/report-words.js";
import { html, type Markup } from "./markup.js";
import { folded, placeOf, table, type Page } from "./page.js";

type Article = ReportDocument["articles"][number];

/** Every article of the Provisions with its status and the evidence for it. */
export function articlesSection(page: Page): Markup {
  const { report, texts } = page;
  const { columns, headings } = texts.report;
  return html`<section aria-labelledby="articles">
    <h2 id="articles">${headings.articles}</h2>
    ${table(
      texts.report.law,
      [columns.article, columns.duty, columns.status, columns.findings, columns.evidence],
      report.articles.map((article) => articleRow(page, article)),
      "articles",
    )}
  </section>`;
}

function articleRow(page: Page, { article, status, findings, evidence }: Article): Markup {
  const { texts } = page;
  const others = evidence
    .filter(({ kind }) => kind !== "finding")
    .map(({ location, note }) =>
      location === null ? html`${note}` : html`${note} <code>${placeOf(location)}</code>`,
    );
  return html`<tr>
    <th scope="row" class="number">${article}</th>
    <td>${texts.duties[article as keyof ArticleDuties]}</td>
    <td><span class="badge ${status}">${texts.report.statuses[status]}</span></td>
    <td class="number">${findings}</td>
    <td>${folded([...others, ...linksOf(page, evidence)], texts.report.showAll)}</td>
  </tr>`;
}

/** One a place, with a link to where it is told, if it is. */
function linksOf({ analysis, anchors }: Page, evidence: Article["evidence"]): Markup[] {
  const told = new Map(
    analysis.findings.map(({ rule, location, fingerprint }) => [
      `${rule} ${placeOf(location)}`,
      anchors.get(fingerprint),
    ]),
  );
  const links = new Map<string, Markup>();
  for (const { kind, location, note } of evidence) {
    if (kind !== "finding" || location === null) continue;
    const place = placeOf(location);
    const anchor = told.get(`${note} ${place}`);
    const text = html`${note} <code>${place}</code>`;
    links.set(`${note} ${place}`, anchor === undefined ? text : html`<a href="#${anchor}">${text}</a>`);
  }
  return [...links.values()];
}

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
    <td>${folded([...others, ...linksOf(page, article)], texts.report.showAll)}</td>
  </tr>`;
}

/** One link a place. */
function linksOf({ analysis, anchors }: Page, article: number): Markup[] {
  const links = new Map<string, Markup>();
  for (const { articles, fingerprint, rule, location } of analysis.findings) {
    const anchor = anchors.get(fingerprint);
    if (anchor === undefined || !articles.includes(article) || links.has(anchor)) continue;
    links.set(anchor, html`<a href="#${anchor}">${rule} <code>${placeOf(location)}</code></a>`);
  }
  return [...links.values()];
}

import type { Location } from "../../base/location.js";
import type { RatedFinding } from "../../contracts/finding.js";
import { lineAt } from "../code-frame.js";
import { stepsOf } from "../joined-steps.js";
import { rulePage } from "../rule-page.js";
import type { FindingGroup } from "../word-finding.js";
import { html, type Markup } from "./markup.js";
import { anchorOf, folded, placeOf, prose, type Page } from "./page.js";

/** Findings, grouped by the store or recipient that the data ends up in. */
export function findingsSection(page: Page): Markup {
  const { texts, sections } = page;
  const { headings, nothingFound } = texts.report;
  return html`<section aria-labelledby="findings">
    <h2 id="findings">${headings.findings}</h2>
    ${sections.length === 0 ? html`<p>${nothingFound}</p>` : null}
    ${sections.map(
      ({ title, groups }) =>
        html`<h3>${title} <span class="faint">${texts.headings.places(groups.length)}</span></h3>
          ${groups.map((group) => findingArticle(page, group))}`,
    )}
  </section>`;
}

function findingArticle(page: Page, group: FindingGroup): Markup {
  const { texts, report } = page;
  const [first] = group.findings;
  const { headings, levels } = texts;
  const anchor = anchorOf(group);
  const sources = [
    ...new Set(
      group.findings.flatMap((each) => ("otherSources" in each ? each.otherSources.map(placeOf) : [])),
    ),
  ];
  return html`<article class="finding is-${first.severity}" id="${anchor}" aria-labelledby="${anchor}-title">
    <header>
      <span class="badge ${first.severity}">${levels[first.severity]}</span>
      <h4 id="${anchor}-title">
        <a href="${rulePage(first.rule, report.provenance.tool)}">${first.rule}</a>
        <code>${placeOf(first.location)}</code>
      </h4>
      ${first.articles.length === 0 ? null : html`<span class="faint">${texts.report.articlesOf(first.articles)}</span>`}
      ${first.verdict === "possible" ? html`<span class="badge">${texts.report.possible}</span>` : null}
    </header>
    <p>${prose(group.text.what)}</p>
    ${frame(page, first.location)} ${steps(page, first)}
    <dl>
      ${entry(headings.certainty, group.doubt ?? "")}${entry(headings.why, group.text.why)}${entry(headings.mend, group.text.mend)}
      ${
        sources.length === 0
          ? null
          : html`<dt>${headings.sources}</dt>
              <dd>
                ${folded(
                  sources.map((place) => html`<code>${place}</code>`),
                  texts.report.showAll,
                )}
              </dd>`
      }
      <dt>${headings.id}</dt>
      <dd><code>${first.fingerprint}</code></dd>
    </dl>
  </article> `;
}

function entry(name: string, text: string): Markup | null {
  return text === ""
    ? null
    : html`<dt>${name}</dt>
        <dd>${prose(text)}</dd>`;
}

const longest = 200;

/** The place's own line, what it is about marked. */
function frame({ analysis }: Page, { file, line, column, endLine, endColumn }: Location): Markup | null {
  const code = analysis.textOf(file)?.split(/\r\n|[\n\r\u2028\u2029]/u)[line - 1];
  if (code === undefined || code.length > longest * 10) return null;
  const end = endColumn !== undefined && (endLine ?? line) === line ? endColumn - 1 : code.length;
  const start = column - 1;
  const indent = code.length - code.trimStart().length;
  return html`<pre><code><span class="faint">${line} | </span>${code.slice(indent, start)}<mark>${code.slice(start, end)}</mark>${code.slice(end)}</code></pre>`;
}

function steps({ analysis, texts }: Page, finding: RatedFinding): Markup | null {
  const joined = stepsOf(finding, texts);
  if (joined.length === 0) return null;
  return html`<details>
    <summary>${texts.report.steps(joined.length)}</summary>
    <ol class="steps">
      ${joined.map(({ place, file, line, note }) => {
        const text = analysis.textOf(file);
        return html`<li>
          <code>${place}</code
          >${note}${text === undefined ? null : html`<code class="faint">${lineAt(text, line)}</code>`}
        </li>`;
      })}
    </ol>
  </details>`;
}

/** What the parts of the page share. */
import type { Rendering } from "../rendering.js";
import { sectionsOf, type Section } from "../sections.js";
import { countPlaces, groupFindings, type FindingGroup } from "../word-finding.js";
import { html, type Markup } from "./markup.js";

export interface Page extends Rendering {
  readonly sections: readonly Section[];
  /** The anchor of the place that a finding is told at, by its fingerprint. */
  readonly anchors: ReadonlyMap<string, string>;
  readonly places: number;
}

export function pageOf(rendering: Rendering): Page {
  const groups = groupFindings(rendering.texts, rendering.analysis.findings);
  const anchors = groups.flatMap((group) =>
    group.findings.map(({ fingerprint }) => [fingerprint, anchorOf(group)] as const),
  );
  return {
    ...rendering,
    sections: sectionsOf(groups, rendering.texts, rendering.analysis),
    anchors: new Map(anchors),
    places: countPlaces(groups),
  };
}

export function anchorOf({ findings: [first] }: FindingGroup): string {
  return `f-${first.fingerprint}`;
}

/** A table that scrolls by itself where it is wider than the page, also by keyboard. */
export function table(caption: string, heads: readonly string[], rows: readonly Markup[], kind = ""): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}">
    <table class="${kind}">
      <caption class="said">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** What messages put between backticks is code. */
export function prose(text: string): Markup {
  return html`${text
    .split(/`([^`]+)`/u)
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;
}

/** A name may end its line behind a dot or a slash. */
export function breakable(name: string): Markup {
  return html`${name.split(/(?<=[./:])/u).map((part) => html`${part}<wbr />`)}`;
}

export function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${String(line)}`;
}

const shownAtOnce = 4;

/** A list whose end is folded away where it is long. */
export function folded(items: readonly Markup[], showAll: (count: number) => string): Markup {
  if (items.length <= shownAtOnce + 1) return list(items);
  return html`${list(items.slice(0, shownAtOnce))}
    <details>
      <summary>${showAll(items.length)}</summary>
      ${list(items.slice(shownAtOnce))}
    </details>`;
}

function list(items: readonly Markup[]): Markup {
  return html`<ul class="plain">
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}

import { deletionMatrix } from "../deletion-matrix.js";
import { html, type Markup } from "./markup.js";
import { breakable, folded, placeOf, table, type Page } from "./page.js";

/** Fields, where they come in, where they are kept, whom they reach, and what erases them. */
export function dataMapSection(page: Page): Markup {
  const { headings } = page.texts.report;
  return html`<section aria-labelledby="data-map">
    <h2 id="data-map">${headings.dataMap}</h2>
    <h3>${headings.fields}</h3>
    ${fieldsTable(page)}
    <h3>${headings.collections}</h3>
    ${collectionsTable(page)}
    <h3>${headings.stores}</h3>
    ${storesTable(page)}
    <h3>${headings.deletion}</h3>
    ${matrixTable(page)}
    <h3>${headings.recipients}</h3>
    ${recipientsTable(page)}
  </section>`;
}

function orNone(rows: readonly Markup[], page: Page, draw: () => Markup): Markup {
  return rows.length === 0 ? html`<p>${page.texts.report.noneOfThem}</p>` : draw();
}

function fieldsTable(page: Page): Markup {
  const { texts, report } = page;
  const { columns, headings } = texts.report;
  const rows = report.dataMap.fields.map(
    ({ name, category, purposes, retention, declaration }) =>
      html`<tr>
        <th scope="row"><code>${name}</code></th>
        <td>${texts.categories[category]}</td>
        <td>${purposes.join(", ")}</td>
        <td>${retention}</td>
        <td><code>${placeOf(declaration)}</code></td>
      </tr>`,
  );
  return orNone(rows, page, () =>
    table(
      headings.fields,
      [columns.field, columns.category, columns.purposes, columns.retention, columns.place],
      rows,
    ),
  );
}

function collectionsTable(page: Page): Markup {
  const { texts, report } = page;
  const { columns, headings, showAll } = texts.report;
  const byField = new Map<string, Markup[]>();
  for (const { field, location } of report.dataMap.collections)
    byField.set(field, [...(byField.get(field) ?? []), html`<code>${placeOf(location)}</code>`]);
  const rows = [...byField]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([field, places]) =>
        html`<tr>
          <th scope="row"><code>${field}</code></th>
          <td>${folded(places, showAll)}</td>
        </tr>`,
    );
  return orNone(rows, page, () => table(headings.collections, [columns.field, columns.places], rows));
}

function storesTable(page: Page): Markup {
  const { texts, report } = page;
  const { columns, headings, showAll } = texts.report;
  const rows = report.dataMap.stores.map(
    ({ medium, client, target, fields, protection, declared, locations }) =>
      html`<tr>
        <th scope="row"><code>${breakable(`${medium}:${client}/${target ?? "*"}`)}</code></th>
        <td>
          ${folded(
            fields.map((field) => html`<code>${field}</code>`),
            showAll,
          )}
        </td>
        <td>
          ${protection.map((kind) => texts.protections[kind as keyof typeof texts.protections]).join(", ")}
        </td>
        <td>${declared}</td>
        <td>
          ${folded(
            locations.map((place) => html`<code>${placeOf(place)}</code>`),
            showAll,
          )}
        </td>
      </tr>`,
  );
  return orNone(rows, page, () =>
    table(
      headings.stores,
      [columns.store, columns.fields, columns.protection, columns.declared, columns.places],
      rows,
    ),
  );
}

function recipientsTable(page: Page): Markup {
  const { texts, report } = page;
  const { columns, headings, showAll } = texts.report;
  const rows = report.dataMap.recipients.map(
    ({ name, fields, locations }) =>
      html`<tr>
        <th scope="row">${texts.word(name)}</th>
        <td>
          ${folded(
            fields.map((field) => html`<code>${field}</code>`),
            showAll,
          )}
        </td>
        <td>
          ${folded(
            locations.map((place) => html`<code>${placeOf(place)}</code>`),
            showAll,
          )}
        </td>
      </tr>`,
  );
  return orNone(rows, page, () =>
    table(headings.recipients, [columns.recipient, columns.fields, columns.places], rows),
  );
}

const marks = { reached: "✓", left: "✗", none: "·" } as const;

function matrixTable({ texts, report }: Page): Markup {
  const words = texts.matrix;
  const matrix = deletionMatrix(report.dataMap.deletion);
  if (matrix === null) return html`<p>${texts.report.noEntries}</p>`;
  const { entries, rows } = matrix;
  const caption = words.title(entries.length, rows.length);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}">
    <table class="matrix">
      <caption>
        ${caption}. ${words.legend}
      </caption>
      <thead>
        <tr>
          <th scope="col">${texts.report.columns.store}</th>
          ${entries.map(
            ({ entry, kind }) =>
              html`<th scope="col"><code>${breakable(entry)}</code><br />${words.kinds[kind] ?? kind}</th>`,
          )}
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ store, cells, isErased }) =>
            html`<tr>
              <th scope="row"><code>${breakable(store)}</code></th>
              ${cells.map(
                (cell) =>
                  html`<td class="${cell}">
                    <span aria-hidden="true">${marks[cell]}</span
                    ><span class="said">${words.cells[cell]}</span>
                  </td>`,
              )}
              <td>${isErased ? null : html`<span class="badge error">${words.unerased}</span>`}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

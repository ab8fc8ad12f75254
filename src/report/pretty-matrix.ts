/** The matrix entries × stores on a terminal: a row a store, a numbered column an entry, the entries below. */
import type { createColors } from "picocolors";
import { deletionMatrix, type Cell, type Deletion, type DeletionMatrix } from "./deletion-matrix.js";
import type { TextTable } from "./messages/text-table.js";
import { padWidth, textWidth } from "./text-width.js";

type Colors = ReturnType<typeof createColors>;

const marks: Readonly<Record<Cell, string>> = { reached: "✓", left: "✗", none: "·" };

/** Nothing where there is neither a store nor an entry. */
export function renderMatrix(
  deletion: readonly Deletion[],
  texts: TextTable,
  colors: Colors,
  width: number,
): string[] {
  const matrix = deletionMatrix(deletion);
  if (matrix === null) return [];
  const { entries, rows } = matrix;
  const words = texts.matrix;
  const lines = [colors.bold(colors.underline(words.title(entries.length, rows.length)))];
  const storeWidth = Math.max(...rows.map(({ store }) => store.length));
  const cellWidth = String(entries.length).length + 1;
  const most = Math.max(1, Math.floor((width - storeWidth - 4) / cellWidth));
  for (let from = 0; from < entries.length; from += most)
    lines.push(
      ...part(
        matrix,
        { from, to: Math.min(entries.length, from + most), storeWidth, cellWidth },
        words.unerased,
        colors,
      ),
    );
  lines.push(
    ...entries.map(({ entry, kind }, index) => {
      const number = String(index + 1).padStart(cellWidth);
      return `  ${number}  ${padWidth(words.kinds[kind] ?? kind, kindWidth(entries, words.kinds))}  ${entry}`;
    }),
    colors.dim(`  ${words.legend}`),
  );
  return [lines.join("\n")];
}

interface Columns {
  readonly from: number;
  readonly to: number;
  readonly storeWidth: number;
  readonly cellWidth: number;
}

function part(
  { rows }: DeletionMatrix,
  { from, to, storeWidth, cellWidth }: Columns,
  unerased: string,
  colors: Colors,
): string[] {
  const numbers = Array.from({ length: to - from }, (_, index) =>
    String(from + index + 1).padStart(cellWidth),
  );
  const paint: Readonly<Record<Cell, (text: string) => string>> = {
    reached: colors.green,
    left: colors.red,
    none: colors.dim,
  };
  return [
    `  ${" ".repeat(storeWidth)} ${colors.dim(numbers.join(""))}`,
    ...rows.map(({ store, cells, isErased }) => {
      const shown = cells.slice(from, to).map((cell) => paint[cell](marks[cell].padStart(cellWidth)));
      return `  ${store.padEnd(storeWidth)} ${shown.join("")}${isErased ? "" : `  ${colors.red(unerased)}`}`;
    }),
  ];
}

function kindWidth(entries: readonly Deletion[], kinds: Readonly<Record<string, string>>): number {
  return Math.max(...entries.map(({ kind }) => textWidth(kinds[kind] ?? kind)));
}

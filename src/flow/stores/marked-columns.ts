/** The marked columns of a table's rows: their own, those of their parts, and those of rows that are written along with them. */
import type { FieldId } from "../../contracts/annotation.js";
import type { Table } from "./table.js";

/** Parts within parts. */
const deepest = 3;

export interface MarkedColumn {
  readonly path: readonly string[];
  readonly field: FieldId;
}

export function markedColumns(table: Table): readonly MarkedColumn[] {
  return columnsIn(table, [], true);
}

/** Those that every read of all columns brings: of the row and of its parts, and of no other row. */
export function ownColumns(table: Table): readonly MarkedColumn[] {
  return columnsIn(table, [], false);
}

function columnsIn(table: Table, around: readonly Table[], withSaved: boolean): readonly MarkedColumn[] {
  const own = [...table.fields].map(([name, field]): MarkedColumn => ({ path: [name], field }));
  if (around.length >= deepest || around.includes(table)) return own;
  const saved = table.relations.filter(
    (name) => withSaved && (table.columns.get(name)?.saved === true || table.related(name)?.isSaved === true),
  );
  return [
    ...own,
    ...[...table.parts, ...saved].flatMap((name) => {
      const inner = table.related(name);
      if (inner === null || inner.table === table || around.includes(inner.table)) return [];
      const below = inner.isList ? [name, "[]"] : [name];
      return columnsIn(inner.table, [...around, table], withSaved).map(({ path, field }) => ({
        path: [...below, ...path],
        field,
      }));
    }),
  ];
}

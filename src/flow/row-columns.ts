/** Which marked columns a read of rows gives: all of the table's, or those that its options or statement name. */
import type { FieldId } from "../contracts/annotation.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { Table } from "./tables.js";
import type { Writers } from "./writers.js";

export interface RowColumn {
  readonly path: readonly string[];
  readonly field: FieldId;
  readonly stores: readonly string[];
  readonly encrypted: boolean;
}

const deepest = 4;

/** `only`: names in plain spelling (lower case, no underscores) that a statement gives; null: all. */
export function rowColumns(
  writers: Writers,
  pointsTo: PointsTo,
  table: Table,
  options: readonly AbstractValue[],
  only: ReadonlySet<string> | null,
  depth = 0,
): readonly RowColumn[] {
  if (depth > deepest) return [];
  const objectsAt = (name: string): readonly AbstractValue[] =>
    options.flatMap((value) =>
      value.kind === "object"
        ? [...pointsTo.fieldNode(value, name).values].filter((each) => each.kind === "object")
        : [],
    );
  const inside = (name: string, inner: readonly AbstractValue[]): readonly RowColumn[] => {
    const related = table.related(name);
    if (related === null) return [];
    const found = rowColumns(writers, pointsTo, related.table, inner, null, depth + 1);
    const below = related.isList ? [name, "[]"] : [name];
    return found.map((column) => ({ ...column, path: [...below, ...column.path] }));
  };
  const plainColumn = (name: string, field: FieldId): RowColumn => ({
    path: [name],
    field,
    stores: table.names,
    encrypted: table.encrypted.has(name),
  });
  const select = objectsAt("select");
  if (select.length > 0) {
    const names = new Map(select.flatMap((object) => [...askedFor(writers, pointsTo, object)]));
    return [...names].flatMap(([name, inner]) => {
      const field = table.fields.get(name);
      return field === undefined ? inside(name, inner) : [plainColumn(name, field)];
    });
  }
  const left = new Set(
    objectsAt("omit").flatMap((object) => [...askedFor(writers, pointsTo, object).keys()]),
  );
  const own = [...table.fields].flatMap(([name, field]) =>
    left.has(name) || (only !== null && !only.has(name.toLowerCase().replaceAll("_", "")))
      ? []
      : [plainColumn(name, field)],
  );
  const parts = only === null ? table.parts.flatMap((name) => inside(name, [])) : [];
  const included = objectsAt("include").flatMap((object) =>
    [...askedFor(writers, pointsTo, object)].flatMap(([name, inner]) => inside(name, inner)),
  );
  return [...own, ...parts, ...included];
}

/** The keys that are not certainly off, with the options that stand below them. */
function askedFor(
  writers: Writers,
  pointsTo: PointsTo,
  object: AbstractValue,
): ReadonlyMap<string, readonly AbstractValue[]> {
  const found = new Map<string, readonly AbstractValue[]>();
  for (const { name } of writers.ofObject(object)) {
    const values = [...pointsTo.fieldNode(object, name).values];
    if (
      values.length > 0 &&
      values.every(
        (value) =>
          value.kind === "constant" &&
          (value.value === false || value.value === undefined || value.value === null),
      )
    )
      continue;
    found.set(
      name,
      values.filter((value) => value.kind === "object"),
    );
  }
  return found;
}

/** What is known of a table's rows. */
import type { FieldId } from "../../contracts/annotation.js";
import type { Column } from "./entity.js";

export interface Table {
  /** Names that the store may go by. */
  readonly names: readonly string[];
  /** Marked columns. */
  readonly fields: ReadonlyMap<string, FieldId>;
  /** Columns that the schema declares to be encrypted. */
  readonly encrypted: ReadonlySet<string>;
  /** What is known of columns beside that: their names in the table, functions that their values go through. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Properties that are objects of their own, in every row. */
  readonly parts: readonly string[];
  /** Properties that lead to other tables' rows, if a read asks for them. */
  readonly relations: readonly string[];
  /** What a property that is no column leads to: related rows, or such an object. */
  readonly related: (name: string) => {
    readonly table: Table;
    readonly isList: boolean;
    readonly isSaved?: boolean;
    /** The row holds their keys alone. */
    readonly isKeyed?: boolean;
  } | null;
}

/** One table for each property, however often it is asked for: what was looked through as its rows is known again. */
export function relatedOnce(find: Table["related"]): Table["related"] {
  const known = new Map<string, ReturnType<Table["related"]>>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) known.set(name, (found = find(name)));
    return found;
  };
}

/** Of a column, or of one in an object of its own: `guardian.phone`. */
export function fieldOf(table: Table, name: string): FieldId | undefined {
  const direct = table.fields.get(name);
  const dot = name.indexOf(".");
  if (direct !== undefined || dot === -1) return direct;
  const inner = table.related(name.slice(0, dot));
  return inner === null
    ? undefined
    : fieldOf(inner.table, name.slice(dot + 1).replace(/^(?:\d+|\$(?:\[\])?)\./u, ""));
}

/** No marked column: a type that has keys where rows are that the name of the table tells of. */
export function tellsNothing({ fields, parts, related }: Table): boolean {
  return fields.size === 0 && parts.every((part) => related(part) === null);
}

/** The columns that a schema maps to other names: property to column. */
export function mappedColumns(mapped: ReadonlyMap<string, string>): ReadonlyMap<string, Column> {
  const column = { through: [], inTurn: false, each: false, sealed: null, hidden: false, saved: false };
  return new Map([...mapped].map(([field, name]) => [field, { ...column, name }]));
}

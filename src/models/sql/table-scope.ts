/**
 * Which tables the columns in a value are of: by what stands before their names, or else by all tables of the query
 * that the value stands in, and not by those that are only asked in its conditions.
 */
import type { SqlColumn, SqlSource } from "./statement.js";

/** A table, or what stands for one, as a query calls it; null where it has no name there. */
export interface TableInScope {
  readonly name: string | null;
  /** What a column of it is copied from; `*` stands for all. */
  columnsOf(column: string): readonly SqlColumn[];
}

export function tableInScope(name: string, table: string): TableInScope {
  return { name, columnsOf: (column) => [{ table, column }] };
}

/** What a query in brackets or of WITH gives: columns by name, null for all those of its own tables. */
export function columnsOfQuery(
  results: readonly {
    readonly name: string | null;
    readonly copied: readonly SqlColumn[] | null;
    readonly all: (column: string) => readonly SqlColumn[];
  }[],
): (column: string) => readonly SqlColumn[] {
  return (column) =>
    results.flatMap(({ name, copied, all }) => {
      if (copied === null) return all(column);
      return column === "*" || name === null || isSame(name, column) ? copied : [];
    });
}

export class TableScope {
  constructor(
    private readonly tables: readonly TableInScope[],
    private readonly outer: TableScope | null = null,
  ) {}

  columnsOf(qualifier: string | null, column: string): readonly SqlColumn[] {
    return this.found(qualifier, column) ?? this.outer?.columnsOf(qualifier, column) ?? [];
  }

  /** Null where the column is of none of these tables. */
  private found(qualifier: string | null, column: string): readonly SqlColumn[] | null {
    const meant = this.tables.filter(
      ({ name }) => qualifier === null || (name !== null && isSame(name, qualifier)),
    );
    return meant.length === 0 ? null : meant.flatMap((table) => table.columnsOf(column));
  }

  /** The same value, with the tables that its columns are of; what is of none may be of those around the query. */
  place(source: SqlSource): SqlSource {
    if (source.kind !== "expression" || source.unplaced === undefined) return source;
    const { unplaced, copied = [], ...rest } = source;
    const found = unplaced.map((each) => ({ each, columns: this.found(each.table, each.column) }));
    const others = found.flatMap(({ each, columns }) => (columns === null ? [each] : []));
    return {
      ...rest,
      copied: [...copied, ...found.flatMap(({ columns }) => columns ?? [])],
      ...(others.length === 0 ? {} : { unplaced: others }),
    };
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

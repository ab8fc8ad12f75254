/**
 * Columns of what stands for a table within a statement: a subquery, a WITH query, a list of values. What is written
 * out of them (`MERGE INTO kids USING (SELECT $1 AS name) s … VALUES (s.name)`) is made of what they are made of.
 */
import type { SqlSource, SqlValuePart, SqlWrite } from "./statement.js";

/** Columns that are made of columns of others in turn. */
const deepest = 4;

export class DerivedColumns {
  private readonly sources = new Map<string, SqlSource[]>();

  note(name: string, source: SqlSource): void {
    if (source.kind === "literal") return;
    const key = name.toLowerCase();
    const known = this.sources.get(key);
    if (known === undefined) this.sources.set(key, [source]);
    else known.push(source);
  }

  /** The same write, with what the columns in its value are made of. */
  resolve(write: SqlWrite): SqlWrite {
    const { source } = write;
    if (source.kind !== "expression" || this.sources.size === 0) return write;
    const parts = this.partsOf(source, 0);
    return parts.length === source.parts.length ? write : { ...write, source: { ...source, parts } };
  }

  private partsOf(source: SqlSource, depth: number): readonly SqlValuePart[] {
    if (source.kind === "literal") return [];
    if (source.kind === "placeholder") return [{ placeholder: source.placeholder, within: [] }];
    if (depth > deepest) return source.parts;
    const made = source.columns.flatMap((column) =>
      (this.sources.get(column.toLowerCase()) ?? [])
        .filter((each) => each !== source)
        .flatMap((each) => this.partsOf(each, depth + 1)),
    );
    return [...source.parts, ...made];
  }
}

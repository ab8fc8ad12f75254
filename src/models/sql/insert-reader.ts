import { QueryReader, literal } from "./query-reader.js";
import type { SqlSource } from "./statement.js";
import { tableInScope, TableScope } from "./table-scope.js";
import { UnexpectedSql } from "./token-stream.js";

/** Reads INSERT in all its forms, and the assignments that it shares with UPDATE. */
export abstract class InsertReader extends QueryReader {
  protected readInsert(): void {
    const { stream } = this;
    while (stream.take("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "OVERWRITE")) continue;
    if (stream.take("OR")) stream.next();
    stream.take("INTO");
    const table = stream.readName();
    this.written.add(table);
    let own = table;
    if (stream.take("AS")) this.aliases.set((own = stream.readName()).toLowerCase(), table);
    const before = this.writes.length;
    const columns = this.isColumnList() ? this.readColumns() : null;
    while (stream.take("OVERRIDING", "SYSTEM", "USER", "VALUE")) continue;
    if (stream.take("OUTPUT")) this.readReturning();
    if (stream.take("DEFAULT")) stream.expect("VALUES");
    else if (stream.take("VALUES", "VALUE")) this.readRows(table, columns);
    else if (stream.take("SET")) this.readAssignments(table);
    else this.readInsertedQuery(table, columns);
    this.readAfterInsert(table);
    this.placeWrites(before, new TableScope([tableInScope(own, table)]));
  }

  /** Once all tables are read that their columns may be of. */
  protected placeWrites(from: number, scope: TableScope): void {
    for (const [index, write] of this.writes.entries())
      if (index >= from) this.writes[index] = { ...write, source: scope.place(write.source) };
  }

  protected isColumnList(): boolean {
    return this.stream.sees("(") && !["SELECT", "WITH"].includes(this.stream.peek(1).upper);
  }

  protected readColumns(): string[] {
    const columns: string[] = [];
    this.stream.expect("(");
    while (!this.stream.take(")")) {
      columns.push(this.stream.readName());
      if (this.stream.sees("[", "(")) throw new UnexpectedSql("no column list");
      this.stream.take(",");
      if (this.stream.atEnd) throw new UnexpectedSql("expected )");
    }
    return columns;
  }

  protected readRows(table: string, columns: readonly string[] | null): void {
    const { stream } = this;
    if (stream.peek().kind === "placeholder") {
      this.readExpanded(table, "rows");
      return;
    }
    do {
      stream.take("ROW");
      stream.expect("(");
      for (let position = 0; !stream.take(")"); position++) {
        const source = this.readValue();
        this.writes.push({ table, column: columns?.[position] ?? null, position, source, expand: null });
        if (!stream.take(",") && !stream.sees(")"))
          throw new UnexpectedSql(`unexpected ${stream.peek().text}`);
      }
    } while (stream.take(","));
  }

  protected readExpanded(table: string, expand: "object" | "rows"): void {
    for (const placeholder of this.stream.next().placeholders) {
      this.writes.push({
        table,
        column: null,
        position: 0,
        source: { kind: "placeholder", placeholder },
        expand,
      });
    }
  }

  protected readInsertedQuery(table: string, columns: readonly string[] | null): void {
    const { stream } = this;
    const inBrackets = stream.take("(");
    if (stream.take("WITH")) this.readWith();
    if (stream.take("EXEC", "EXECUTE")) {
      this.functions.add(stream.readName().toLowerCase());
      return;
    }
    if (stream.peek().kind === "placeholder") {
      // `INSERT INTO t ${sql(rows)}`: a helper that writes columns and values.
      this.readExpanded(table, "rows");
      return;
    }
    stream.expect("SELECT");
    const selected = this.readSelectedValues();
    selected.forEach((source, position) => {
      this.writes.push({ table, column: columns?.[position] ?? null, position, source, expand: null });
    });
    if (inBrackets) stream.take(")");
  }

  protected readSelectedValues(): SqlSource[] {
    const { stream } = this;
    const sources: SqlSource[] = [];
    const outer = this.tables;
    this.tables = [];
    let hasRows = true;
    stream.take("DISTINCT", "ALL");
    do {
      const star = this.seesAll();
      const source = this.readValue();
      sources.push(star ?? source);
      this.readResultName();
    } while (stream.take(","));
    while (
      !stream.atEnd &&
      !stream.sees("RETURNING", ")") &&
      !(stream.sees("ON") && ["CONFLICT", "DUPLICATE"].includes(stream.peek(1).upper))
    ) {
      hasRows &&= !this.seesNoRows();
      if (stream.take("FROM", "JOIN")) this.readTableList();
      else if (stream.take("(")) {
        if (stream.sees("SELECT", "WITH")) this.readSubquery();
        else this.skipUntil(")");
      } else this.lookups.push(...stream.next().placeholders);
    }
    const scope = new TableScope(this.tables);
    this.tables = outer;
    return hasRows ? sources.map((source) => scope.place(source)) : [];
  }

  /** ON CONFLICT, ON DUPLICATE KEY, RETURNING. */
  protected readAfterInsert(table: string): void {
    const { stream } = this;
    if (stream.take("AS")) {
      stream.readName();
      stream.skipGroup();
    }
    while (stream.take("ON")) {
      if (stream.take("DUPLICATE")) {
        stream.expect("KEY");
        stream.expect("UPDATE");
        this.readAssignments(table);
      } else {
        stream.expect("CONFLICT");
        while (!stream.atEnd && !stream.sees("DO")) {
          if (stream.sees("(")) stream.skipGroup();
          else stream.next();
        }
        stream.expect("DO");
        if (!stream.take("NOTHING")) {
          stream.expect("UPDATE");
          stream.expect("SET");
          this.readAssignments(table);
        }
      }
    }
    this.readWhere();
    if (stream.take("RETURNING")) this.readReturning();
  }

  /** After SET: `a = x, t.b = y, (c, d) = (x, y)`, or an object (`SET ?`). */
  protected readAssignments(table: string): void {
    const { stream } = this;
    if (
      stream.peek().kind === "placeholder" &&
      !(stream.peek(1).text === "=" || stream.peek(1).text === ".")
    ) {
      this.readExpanded(table, "object");
      if (stream.take(",")) this.readAssignments(table);
      return;
    }
    do {
      if (stream.sees("(")) this.readTupleAssignment(table);
      else {
        const column = this.readAssignedColumn();
        this.writes.push({ table, column, position: 0, source: this.readValue(), expand: null });
      }
    } while (stream.take(","));
  }

  protected readAssignedColumn(): string {
    const { stream } = this;
    const column = stream.readName();
    while (stream.take("[")) this.skipUntil("]");
    if (!stream.take("=", ":=", "+=", "-=", "*=", "/=", "||="))
      throw new UnexpectedSql(`expected =, found ${stream.peek().text}`);
    return column;
  }

  protected readTupleAssignment(table: string): void {
    const { stream } = this;
    const columns = this.readColumns();
    stream.expect("=");
    stream.take("ROW");
    stream.expect("(");
    if (stream.sees("SELECT", "WITH")) {
      const source = this.readSubqueryValue();
      for (const [position, column] of columns.entries())
        this.writes.push({
          table,
          column,
          position,
          source: position === 0 ? source : literal,
          expand: null,
        });
      stream.expect(")");
      return;
    }
    for (const [position, column] of columns.entries()) {
      this.writes.push({ table, column, position, source: this.readValue(), expand: null });
      stream.take(",");
    }
    stream.expect(")");
  }
}

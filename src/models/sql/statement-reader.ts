import { InsertReader } from "./insert-reader.js";
import type { SqlStatement, SqlVerb } from "./statement.js";
import { TableScope } from "./table-scope.js";
import { UnexpectedSql } from "./token-stream.js";

/** A recursive-descent reader of one statement. */
export class StatementReader extends InsertReader {
  private temporary: string | undefined;

  read(): SqlStatement {
    const verb = this.readAny();
    if (!this.stream.atEnd) this.skipRest();
    const isTable = (name: string): boolean => !this.queries.has(name.toLowerCase());
    return {
      verb,
      written: [...this.written],
      read: [...this.readTables].filter(isTable),
      deleted: [...this.deleted],
      writes: this.writes.map((write) => this.derived.resolve(write)),
      lookups: this.lookups,
      results: this.results,
      functions: [...this.functions],
      complete: true,
      ...(this.temporary === undefined ? {} : { temporary: this.temporary }),
    };
  }

  protected override readAny(): SqlVerb {
    const { stream } = this;
    while (stream.sees("(") && stream.peek(1).upper === "SELECT") stream.next();
    if (stream.take("EXPLAIN"))
      while (!stream.atEnd && !stream.sees("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")) stream.next();
    if (stream.take("WITH")) this.readWith();
    const word = stream.next();
    switch (word.kind === "word" ? word.upper : "") {
      case "SELECT":
        this.readSelected();
        return "select";
      case "VALUES":
        return "select";
      case "INSERT":
      case "REPLACE":
      case "UPSERT":
        this.readInsert();
        return "insert";
      case "UPDATE":
        this.readUpdate();
        return "update";
      case "DELETE":
        this.readDelete();
        return "delete";
      case "MERGE":
        this.readMerge();
        return "merge";
      case "TRUNCATE":
        this.readTableNames(this.deleted, "TABLE", "ONLY");
        return "truncate";
      case "DROP":
        return this.readDrop();
      case "COPY":
        this.readCopy();
        return "copy";
      case "CALL":
      case "EXEC":
      case "EXECUTE":
        return this.readCall();
      case "CREATE":
        return this.readCreate();
      case "ALTER":
        return "alter";
      case "BEGIN":
      case "START":
      case "COMMIT":
      case "ROLLBACK":
      case "SAVEPOINT":
      case "RELEASE":
      case "END":
        return "transaction";
      case "SET":
      case "SHOW":
      case "PRAGMA":
      case "USE":
      case "LISTEN":
      case "NOTIFY":
      case "VACUUM":
      case "ANALYZE":
      case "LOCK":
      case "GRANT":
      case "REVOKE":
      case "DECLARE":
        return "other";
      default:
        throw new UnexpectedSql(`unknown statement ${word.text}`);
    }
  }

  /** `SELECT … INTO t FROM …` makes a table of it; one with a sign before its name is a variable, or ends soon. */
  protected readSelected(): void {
    const before = new Set(this.written);
    const { results, sources, hasRows } = this.readSelect();
    this.results = results;
    if (!hasRows) return;
    const [table] = [...this.written].filter((name) => !before.has(name));
    if (table === undefined || !/^[\p{L}_]/u.test(table)) return;
    sources.forEach((source, position) => {
      const column = results?.[position]?.name ?? null;
      this.writes.push({ table, column, position, source, expand: null });
    });
  }

  /** `CREATE TABLE t AS SELECT …`; of what ends with the connection nothing stays. */
  protected readCreate(): SqlVerb {
    const { stream } = this;
    while (stream.take("OR", "REPLACE", "UNLOGGED", "LOCAL", "GLOBAL")) continue;
    const isTemporary = stream.take("TEMP", "TEMPORARY");
    if (!stream.take("TABLE")) return "create";
    if (stream.take("IF")) while (stream.take("NOT", "EXISTS")) continue;
    const table = stream.readName();
    if (isTemporary) {
      this.temporary = table;
      return "create";
    }
    const columns = this.isColumnList() && this.isNamesOnly() ? this.readColumns() : null;
    if (!stream.take("AS")) return "create";
    this.written.add(table);
    this.readInsertedQuery(table, columns);
    return "create";
  }

  /** `(id, name)`, and not `(id int, name text)`. */
  private isNamesOnly(): boolean {
    return [",", ")"].includes(this.stream.peek(2).text);
  }

  protected readUpdate(): void {
    const { stream } = this;
    while (stream.take("LOW_PRIORITY", "IGNORE", "ONLY")) continue;
    if (stream.take("OR")) stream.next();
    if (stream.take("TOP")) stream.skipGroup();
    const first = this.readTable() ?? "*";
    while (!stream.atEnd && !stream.sees("SET")) {
      if (stream.take("JOIN", ",")) this.readTableList();
      else this.lookups.push(...stream.next().placeholders);
    }
    stream.expect("SET");
    const before = this.writes.length;
    this.readAssignments(first);
    if (stream.take("OUTPUT")) this.readReturning();
    this.readWhere();
    if (stream.take("RETURNING")) this.readReturning();
    this.placeWrites(before, new TableScope(this.tables));
    // `UPDATE c SET … FROM child c`: only now is it known what `c` is.
    const table = this.aliases.get(first.toLowerCase()) ?? first;
    this.written.add(table);
    for (let index = before; index < this.writes.length; index++) {
      const write = this.writes[index];
      if (write?.table === first) this.writes[index] = { ...write, table };
    }
    this.readTables.delete(table);
  }

  protected readDelete(): void {
    const { stream } = this;
    while (stream.take("LOW_PRIORITY", "QUICK", "IGNORE")) continue;
    if (stream.take("TOP")) stream.skipGroup();
    const named: string[] = [];
    if (!stream.sees("FROM")) {
      do named.push(stream.readName());
      while (stream.take(","));
      if (stream.take("OUTPUT")) this.readReturning();
    }
    if (stream.take("FROM") || named.length > 0) {
      const first = stream.atEnd || (named.length > 0 && stream.sees("WHERE")) ? null : this.readTable();
      if (named.length === 0) this.deleted.add(first ?? "*");
      else if (first !== null) this.readTables.add(first);
    }
    if (stream.take("OUTPUT")) this.readReturning();
    this.readWhere();
    if (stream.take("RETURNING")) this.readReturning();
    for (const name of named) this.deleted.add(this.aliases.get(name.toLowerCase()) ?? name);
    for (const name of this.deleted) this.readTables.delete(name);
    this.made = (column) => [...this.deleted].map((table) => ({ table, column }));
  }

  protected readMerge(): void {
    const { stream } = this;
    stream.take("INTO");
    const table = this.readTable() ?? "*";
    this.written.add(table);
    stream.expect("USING");
    const source = this.readTable();
    if (source !== null) this.readTables.add(source);
    while (!stream.atEnd) {
      if (stream.take("UPDATE")) {
        stream.expect("SET");
        this.readAssignments(table);
      } else if (stream.take("INSERT")) {
        const columns = this.isColumnList() ? this.readColumns() : null;
        if (stream.take("VALUES")) this.readRows(table, columns);
      } else if (stream.take("DELETE")) this.deleted.add(table);
      else this.lookups.push(...stream.next().placeholders);
    }
    this.placeWrites(0, new TableScope(this.tables));
  }

  protected readTableNames(into: Set<string>, ...before: readonly string[]): void {
    while (this.stream.take(...before)) continue;
    do into.add(this.stream.readName());
    while (this.stream.take(","));
  }

  protected readDrop(): SqlVerb {
    if (!this.stream.take("TABLE")) return "drop";
    if (this.stream.take("IF")) this.stream.expect("EXISTS");
    this.readTableNames(this.deleted);
    return "drop";
  }

  protected readCopy(): void {
    const { stream } = this;
    if (stream.take("(")) {
      this.skipUntil(")");
      return;
    }
    const table = stream.readName();
    const columns = this.isColumnList() ? this.readColumns() : [];
    if (stream.take("FROM")) {
      this.written.add(table);
      columns.forEach((column, position) =>
        this.writes.push({
          table,
          column,
          position,
          source: { kind: "expression", parts: [], columns: [] },
          expand: null,
        }),
      );
    } else this.readTables.add(table);
  }

  protected readCall(): SqlVerb {
    this.functions.add(this.stream.readName().toLowerCase());
    return "call";
  }
}

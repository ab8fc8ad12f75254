import { DerivedColumns } from "./derived-columns.js";
import { type Gathered, endsExpression, isImplicitAlias, readExpression } from "./read-expression.js";
import type { SqlResult, SqlSource, SqlVerb, SqlWrite } from "./statement.js";
import { columnsOfQuery, tableInScope, TableScope, type TableInScope } from "./table-scope.js";
import { type TokenStream, UnexpectedSql } from "./token-stream.js";
import type { SqlPlaceholder } from "./tokenize.js";

const joins = ["JOIN", "LEFT", "RIGHT", "INNER", "FULL", "CROSS", "OUTER", "NATURAL", "STRAIGHT_JOIN"];
/** Words that are no alias of the table before them. */
const afterTable = [
  "WHERE",
  "SET",
  "VALUES",
  "SELECT",
  "ON",
  "USING",
  "GROUP",
  "ORDER",
  "LIMIT",
  "RETURNING",
  "OUTPUT",
  "FROM",
  "HAVING",
  "UNION",
  "EXCEPT",
  "INTERSECT",
  "FOR",
  "WITH",
  "DEFAULT",
  "OFFSET",
  "FETCH",
  "WINDOW",
  "WHEN",
  "TABLESAMPLE",
  "OPTION",
  "CONNECT",
  "START",
  "OVERRIDING",
  ...joins,
];

/** A value that nothing from outside goes into. */
export const literal: SqlSource = { kind: "literal" };

/** `*`, or `t.*`. */
function allColumns(table: string | null): SqlSource {
  return { kind: "expression", parts: [], columns: ["*"], unplaced: [{ table, column: "*" }] };
}

/** Reads queries: WITH, SELECT, tables with their aliases, and clauses that only select. */
export abstract class QueryReader {
  protected readonly readTables = new Set<string>();
  protected readonly written = new Set<string>();
  protected readonly deleted = new Set<string>();
  protected readonly lookups: SqlPlaceholder[] = [];
  protected readonly functions = new Set<string>();
  protected readonly writes: SqlWrite[] = [];
  /** Names of WITH queries: no tables. */
  protected readonly queries = new Set<string>();
  protected readonly aliases = new Map<string, string>();
  protected readonly derived = new DerivedColumns();
  /** Tables of the query that is being read. */
  protected tables: TableInScope[] = [];
  /** What the query gives that was read last. */
  protected made: TableInScope["columnsOf"] = () => [];
  private lastAlias: string | null = null;
  private readonly madeBy = new Map<string, TableInScope["columnsOf"]>();
  protected results: readonly SqlResult[] | null = [];
  protected readonly gathered: Gathered = {
    read: this.readTables,
    lookups: this.lookups,
    functions: this.functions,
  };

  constructor(readonly stream: TokenStream) {}

  /** Placeholders in clauses that nobody read before only select. */
  protected skipRest(): void {
    while (!this.stream.atEnd) {
      if (this.stream.sees("(") && ["SELECT", "WITH"].includes(this.stream.peek(1).upper)) {
        this.stream.next();
        this.readSubquery();
      } else this.lookups.push(...this.stream.next().placeholders);
    }
  }

  protected readWith(): void {
    const { stream } = this;
    stream.take("RECURSIVE");
    do {
      const name = stream.readName().toLowerCase();
      this.queries.add(name);
      if (!stream.sees("AS")) stream.skipGroup();
      stream.expect("AS");
      stream.take("NOT");
      stream.take("MATERIALIZED");
      stream.expect("(");
      const before = this.tables;
      this.tables = [];
      this.readAny();
      this.madeBy.set(name, this.made);
      this.tables = before;
      this.skipUntil(")");
    } while (stream.take(","));
  }

  /** Reads on to a closing bracket of this level, taking it; what stands before only selects. */
  protected skipUntil(close: string): void {
    let depth = 0;
    while (!this.stream.atEnd) {
      if (depth === 0 && this.stream.take(close)) return;
      const token = this.stream.next();
      if (token.text === "(" && token.kind === "sign") {
        if (this.stream.sees("SELECT", "WITH")) this.readSubquery();
        else depth++;
      } else if (token.text === ")" && token.kind === "sign") depth--;
      this.lookups.push(...token.placeholders);
    }
    throw new UnexpectedSql(`expected ${close}`);
  }

  protected readValue(): SqlSource {
    return readExpression(this.stream, this.gathered, () => this.readSubqueryValue());
  }

  /** A SELECT within brackets up to, not including, the closing one. */
  protected readSubqueryValue(): SqlSource {
    if (this.stream.take("VALUES")) {
      const source = this.stream.take("(") ? this.readValue() : literal;
      this.skipToClose();
      return source;
    }
    if (this.stream.take("WITH")) this.readWith();
    this.stream.expect("SELECT");
    const source = this.readSelect().sources[0] ?? literal;
    this.skipToClose();
    return source;
  }

  protected readSubquery(): void {
    this.readSubqueryValue();
    this.stream.expect(")");
  }

  protected skipToClose(): void {
    let depth = 0;
    while (!this.stream.atEnd && !(depth === 0 && this.stream.sees(")"))) {
      const token = this.stream.next();
      if (token.kind === "sign" && token.text === "(") depth++;
      else if (token.kind === "sign" && token.text === ")") depth--;
      this.lookups.push(...token.placeholders);
    }
  }

  /** `*` or `t.*`, where one stands next. */
  protected seesAll(): SqlSource | null {
    const { stream } = this;
    if (stream.peek(1).text === "." && stream.peek(2).text === "*") return allColumns(stream.peek().text);
    return stream.peek().kind === "sign" && stream.sees("*") ? allColumns(null) : null;
  }

  /** `WHERE false`, `LIMIT 0`, `WITH NO DATA`: it only makes a table of the same shape. */
  protected seesNoRows(): boolean {
    const { stream } = this;
    if (stream.sees("LIMIT")) return stream.peek(1).text === "0";
    if (stream.sees("NO")) return stream.peek(1).upper === "DATA";
    if (!stream.sees("WHERE")) return false;
    const [left, sign, right] = [stream.peek(1), stream.peek(2), stream.peek(3)];
    const isUnequal = sign.text === "=" && left.kind === "number" && right.kind === "number";
    return left.upper === "FALSE" || (isUnequal && left.text !== right.text);
  }

  /** After SELECT: the list, then tables and clauses until a closing bracket or the end. */
  protected readSelect(): {
    results: readonly SqlResult[] | null;
    sources: SqlSource[];
    hasRows: boolean;
  } {
    const { stream } = this;
    const results: SqlResult[] = [];
    const sources: SqlSource[] = [];
    let all = false;
    while (stream.take("DISTINCT", "ALL", "SQL_CALC_FOUND_ROWS", "TOP")) {
      if (stream.take("ON")) stream.skipGroup();
      else if (stream.peek().kind === "number") stream.next();
    }
    do {
      const star = this.seesAll();
      if (star !== null) all = true;
      const source = this.readValue();
      sources.push(star ?? source);
      const column =
        source.kind === "expression" && source.parts.length === 0 && source.columns.length === 1
          ? (source.columns[0] ?? null)
          : null;
      const alias = this.readResultName();
      results.push({ name: alias ?? column ?? "?column?", column });
    } while (stream.take(","));
    const outer = this.tables;
    this.tables = [];
    const hasRows = this.readClauses();
    const scope = new TableScope(this.tables);
    this.tables = outer;
    const placed = sources.map((source) => scope.place(source));
    this.made = columnsOfQuery(
      placed.map((source, position) => {
        const copied = source.kind === "expression" ? (source.copied ?? []) : [];
        const isAll = source.kind === "expression" && source.columns.includes("*");
        const { name = null } = results[position] ?? {};
        const own = sources[position];
        const table = (own?.kind === "expression" && own.unplaced?.[0]?.table) || null;
        return { name, copied: isAll ? null : copied, all: (column) => scope.columnsOf(table, column) };
      }),
    );
    return { results: all ? null : results, sources: placed, hasRows };
  }

  /** `AS name`, or the name alone. */
  protected readResultName(): string | null {
    const { stream } = this;
    return stream.take("AS") || isImplicitAlias(stream.peek()) ? stream.readName() : null;
  }

  /** FROM, joins, WHERE and all that follows, up to a closing bracket that is not ours. */
  private readClauses(): boolean {
    const { stream } = this;
    let hasRows = true;
    while (!stream.atEnd && !stream.sees(")")) {
      hasRows &&= !this.seesNoRows();
      if (stream.take("INTO")) this.readInto();
      else if (stream.take("FROM", "JOIN", "USING", "STRAIGHT_JOIN")) this.readTableList();
      else if (stream.take("SELECT")) this.readSelect();
      else if (stream.sees("RETURNING")) return hasRows;
      else if (stream.take("(")) {
        if (stream.sees("SELECT", "WITH")) this.readSubquery();
        else this.skipUntil(")");
      } else {
        const token = stream.next();
        this.lookups.push(...token.placeholders);
        if (
          token.kind === "word" &&
          stream.sees("(") &&
          !endsExpression(token) &&
          !stream.peek(1).upper.startsWith("SELECT")
        )
          this.functions.add(token.text.toLowerCase());
      }
    }
    return hasRows;
  }

  /** Of a table that ends with the connection nothing stays. */
  private readInto(): void {
    const { stream } = this;
    while (stream.take("LOCAL", "GLOBAL", "UNLOGGED")) continue;
    const isTemporary = stream.take("TEMP", "TEMPORARY");
    stream.take("TABLE");
    const table = stream.readName();
    if (table !== "*" && !isTemporary) this.written.add(table);
  }

  /** Tables after FROM or JOIN, with commas; aliases are kept. */
  protected readTableList(): void {
    do {
      const name = this.readTable();
      if (name !== null) this.readTables.add(name);
    } while (this.stream.take(","));
  }

  /** A table with its alias; null for a subquery, a function or a list of columns after USING. */
  protected readTable(): string | null {
    const { stream } = this;
    stream.take("LATERAL", "ONLY", "TABLE");
    let name: string | null = null;
    if (stream.take("(")) {
      if (stream.sees("SELECT", "WITH", "VALUES")) {
        const columns = this.readDerived();
        const { made } = this;
        const given = this.readAlias(null);
        columns.forEach(({ name: own, position, source }) => {
          const column = given[position] ?? own;
          if (column !== null) this.derived.note(column, source);
        });
        this.tables.push({ name: this.lastAlias, columnsOf: made });
        return null;
      } else {
        const inner = stream.peek().kind === "sign" ? null : this.readTable();
        if (inner !== null && !stream.sees(",", ")")) this.readTables.add(inner);
        this.skipUntil(")");
      }
    } else {
      name = stream.readName();
      if (stream.sees("(")) {
        this.functions.add(name.toLowerCase());
        this.readValue();
        name = null;
      }
    }
    this.readAlias(name);
    if (name !== null) {
      const own = this.lastAlias ?? name;
      const made = this.madeBy.get(name.toLowerCase());
      this.tables.push(made === undefined ? tableInScope(own, name) : { name: own, columnsOf: made });
    }
    return name;
  }

  /** A query in brackets that stands for a table, up to and with the closing one. */
  private readDerived(): { name: string | null; position: number; source: SqlSource }[] {
    const { stream } = this;
    let columns: { name: string | null; position: number; source: SqlSource }[] = [];
    if (stream.take("VALUES")) {
      do {
        stream.take("ROW");
        stream.expect("(");
        for (let position = 0; !stream.take(")"); position++) {
          columns.push({ name: null, position, source: this.readValue() });
          if (!stream.take(",") && !stream.sees(")"))
            throw new UnexpectedSql(`unexpected ${stream.peek().text}`);
        }
      } while (stream.take(","));
    } else {
      if (stream.take("WITH")) this.readWith();
      stream.expect("SELECT");
      const { results, sources } = this.readSelect();
      columns = sources.map((source, position) => ({
        name: results?.[position]?.name ?? null,
        position,
        source,
      }));
    }
    this.skipToClose();
    stream.expect(")");
    return columns;
  }

  /** What a table is called in the statement; of a subquery, also its columns, where they are named there. */
  protected readAlias(table: string | null): readonly string[] {
    const { stream } = this;
    const columns: string[] = [];
    this.lastAlias = null;
    const isNamed = stream.take("AS");
    const token = stream.peek();
    if (isNamed || token.kind === "name" || (token.kind === "word" && !afterTable.includes(token.upper))) {
      const alias = stream.readName();
      this.lastAlias = alias;
      if (table !== null) this.aliases.set(alias.toLowerCase(), table);
      if (table === null) this.queries.add(alias.toLowerCase());
      if (table !== null || !stream.take("(")) stream.skipGroup();
      else
        while (!stream.atEnd && !stream.take(")")) {
          columns.push(stream.readName());
          if (!stream.take(",") && !stream.sees(")")) this.skipToClose();
        }
    }
    return columns;
  }

  protected readWhere(): void {
    const { stream } = this;
    while (
      !stream.atEnd &&
      !stream.sees("RETURNING", "OUTPUT", ")") &&
      !(stream.sees("ON") && stream.peek(1).upper === "CONFLICT")
    ) {
      if (stream.take("FROM", "JOIN", "USING")) this.readTableList();
      else if (stream.take("(")) {
        if (stream.sees("SELECT", "WITH")) this.readSubquery();
        else this.skipUntil(")");
      } else this.lookups.push(...stream.next().placeholders);
    }
  }

  protected readReturning(): void {
    const { stream } = this;
    const results: SqlResult[] = [];
    let all = false;
    do {
      if (stream.sees("*") || (stream.peek(1).text === "." && stream.peek(2).text === "*")) all = true;
      const source = this.readValue();
      const column =
        source.kind === "expression" && source.columns.length === 1 ? (source.columns[0] ?? null) : null;
      const alias = this.readResultName();
      results.push({ name: alias ?? column ?? "?column?", column });
    } while (stream.take(","));
    this.results = all ? null : results;
  }

  /** Reads a statement of any kind; a WITH query may hold one. */
  protected abstract readAny(): SqlVerb;
}

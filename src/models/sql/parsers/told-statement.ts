/** From a parsed statement to what is asked of it: tables, and where each written column's value comes from. */
import { DerivedColumns } from "../derived-columns.js";
import { openingFunctions, sealingFunctions } from "../sealing-functions.js";
import { merging, tellingNothing } from "../statement.js";
import type { SqlColumn, SqlResult, SqlSource, SqlStatement, SqlValuePart, SqlWrite } from "../statement.js";
import { columnsOfQuery, tableInScope, TableScope, type TableInScope } from "../table-scope.js";
import type { SqlPlaceholder } from "../tokenize.js";
import { isMark, marksIn, writtenName, type MarkedText } from "./marked-text.js";
import {
  literalValue,
  type ParsedResult,
  type ParsedStatement,
  type ParsedTable,
  type ParsedValue,
} from "./parsed-statement.js";

type Within = SqlValuePart["within"];

interface Made {
  readonly parts: SqlValuePart[];
  readonly columns: Set<string>;
  readonly copied: SqlColumn[];
  /** Some column stands in it for itself, and not for those of many rows. */
  isOfOneRow: boolean;
  /** More than the placeholder itself. */
  hasOther: boolean;
}

/** A statement with the tables that stand in it by name, and the same of the other parts of a UNION. */
interface Told {
  readonly parsed: ParsedStatement;
  readonly scope: TableScope;
  readonly others: readonly Told[];
}

export function toldStatement(parsed: ParsedStatement, marked: MarkedText): SqlStatement {
  return new ToldStatement(marked).tell(parsed);
}

class ToldStatement {
  private readonly written = new Set<string>();
  private readonly read = new Set<string>();
  private readonly deleted = new Set<string>();
  private readonly functions = new Set<string>();
  private readonly writes: SqlWrite[] = [];
  private readonly queries = new Set<string>();
  private readonly derived = new DerivedColumns();
  private readonly made = new Map<string, TableInScope["columnsOf"]>();
  private scope = new TableScope([]);

  constructor(private readonly marked: MarkedText) {}

  tell(parsed: ParsedStatement): SqlStatement {
    this.statement(parsed);
    const writes = this.writes.map((write) => this.derived.resolve(write));
    const used = new Set<SqlPlaceholder>(
      writes.flatMap(({ source }) =>
        source.kind === "placeholder"
          ? [source.placeholder]
          : source.kind === "expression"
            ? source.parts.map(({ placeholder }) => placeholder)
            : [],
      ),
    );
    return {
      verb: parsed.verb,
      written: [...this.written],
      read: [...this.read].filter((name) => !this.queries.has(name.toLowerCase())),
      deleted: [...this.deleted],
      writes,
      lookups: this.marked.placeholders.filter((placeholder) => !used.has(placeholder)),
      results: this.results(parsed.results),
      functions: [...this.functions],
      complete: true,
      ...(parsed.temporary === undefined ? {} : { temporary: this.name(parsed.temporary) }),
    };
  }

  private statement(parsed: ParsedStatement): Told {
    const outer = this.scope;
    for (const { name, statement } of parsed.queries) {
      this.queries.add(name.toLowerCase());
      this.made.set(name.toLowerCase(), this.columnsOf(this.statement(statement), []));
    }
    const aliases = new Map<string, string>();
    const tables = parsed.tables.flatMap((table) => this.table(table, aliases));
    const targets = parsed.targets.flatMap(({ name }) =>
      name === null ? [] : [aliases.get(name.toLowerCase()) ?? this.name(name)],
    );
    const isDelete = /^(?:delete|truncate|drop)$/u.test(parsed.verb);
    for (const target of targets) {
      (isDelete ? this.deleted : this.written).add(target);
      // The table of `DELETE c FROM child c`, and of `UPDATE c SET … FROM child c`.
      this.read.delete(target);
    }
    const selected = parsed.selected === null ? null : this.statement(parsed.selected);
    const own = parsed.targets.flatMap(({ name, alias }) =>
      name === null || aliases.has(name.toLowerCase()) ? [] : [tableInScope(alias ?? name, this.name(name))],
    );
    this.scope = new TableScope([...own, ...tables], outer);
    const told = { parsed, scope: this.scope };
    const [target] = targets;
    if (target !== undefined) this.into(parsed, selected, target);
    for (const { value } of parsed.results) if (value !== null) this.make(value);
    for (const value of parsed.aside) this.make(value);
    this.scope = outer;
    return { ...told, others: parsed.others.map((other) => this.statement(other)) };
  }

  /** What the columns of a query are made of that stands for a table. */
  private columnsOf(told: Told, given: readonly string[]): TableInScope["columnsOf"] {
    const names = told.parsed.results.map(
      ({ alias, value }, position) =>
        given[position] ?? alias ?? (value?.kind === "name" ? value.name : null),
    );
    return columnsOfQuery(
      [told, ...told.others].flatMap(({ parsed: { results }, scope }, part) =>
        results.map(({ value, table }, position) => {
          const name = names[position] ?? null;
          const source = value === null ? null : this.within(scope, () => this.source(value));
          if (part === 0 && source !== null && name !== null) this.derived.note(this.name(name), source);
          return {
            name,
            copied: source === null ? null : source.kind === "expression" ? (source.copied ?? []) : [],
            all: (column: string) => scope.columnsOf(table ?? null, column),
          };
        }),
      ),
    );
  }

  private table(
    { name, alias, query, call, columns }: ParsedTable,
    aliases: Map<string, string>,
  ): TableInScope[] {
    const made = query === null ? null : this.columnsOf(this.statement(query), columns ?? []);
    if (call !== undefined) this.make(call);
    if (name === null) {
      if (alias !== null) this.queries.add(alias.toLowerCase());
      return made === null ? [] : [{ name: alias, columnsOf: made }];
    }
    if (alias !== null) aliases.set(alias.toLowerCase(), this.name(name));
    this.read.add(this.name(name));
    const own = alias ?? name;
    if (!this.queries.has(name.toLowerCase())) return [tableInScope(own, this.name(name))];
    const given = this.made.get(name.toLowerCase());
    return given === undefined ? [] : [{ name: own, columnsOf: given }];
  }

  private within<T>(scope: TableScope, run: () => T): T {
    const before = this.scope;
    this.scope = scope;
    const result = run();
    this.scope = before;
    return result;
  }

  private into({ columns, rows, assignments }: ParsedStatement, selected: Told | null, table: string): void {
    const write = (column: string | null, position: number, value: ParsedValue): void => {
      const named = column === null ? null : this.name(column);
      this.writes.push({ table, column: named, position, source: this.source(value), expand: null });
    };
    for (const row of rows)
      row.forEach((value, position) => {
        write(columns?.[position] ?? null, position, value);
      });
    for (const { parsed, scope } of selected === null ? [] : [selected, ...selected.others])
      this.within(scope, () => {
        selectedValues(parsed, columns ?? []).forEach((value, position) => {
          write(columns?.[position] ?? null, position, value);
        });
      });
    for (const { column, value } of assignments) write(column, 0, value);
  }

  private results(results: readonly ParsedResult[]): SqlResult[] | null {
    if (results.some(({ value }) => value === null)) return null;
    return results.flatMap(({ alias, value }): SqlResult[] => {
      if (value === null) return [];
      const { columns, parts } = this.make(value);
      const opened = this.isOpened(value) ? { opened: true as const } : {};
      const plain = value.kind === "call" ? value.name : [...columns].at(0);
      const name = alias ?? (columns.size > 1 || parts.length > 0 ? undefined : plain) ?? "?column?";
      const made = parts.length === 0 && columns.size > 0 ? [...columns] : [null];
      return made.map((column) => ({ name: this.name(name), column, ...opened }));
    });
  }

  /** `convert_from(decrypt(email, $1, 'aes'), 'utf8')` */
  private isOpened(value: ParsedValue): boolean {
    switch (value.kind) {
      case "same":
        return this.isOpened(value.of);
      case "made":
        return value.of.some((each) => this.isOpened(each));
      case "call":
        return (
          openingFunctions.has(this.name(value.name).toLowerCase()) ||
          value.arguments.some((each) => this.isOpened(each))
        );
      default:
        return false;
    }
  }

  private source(value: ParsedValue): SqlSource {
    const { parts, columns, copied, hasOther, isOfOneRow } = this.make(value);
    const [first, ...others] = parts;
    if (first === undefined && columns.size === 0) return { kind: "literal" };
    const isAlone = others.length === 0 && columns.size === 0 && !hasOther && first?.within.length === 0;
    return isAlone
      ? { kind: "placeholder", placeholder: first.placeholder }
      : {
          kind: "expression",
          parts,
          columns: [...columns],
          ...(isOfOneRow || columns.size === 0 ? {} : { merged: true as const }),
          ...(copied.length === 0 ? {} : { copied }),
        };
  }

  /** What a function gives (`current_setting('app.key')`) is no text that stands there. */
  private argument(value: ParsedValue): SqlSource {
    const source = this.source(value);
    return source.kind === "literal" && !isWritten(value)
      ? { kind: "expression", parts: [], columns: [] }
      : source;
  }

  /** What a value is made of; tables and functions in it are noted along the way. */
  private make(value: ParsedValue): Made {
    const made: Made = { parts: [], columns: new Set(), copied: [], isOfOneRow: false, hasOther: false };
    this.gather(value, made, []);
    return made;
  }

  private gather(value: ParsedValue, made: Made, within: Within): void {
    switch (value.kind) {
      case "literal":
        return;
      case "name":
        this.mark(value.name, made, within);
        if (!isMark(value.name)) {
          made.hasOther = true;
          made.columns.add(this.name(value.name));
          made.copied.push(...this.scope.columnsOf(value.table ?? null, this.name(value.name)));
          made.isOfOneRow ||= !within.some(({ name }) => merging.has(name));
        }
        return;
      case "text":
        this.mark(value.text, made, within);
        made.hasOther ||= !isMark(value.text);
        return;
      case "same":
        this.gather(value.of, made, within);
        return;
      case "call": {
        const name = this.name(value.name).toLowerCase();
        this.functions.add(name);
        made.hasOther = true;
        if (tellingNothing.has(name)) {
          value.arguments.forEach((each) => this.make(each));
          return;
        }
        const sources = sealingFunctions.has(name)
          ? { arguments: value.arguments.map((each) => this.argument(each)) }
          : {};
        value.arguments.forEach((each, argument) => {
          this.gather(each, made, [...within, { name, argument, ...sources }]);
        });
        value.aside.forEach((each) => this.make(each));
        return;
      }
      case "made":
        made.hasOther = true;
        this.gatherMade(value, made, within);
        value.aside.forEach((each) => this.make(each));
        return;
      case "query":
        made.hasOther = true;
        this.gatherQuery(this.statement(value.query), made, within);
    }
  }

  private gatherMade(
    { of, compares }: Extract<ParsedValue, { kind: "made" }>,
    made: Made,
    within: Within,
  ): void {
    const own = compares === true ? { ...made, copied: [] } : made;
    for (const each of of) this.gather(each, own, within);
    made.isOfOneRow ||= own.isOfOneRow;
  }

  /** The value of a subquery is its first column. */
  private gatherQuery({ parsed, scope }: Told, made: Made, within: Within): void {
    for (const { value } of parsed.results.slice(0, 1))
      if (value !== null)
        this.within(scope, () => {
          this.gather(value, made, within);
        });
  }

  private mark(text: string, made: Made, within: Within): void {
    for (const placeholder of marksIn(text, this.marked)) made.parts.push({ placeholder, within });
  }

  private name(name: string): string {
    return writtenName(name, this.marked);
  }
}

function isWritten(value: ParsedValue): boolean {
  return value.kind === "literal" || value.kind === "text" || (value.kind === "same" && isWritten(value.of));
}

/** What an INSERT selects, column by column; also where functions make the rows of what they are given. */
function selectedValues({ results, tables }: ParsedStatement, columns: readonly string[]): ParsedValue[] {
  const [made, ...others] = tables.filter(({ call }) => call !== undefined);
  const rows = made === undefined || others.length > 0 || tables.length > 1 ? null : made;
  return results.flatMap(({ value, table = null }): ParsedValue[] => {
    if (rows === null) return [value ?? { kind: "name", name: "*", table }];
    if (value === null) return columns.map((_, position) => columnOfRows(rows, position));
    const position = value.kind === "name" ? (rows.columns ?? []).indexOf(value.name) : -1;
    return [value.kind === "name" && !isMark(value.name) ? columnOfRows(rows, position) : value];
  });
}

/** `unnest` makes a column of each list that it is given; others, as `json_to_recordset`, make all of one text. */
function columnOfRows({ call }: ParsedTable, position: number): ParsedValue {
  if (call?.kind !== "call") return literalValue;
  const isByList = /^unnest$/iu.test(call.name) && position !== -1;
  return isByList ? (call.arguments[position] ?? literalValue) : call;
}

/** The trees of pgsql-ast-parser, which knows PostgreSQL, in the form that all parsers share. */
import type {
  Expr,
  From,
  InsertStatement,
  SelectedColumn,
  SelectFromStatement,
  SelectStatement,
  Statement,
  UpdateStatement,
  WithStatementBinding,
} from "pgsql-ast-parser";
import { postgresCall, postgresValue } from "./postgres-value.js";
import {
  parsedStatement,
  UnreadTree,
  type ParsedResult,
  type ParsedStatement,
  type ParsedTable,
} from "./parsed-statement.js";

export function postgresStatement(statement: Statement): ParsedStatement {
  switch (statement.type) {
    case "select":
    case "union":
    case "union all":
    case "values":
    case "with":
    case "with recursive":
    case "insert":
    case "update":
    case "delete":
      return queryOf(statement);
    case "truncate table":
      return parsedStatement("truncate", { targets: statement.tables.map(({ name }) => named(name)) });
    case "drop table":
      return parsedStatement("drop", { targets: statement.names.map(({ name }) => named(name)) });
    case "create table":
      return parsedStatement(
        "create",
        statement.temporary === true ? { temporary: statement.name.name } : {},
      );
    case "alter table":
      return parsedStatement("alter");
    default:
      throw new UnreadTree(statement.type);
  }
}

function queryOf(statement: SelectStatement | WithStatementBinding): ParsedStatement {
  switch (statement.type) {
    case "select":
      return select(statement);
    case "union":
    case "union all": {
      const left = queryOf(statement.left);
      return { ...left, others: [...left.others, queryOf(statement.right)] };
    }
    case "values": {
      const [first = []] = statement.values;
      return parsedStatement("select", {
        results: first.map((each) => ({ alias: null, value: valueOf(each) })),
        aside: statement.values.slice(1).flatMap((row) => row.map(valueOf)),
      });
    }
    case "with": {
      const inner = queryOf(statement.in);
      const queries = statement.bind.map(({ alias, statement: each }) => ({
        name: alias.name,
        statement: queryOf(each),
      }));
      return { ...inner, queries: [...queries, ...inner.queries] };
    }
    case "with recursive": {
      const inner = queryOf(statement.in);
      return {
        ...inner,
        queries: [{ name: statement.alias.name, statement: queryOf(statement.bind) }, ...inner.queries],
      };
    }
    case "insert":
      return insert(statement);
    case "update":
      return update(statement);
    case "delete":
      return parsedStatement("delete", {
        targets: [named(statement.from.name, statement.from.alias)],
        results: resultsOf(statement.returning),
        aside: some(statement.where),
      });
  }
}

function select(statement: SelectFromStatement): ParsedStatement {
  const { columns, from, where, groupBy, having, limit, orderBy, distinct } = statement;
  return parsedStatement("select", {
    results: resultsOf(columns),
    tables: tablesOf(from),
    aside: [
      ...joinConditions(from),
      ...some(where, having, limit?.limit, limit?.offset, ...(groupBy ?? [])),
      ...(orderBy ?? []).map(({ by }) => valueOf(by)),
      ...(Array.isArray(distinct) ? distinct.map(valueOf) : []),
    ],
  });
}

function insert({
  into,
  columns,
  insert: inserted,
  returning,
  onConflict,
}: InsertStatement): ParsedStatement {
  const isRows = inserted.type === "values";
  const action = onConflict?.do;
  return parsedStatement("insert", {
    targets: [named(into.name, into.alias)],
    columns: columns?.map(({ name }) => name) ?? null,
    rows: isRows ? inserted.values.map((row) => row.map(valueOf)) : [],
    selected: isRows ? null : queryOf(inserted),
    assignments:
      action === undefined || action === "do nothing"
        ? []
        : action.sets.map(({ column, value }) => ({ column: column.name, value: valueOf(value) })),
    results: resultsOf(returning),
    aside: some(onConflict?.where),
  });
}

function update({ table, sets, where, from, returning }: UpdateStatement): ParsedStatement {
  return parsedStatement("update", {
    targets: [named(table.name, table.alias)],
    tables: from == null ? [] : tablesOf([from]),
    assignments: sets.map(({ column, value }) => ({ column: column.name, value: valueOf(value) })),
    results: resultsOf(returning),
    aside: some(where),
  });
}

function resultsOf(columns: readonly SelectedColumn[] | null | undefined): ParsedResult[] {
  return (columns ?? []).map(({ expr, alias }) => ({
    alias: alias?.name ?? null,
    ...(expr.type === "ref" && expr.name === "*"
      ? { value: null, table: expr.table?.name ?? null }
      : { value: valueOf(expr) }),
  }));
}

function tablesOf(from: readonly From[] | null | undefined): ParsedTable[] {
  return (from ?? []).flatMap((each): ParsedTable[] => {
    switch (each.type) {
      case "table":
        return [named(each.name.name, each.name.alias)];
      case "statement":
        return [
          {
            name: null,
            alias: each.alias,
            query: queryOf(each.statement),
            columns: each.columnNames?.map(({ name }) => name) ?? [],
          },
        ];
      case "call":
        return [
          {
            name: null,
            alias: each.alias?.name ?? null,
            query: null,
            call: postgresCall(each, queryOf),
            columns: each.alias?.columns?.map(({ name }) => name) ?? [],
          },
        ];
    }
  });
}

function joinConditions(from: readonly From[] | null | undefined): ParsedStatement["aside"] {
  return (from ?? []).flatMap((each) => some(each.join?.on));
}

function named(name: string, alias?: string): ParsedTable {
  return { name, alias: alias ?? null, query: null };
}

function some(...values: readonly (Expr | null | undefined)[]): ParsedStatement["aside"] {
  return values.flatMap((value) => (value == null ? [] : [valueOf(value)]));
}

function valueOf(value: Expr): ReturnType<typeof postgresValue> {
  return postgresValue(value, queryOf);
}

/** The trees of node-sql-parser (MySQL, SQLite, T-SQL) in the form that all parsers share. */
import { manyDialectsValue } from "./many-dialects-value.js";
import {
  parsedStatement,
  UnreadTree,
  type ParsedAssignment,
  type ParsedResult,
  type ParsedStatement,
  type ParsedTable,
} from "./parsed-statement.js";
import { isTree, textAt, treeAt, treesAt, type Tree } from "./tree.js";

export function manyDialectsStatement(tree: Tree): ParsedStatement {
  switch (tree["type"]) {
    case "select":
      return select(tree);
    case "insert":
    case "replace":
      return insert(tree);
    case "update":
      return update(tree);
    case "delete":
      return remove(tree);
    case "truncate":
      return parsedStatement("truncate", { targets: treesAt(tree, "name").map(plainTable) });
    case "drop":
      if (tree["keyword"] !== "table") throw new UnreadTree("drop");
      return parsedStatement("drop", { targets: treesAt(tree, "name").map(plainTable) });
    case "create":
      // `CREATE TABLE t AS SELECT …`
      if (treeAt(tree, "query_expr") !== null) throw new UnreadTree("create as");
      return parsedStatement("create", temporaryOf(tree));
    case "alter":
      return parsedStatement("alter");
    default:
      throw new UnreadTree(String(tree["type"]));
  }
}

function temporaryOf(tree: Tree): Pick<ParsedStatement, "temporary"> {
  const [table] = treesAt(tree, "table");
  const name = table === undefined || textAt(tree, "temporary") === null ? null : textAt(table, "table");
  return name === null ? {} : { temporary: name };
}

function select(tree: Tree): ParsedStatement {
  const next = treeAt(tree, "_next");
  const into = treeAt(tree, "into");
  // `SELECT … INTO t`, and all that a dialect may put there.
  if (
    into !== null &&
    Object.values(into).some((value) => value !== null && value !== undefined && !isPlace(value))
  )
    throw new UnreadTree("into");
  return parsedStatement("select", {
    queries: queriesOf(tree),
    results: resultsOf(tree["columns"]),
    tables: tablesOf(tree),
    aside: conditionsOf(tree),
    others: next === null ? [] : [select(next)],
  });
}

function isPlace(value: unknown): boolean {
  return isTree(value) && "start" in value;
}

function insert(tree: Tree): ParsedStatement {
  const values = treeAt(tree, "values");
  const columns = tree["columns"];
  const isRows = values?.["type"] === "values";
  const updated = treeAt(tree, "on_duplicate_update") ?? treeAt(tree, "conflict");
  if (treeAt(tree, "conflict") !== null) throw new UnreadTree("conflict");
  return parsedStatement("insert", {
    queries: queriesOf(tree),
    targets: treesAt(tree, "table").map(plainTable),
    columns: Array.isArray(columns) ? columns.map(String) : null,
    rows: isRows
      ? treesAt(values, "values").map((row) => treesAt(row, "value").map((each) => valueOf(each)))
      : [],
    selected: values === null || isRows ? null : manyDialectsStatement(treeAt(values, "ast") ?? values),
    assignments: [...assignmentsOf(tree), ...(updated === null ? [] : assignmentsOf(updated))],
    results: returningOf(tree),
  });
}

function update(tree: Tree): ParsedStatement {
  const [target, ...joined] = treesAt(tree, "table");
  if (target === undefined) throw new UnreadTree("update");
  return parsedStatement("update", {
    queries: queriesOf(tree),
    targets: [plainTable(target)],
    tables: [...joined.flatMap(tableOf), ...tablesOf(tree)],
    assignments: assignmentsOf(tree),
    results: returningOf(tree),
    aside: [...joined.flatMap(joinOf), ...conditionsOf(tree)],
  });
}

function remove(tree: Tree): ParsedStatement {
  const from = treesAt(tree, "from");
  const named = treesAt(tree, "table").filter((table) => textAt(table, "table") !== null);
  const targets = named.length > 0 ? named : from.slice(0, 1);
  return parsedStatement("delete", {
    queries: queriesOf(tree),
    targets: targets.map(plainTable),
    tables: tablesOf(tree),
    results: returningOf(tree),
    aside: conditionsOf(tree),
  });
}

function queriesOf(tree: Tree): ParsedStatement["queries"] {
  return treesAt(tree, "with").map((query) => {
    const name = textAt(treeAt(query, "name") ?? {}, "value");
    const statement = treeAt(query, "stmt");
    if (name === null || statement === null) throw new UnreadTree("with");
    return { name, statement: manyDialectsStatement(treeAt(statement, "ast") ?? statement) };
  });
}

function assignmentsOf(tree: Tree): ParsedAssignment[] {
  return treesAt(tree, "set").map((each) => {
    const column = textAt(each, "column");
    const value = treeAt(each, "value");
    if (column === null || value === null) throw new UnreadTree("set");
    return { column, value: valueOf(value) };
  });
}

function returningOf(tree: Tree): ParsedResult[] {
  const returning = treeAt(tree, "returning");
  return returning === null ? [] : resultsOf(returning["columns"]);
}

function resultsOf(columns: unknown): ParsedResult[] {
  if (columns === "*") return [{ alias: null, value: null }];
  if (!Array.isArray(columns)) return [];
  return columns.filter(isTree).map((column) => {
    const value = treeAt(column, "expr");
    if (value === null) throw new UnreadTree("column");
    const isAll = value["type"] === "star" || (value["type"] === "column_ref" && value["column"] === "*");
    return isAll
      ? { alias: textAt(column, "as"), value: null, table: textAt(value, "table") }
      : { alias: textAt(column, "as"), value: valueOf(value) };
  });
}

function tablesOf(tree: Tree): ParsedTable[] {
  return treesAt(tree, "from").flatMap(tableOf);
}

function tableOf(tree: Tree): ParsedTable[] {
  const inner = treeAt(tree, "expr");
  const alias = textAt(tree, "as");
  if (inner === null) return textAt(tree, "table") === null ? [] : [plainTable(tree)];
  const query = treeAt(inner, "ast");
  return [{ name: null, alias, query: query === null ? null : manyDialectsStatement(query) }];
}

function plainTable(tree: Tree): ParsedTable {
  const name = textAt(tree, "table");
  if (name === null) throw new UnreadTree("table");
  return { name, alias: textAt(tree, "as"), query: null };
}

/** All that only selects: joins, WHERE, GROUP BY, HAVING, ORDER BY. */
function conditionsOf(tree: Tree): ParsedStatement["aside"] {
  const having = tree["having"];
  const grouped = treeAt(tree, "groupby");
  return [
    ...treesAt(tree, "from").flatMap(joinOf),
    ...some(tree["where"], ...(Array.isArray(having) ? (having as unknown[]) : [having])),
    ...some(...(grouped === null ? [] : treesAt(grouped, "columns"))),
    ...some(...treesAt(tree, "orderby").map((each) => each["expr"])),
  ];
}

function joinOf(table: Tree): ParsedStatement["aside"] {
  return some(table["on"]);
}

function some(...values: readonly unknown[]): ParsedStatement["aside"] {
  return values.filter(isTree).map((value) => valueOf(value));
}

function valueOf(tree: Tree): ReturnType<typeof manyDialectsValue> {
  return manyDialectsValue(tree, manyDialectsStatement);
}

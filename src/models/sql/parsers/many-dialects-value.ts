/** Values in the trees of node-sql-parser. */
import {
  isComparison,
  literalValue,
  UnreadTree,
  type ParsedStatement,
  type ParsedValue,
} from "./parsed-statement.js";
import { textAt, treeAt, treesAt, type Tree } from "./tree.js";

/** Handed in: values hold queries, and queries values. */
type ReadQuery = (query: Tree) => ParsedStatement;

const literals = new Set([
  "number",
  "bigint",
  "bool",
  "boolean",
  "null",
  "star",
  "default",
  "origin",
  "param",
  "interval",
]);
const texts = new Set(["string", "single_quote_string", "double_quote_string"]);

export function manyDialectsValue(value: Tree, read: ReadQuery): ParsedValue {
  const all = (trees: readonly (Tree | null)[]): ParsedValue[] =>
    trees.flatMap((each) => (each === null ? [] : [manyDialectsValue(each, read)]));
  const query = treeAt(value, "ast") ?? (value["type"] === "select" ? value : null);
  if (query !== null) return { kind: "query", query: read(query) };
  const type = textAt(value, "type") ?? "";
  if (literals.has(type)) return literalValue;
  if (texts.has(type)) return { kind: "text", text: textAt(value, "value") ?? "" };
  switch (type) {
    case "column_ref": {
      const column = textAt(value, "column");
      if (column === null) throw new UnreadTree(type);
      return column === "*" ? literalValue : { kind: "name", name: column, table: textAt(value, "table") };
    }
    case "expr_list": {
      const [first, ...others] = all(treesAt(value, "value"));
      return first !== undefined && others.length === 0
        ? { kind: "same", of: first }
        : { kind: "made", of: first === undefined ? [] : [first, ...others], aside: [] };
    }
    case "cast":
    case "collate": {
      const of = treeAt(value, "expr");
      if (of === null) throw new UnreadTree(type);
      return { kind: "same", of: manyDialectsValue(of, read) };
    }
    case "unary_expr":
      return {
        kind: "made",
        of: all([treeAt(value, "expr")]),
        aside: [],
        compares: isComparison(textAt(value, "operator") ?? ""),
      };
    case "binary_expr": {
      const [left, right] = [all([treeAt(value, "left")]), all([treeAt(value, "right")])];
      const operator = textAt(value, "operator") ?? "";
      const isMembership = /^(?:NOT )?(?:IN|BETWEEN)$/iu.test(operator);
      return isMembership
        ? { kind: "made", of: left, aside: right, compares: true }
        : { kind: "made", of: [...left, ...right], aside: [], compares: isComparison(operator) };
    }
    case "case":
      return caseOf(value, all);
    case "function":
    case "aggr_func":
      return callOf(value, type, all);
    case "var":
      // A variable of the server's own, as `@@ROWCOUNT`.
      return literalValue;
    default:
      throw new UnreadTree(`a value of type ${type}`);
  }
}

type All = (trees: readonly (Tree | null)[]) => ParsedValue[];

function caseOf(value: Tree, all: All): ParsedValue {
  const branches = treesAt(value, "args");
  return {
    kind: "made",
    of: all(branches.map((branch) => treeAt(branch, "result"))),
    aside: all([treeAt(value, "expr"), ...branches.map((branch) => treeAt(branch, "cond"))]),
  };
}

function callOf(value: Tree, type: string, all: All): ParsedValue {
  const parts = treesAt(treeAt(value, "name") ?? {}, "name");
  const name = textAt(value, "name") ?? textAt(parts.at(-1) ?? {}, "value");
  if (name === null) throw new UnreadTree(type);
  const args = treeAt(value, "args");
  const given =
    args === null ? [] : args["type"] === "expr_list" ? treesAt(args, "value") : [treeAt(args, "expr")];
  if (/^exists$/iu.test(name)) return { kind: "made", of: [], aside: all(given) };
  return { kind: "call", name, arguments: all(given), aside: [] };
}

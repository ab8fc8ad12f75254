/** Values in the trees of pgsql-ast-parser. */
import type { Expr, ExprCall, SelectStatement } from "pgsql-ast-parser";
import { isComparison, literalValue, type ParsedStatement, type ParsedValue } from "./parsed-statement.js";

/** Handed in: values hold queries, and queries values. */
type ReadQuery = (query: SelectStatement) => ParsedStatement;

export function postgresCall(call: ExprCall, read: ReadQuery): ParsedValue {
  return callOf(call, (...of) => of.flatMap((each) => (each == null ? [] : [postgresValue(each, read)])));
}

export function postgresValue(value: Expr, read: ReadQuery): ParsedValue {
  const all = (...of: readonly (Expr | null | undefined)[]): ParsedValue[] =>
    of.flatMap((each) => (each == null ? [] : [postgresValue(each, read)]));
  const made = (...of: readonly (Expr | null | undefined)[]): Extract<ParsedValue, { kind: "made" }> => ({
    kind: "made",
    of: all(...of),
    aside: [],
  });
  switch (value.type) {
    case "ref":
      return value.name === "*"
        ? literalValue
        : { kind: "name", name: value.name, table: value.table?.name ?? null };
    case "string":
      return { kind: "text", text: value.value };
    case "cast":
      return { kind: "same", of: postgresValue(value.operand, read) };
    case "list":
      return value.expressions.length === 1 && value.expressions[0] !== undefined
        ? { kind: "same", of: postgresValue(value.expressions[0], read) }
        : made(...value.expressions);
    case "array":
      return made(...value.expressions);
    case "binary":
      return value.op === "IN" || value.op === "NOT IN"
        ? { kind: "made", of: all(value.left), aside: all(value.right), compares: true }
        : { ...made(value.left, value.right), compares: isComparison(value.op) };
    case "unary":
      return { ...made(value.operand), compares: isComparison(value.op) };
    case "ternary":
      return { kind: "made", of: all(value.value), aside: all(value.lo, value.hi), compares: true };
    case "member":
      return made(value.operand);
    case "arrayIndex":
      return made(value.array, value.index);
    case "extract":
      return call("extract", all(value.from));
    case "substring":
      return call("substring", all(value.value, value.from, value.for));
    case "overlay":
      return call("overlay", all(value.value, value.placing, value.from, value.for));
    case "call":
      return postgresCall(value, read);
    case "case":
      return {
        kind: "made",
        of: all(...value.whens.map((each) => each.value), value.else),
        aside: all(value.value, ...value.whens.map(({ when }) => when)),
      };
    case "array select":
      return { kind: "query", query: read(value.select) };
    case "select":
    case "union":
    case "union all":
    case "values":
    case "with":
    case "with recursive":
      return { kind: "query", query: read(value) };
    default:
      // Numbers, keywords and constants.
      return literalValue;
  }
}

function callOf(
  value: ExprCall,
  all: (...of: readonly (Expr | null | undefined)[]) => ParsedValue[],
): ParsedValue {
  const aside = all(
    value.filter,
    ...(value.over?.partitionBy ?? []),
    ...(value.over?.orderBy ?? []).map(({ by }) => by),
    ...(value.orderBy ?? []).map(({ by }) => by),
  );
  const { name } = value.function;
  // Parsed as calls, which they are not: `EXISTS (SELECT …)`, `= ANY ($1)`.
  if (name === "exists") return { kind: "made", of: [], aside: all(...value.args) };
  return { ...call(name, all(...value.args)), aside };
}

function call(name: string, values: readonly ParsedValue[]): Extract<ParsedValue, { kind: "call" }> {
  return { kind: "call", name, arguments: values, aside: [] };
}

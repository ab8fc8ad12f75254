/** What the parsers' trees have in common, as far as it is asked: one form for all of them. */
import type { SqlVerb } from "../statement.js";

export type ParsedValue =
  | { readonly kind: "literal" }
  /** A column, or the mark that stands for a placeholder. */
  | { readonly kind: "name"; readonly name: string; readonly table?: string | null }
  /** A quoted text, which marks of placeholders may stand in. */
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly arguments: readonly ParsedValue[];
      /** What its window or filter is made of: no part of the value. */
      readonly aside: readonly ParsedValue[];
    }
  /** Put together by operators; what is `aside` only decides. */
  | {
      readonly kind: "made";
      readonly of: readonly ParsedValue[];
      readonly aside: readonly ParsedValue[];
      /** It only says how they compare. */
      readonly compares?: boolean;
    }
  /** Brackets and casts around a value. */
  | { readonly kind: "same"; readonly of: ParsedValue }
  | { readonly kind: "query"; readonly query: ParsedStatement };

export interface ParsedTable {
  /** Null for a subquery and a call. */
  readonly name: string | null;
  readonly alias: string | null;
  readonly query: ParsedStatement | null;
  /** `unnest($1, $2) AS given (name, email)`: a function that gives rows, and what their columns are called. */
  readonly call?: ParsedValue;
  readonly columns?: readonly string[];
}

export interface ParsedResult {
  readonly alias: string | null;
  /** Null for all columns. */
  readonly value: ParsedValue | null;
  /** Of all columns of one table: what the statement calls it. */
  readonly table?: string | null;
}

export interface ParsedAssignment {
  readonly column: string;
  readonly value: ParsedValue;
}

export interface ParsedStatement {
  readonly verb: SqlVerb;
  /** Of WITH. */
  readonly queries: readonly { readonly name: string; readonly statement: ParsedStatement }[];
  /** Tables, or their aliases, that are written to or deleted from. */
  readonly targets: readonly ParsedTable[];
  readonly tables: readonly ParsedTable[];
  /** Of an INSERT; null where it names none. */
  readonly columns: readonly string[] | null;
  readonly rows: readonly (readonly ParsedValue[])[];
  /** What an INSERT selects. */
  readonly selected: ParsedStatement | null;
  readonly assignments: readonly ParsedAssignment[];
  /** What comes back. */
  readonly results: readonly ParsedResult[];
  /** Conditions, orders, limits. */
  readonly aside: readonly ParsedValue[];
  /** The other parts of a UNION. */
  readonly others: readonly ParsedStatement[];
  /** A table that it makes, which ends with the connection. */
  readonly temporary?: string;
}

const comparing =
  /^(?:NOT |!)?(?:=|==|<|>|<=|>=|<>|!=|<=>|I?LIKE|IS(?: NOT)?|IN|BETWEEN|REGEXP|RLIKE|~\*?|AND|OR|NOT|IS (?:NOT )?(?:NULL|TRUE|FALSE)|EXISTS)$/iu;

/** Whether an operator gives only true or false. */
export function isComparison(operator: string): boolean {
  return comparing.test(operator.trim());
}

export const literalValue: ParsedValue = { kind: "literal" };

/** A statement with what a parser found in it; the rest is empty. */
export function parsedStatement(
  verb: SqlVerb,
  found: Partial<Omit<ParsedStatement, "verb">> = {},
): ParsedStatement {
  return {
    verb,
    queries: [],
    targets: [],
    tables: [],
    columns: null,
    rows: [],
    selected: null,
    assignments: [],
    results: [],
    aside: [],
    others: [],
    ...found,
  };
}

/** Thrown within this folder where a tree holds what is not read; another dialect, or our own reader, is asked. */
export class UnreadTree extends Error {}

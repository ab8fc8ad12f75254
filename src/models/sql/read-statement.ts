/**
 * Reads SQL as models need it: which tables are written, read and deleted, and where each written column's
 * value comes from.
 *
 * A parser of our own, because neither pgsql-ast-parser 12 nor node-sql-parser 5 fits: of 34 statements from
 * PostgreSQL, MySQL, SQLite and T-SQL code, the first read 19 and each dialect of the second at most 16 (both
 * know one dialect at a time and stop at the first clause they do not know), at 0.2 to 0.4 ms a statement;
 * node-sql-parser installs 89 MB. What is asked here needs no full grammar of queries, but must never give up.
 */
import { readRoughly } from "./read-roughly.js";
import { StatementReader } from "./statement-reader.js";
import type { SqlStatement } from "./statement.js";
import { TokenStream, UnexpectedSql } from "./token-stream.js";
import { type SqlToken, tokenizeSql } from "./tokenize.js";

/** The statements of a text, in order; null where it is no SQL at all. Holes are marked with `sqlHole`. */
export function readSql(text: string): SqlStatement[] | null {
  const statements: SqlStatement[] = [];
  for (const tokens of splitStatements(tokenizeSql(text))) {
    const statement = readStatement(tokens) ?? readRoughly(tokens);
    if (statement !== null) statements.push(statement);
  }
  return statements.length === 0 ? null : statements;
}

function readStatement(tokens: readonly SqlToken[]): SqlStatement | null {
  try {
    return new StatementReader(new TokenStream(tokens)).read();
  } catch (error) {
    if (error instanceof UnexpectedSql) return null;
    throw error;
  }
}

function splitStatements(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [];
  let current: SqlToken[] = [];
  for (const token of tokens) {
    if (token.kind !== "sign" || token.text !== ";") current.push(token);
    else if (current.length > 0) {
      statements.push(current);
      current = [];
    }
  }
  if (current.length > 0) statements.push(current);
  return statements;
}

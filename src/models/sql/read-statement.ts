/**
 * Reads SQL as models need it: which tables are written, read and deleted, and where each written column's
 * value comes from.
 *
 * Parsers read it first (`parsers/`): pgsql-ast-parser for PostgreSQL, node-sql-parser for MySQL, SQLite and T-SQL.
 * What none of them takes, our own reader does, which knows no dialect and never gives up: rows for one placeholder
 * (`SET ?`, `VALUES ?`), texts of which only a part is known, clauses that a parser lacks, a mix of dialects.
 */
import { parseStatement } from "./parsers/parse-statement.js";
import { readRoughly } from "./read-roughly.js";
import { StatementReader } from "./statement-reader.js";
import type { SqlStatement } from "./statement.js";
import { TokenStream, UnexpectedSql } from "./token-stream.js";
import { type SqlToken, tokenizeSql } from "./tokenize.js";
import { nameUnknownTables } from "./unknown-tables.js";
import { spellOutValues } from "./unknown-values.js";

/** The statements of a text, in order; null where it is no SQL at all. Holes are marked with `sqlHole`. */
export function readSql(text: string): SqlStatement[] | null {
  const statements: SqlStatement[] = [];
  for (const written of splitStatements(tokenizeSql(text))) {
    const tokens = spellOutValues(nameUnknownTables(written));
    const statement = parseStatement(tokens) ?? readStatement(tokens) ?? readRoughly(tokens);
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

/** Tokens of conditions: columns, values, words, and what stands between them. */
import type { SqlToken } from "./tokenize.js";

const present =
  /^(?:NOW|GETDATE|SYSDATE|CURDATE|UNIXEPOCH|UNIX_TIMESTAMP|CURRENT_DATE|CURRENT_TIMESTAMP|LOCALTIMESTAMP|UTC_TIMESTAMP|CLOCK_TIMESTAMP|DATETIME|DATE|JULIANDAY|STRFTIME|STATEMENT_TIMESTAMP|TRANSACTION_TIMESTAMP)$/u;
const noColumn = /^(?:NOT|EXISTS|CASE|NULL|TRUE|FALSE|SELECT)$/u;

/** A token with its place among the others. */
export interface PlacedToken {
  readonly token: SqlToken;
  readonly at: number;
}

/** Tokens that stand in no brackets. */
export function outside(tokens: readonly SqlToken[]): PlacedToken[] {
  let depth = 0;
  return tokens.flatMap((token, at) => {
    if (token.kind === "sign" && token.text === ")") depth--;
    const found = depth === 0 ? [{ token, at }] : [];
    if (token.kind === "sign" && token.text === "(") depth++;
    return found;
  });
}

/** What stands between the words. */
export function partsAt(
  tokens: readonly SqlToken[],
  plain: readonly PlacedToken[],
  word: string,
): readonly (readonly SqlToken[])[] {
  const bounds = [-1, ...plain.flatMap(({ token, at }) => (isWord(token, word) ? [at] : [])), tokens.length];
  return bounds.slice(1).map((end, index) => tokens.slice((bounds[index] ?? 0) + 1, end));
}

export function isPresent(token: SqlToken): boolean {
  return (
    (token.kind === "word" && present.test(token.upper)) ||
    (token.kind === "string" && /^'now'$/iu.test(token.text))
  );
}

/** A column, or a table, that the tokens begin with, without what stands before its name. */
export function columnAt(tokens: readonly SqlToken[]): {
  readonly column: string | null;
  readonly rest: readonly SqlToken[];
} {
  let next = 0;
  while (isName(tokens[next]) && tokens[next + 1]?.text === ".") next += 2;
  const named = tokens[next];
  if (named === undefined || !isName(named)) return { column: null, rest: tokens };
  next++;
  // A function, or the present time, is no column.
  if (tokens[next]?.text === "(" || isPresent(named)) return { column: null, rest: tokens };
  if (tokens[next]?.text === "::") next += 2;
  return { column: named.text, rest: tokens.slice(next) };
}

export function isName(token: SqlToken | undefined): boolean {
  if (token === undefined || token.placeholders.length > 0) return false;
  return token.kind === "name" || (token.kind === "word" && !noColumn.test(token.upper));
}

export function literal(token: SqlToken | undefined): string | number | boolean | null {
  if (token === undefined || token.placeholders.length > 0) return null;
  if (token.kind === "number") return Number(token.text);
  if (token.kind === "string") return token.text.replace(/^[A-Z]*'|'$/giu, "");
  return isWord(token, "TRUE") ? true : isWord(token, "FALSE") ? false : null;
}

export function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === "word" && token.upper === word;
}

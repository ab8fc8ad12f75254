/**
 * Statements that make or change tables and cannot be read: a bracket or a quote without its end, a word that is none.
 * What a dialect has of its own is passed over, and is no such thing.
 */
import { nearestWord } from "../../base/nearest-word.js";
import { cannotRead, copiedRows } from "./read-schema-changes.js";
import { type SqlToken, tokenizeSql } from "./tokenize.js";

export interface UnreadStatement {
  /** Offset in the text. */
  readonly at: number;
  readonly problem: string;
}

/** What CREATE, ALTER and DROP speak of besides tables. */
const others =
  "index unique view materialized function procedure trigger type schema database extension sequence role user policy domain rule event aggregate cast operator collation conversion server foreign publication subscription text clustered nonclustered fulltext spatial login constraint virtual definer recursive language statistics tablespace group default access or temp temporary unlogged global local if external synonym package partition queue service message contract certificate assembly columnstore primary xml keyspace cluster dictionary stream task stage pipe warehouse transform algorithm sql logfile column instance system session transaction".split(
    " ",
  );

export function unreadStatements(text: string): UnreadStatement[] {
  const conflict = /^(?:<{7}|>{7}) .*$/mu.exec(text);
  if (conflict !== null) return [{ at: conflict.index, problem: "a merge was left half done" }];
  const whole = text.replaceAll(copiedRows, (rows) => rows.replaceAll(/[^\n]/gu, " "));
  return statementsOf(tokenizeSql(whole)).flatMap((tokens) => {
    const [first, second] = tokens;
    if (first === undefined || second === undefined || !/^(?:CREATE|ALTER|DROP)$/u.test(first.upper))
      return [];
    const problem = isTable(tokens) ? problemIn(tokens) : misspeltIn(second);
    return problem === null ? [] : [problem];
  });
}

function isTable(tokens: readonly SqlToken[]): boolean {
  return tokens.slice(1, 4).some(({ kind, upper }) => kind === "word" && upper === "TABLE");
}

function misspeltIn({ kind, text, at = 0 }: SqlToken): UnreadStatement | null {
  const isMisspelt = kind === "word" && nearestWord(text, ["table", ...others]) === "table";
  return isMisspelt ? { at, problem: `"${text}" stands where TABLE would` } : null;
}

function problemIn(tokens: readonly SqlToken[]): UnreadStatement | null {
  const open: SqlToken[] = [];
  for (const token of tokens) {
    if (token.kind !== "sign") continue;
    if (/^['"`]/u.test(token.text)) return { at: token.at ?? 0, problem: "a quote has no end" };
    if (token.text === "(") open.push(token);
    else if (token.text === ")" && open.pop() === undefined)
      return { at: token.at ?? 0, problem: "a bracket closes nothing" };
  }
  const [unclosed] = open;
  if (unclosed !== undefined) return { at: unclosed.at ?? 0, problem: "a bracket is not closed" };
  const unexpected = cannotRead(tokens);
  return unexpected === null ? null : { at: tokens[0]?.at ?? 0, problem: unexpected };
}

/** A semicolon inside brackets ends a statement all the same: none stands there. */
function statementsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens)
    if ((token.kind === "sign" && token.text === ";") || (token.kind === "word" && token.upper === "GO"))
      statements.push([]);
    else statements.at(-1)?.push(token);
  return statements;
}

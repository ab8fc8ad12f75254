/**
 * Statements that make or change tables and cannot be read: a bracket or a quote without its end, a word that is none.
 * What a dialect has of its own is passed over, and is no such thing.
 */
import { editDistance, nearestWord } from "../../base/nearest-word.js";
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

/** What statements of any dialect begin with. */
const verbs = new Set(
  "create alter drop insert update delete select with set begin commit start transaction comment grant revoke do use pragma truncate exec execute call declare if print go analyze analyse vacuum reindex lock unlock copy refresh rename replace merge show explain savepoint release rollback end delimiter cluster security reassign load attach detach optimize values throw raiserror while prepare deallocate notify listen discard reset import else elseif elsif then loop for return raise exception when perform leave iterate repeat until fetch open close prompt spool whenever define undefine deny enable disable describe desc flush install kill handler xa purge audit checkpoint dbcc waitfor bulk backup restore move abort table batch apply list".split(
    " ",
  ),
);

/** What ON DELETE may be followed by. */
const actions = /^(?:CASCADE|RESTRICT|SET|NO)$/u;

export function unreadStatements(text: string): UnreadStatement[] {
  const conflict = /^(?:<{7}|>{7}) .*$/mu.exec(text);
  if (conflict !== null) return [{ at: conflict.index, problem: "a merge was left half done" }];
  const whole = text.replaceAll(copiedRows, (rows) => rows.replaceAll(/[^\n]/gu, " "));
  const statements = statementsOf(tokenizeSql(whole)).filter(([first]) => first !== undefined);
  const unread = statements.flatMap((tokens) => unreadIn(tokens) ?? []);
  return unread.length > 0 ? unread : withoutStatements(statements);
}

/** Nothing in a file of SQL begins as a statement does. */
function withoutStatements(statements: readonly (readonly SqlToken[])[]): UnreadStatement[] {
  const [first] = statements[0] ?? [];
  const isSql = statements.some(([begin]) => begin?.kind !== "word" || isVerb(begin));
  return first === undefined || isSql
    ? []
    : [{ at: first.at ?? 0, problem: "nothing here is a statement of SQL" }];
}

function isVerb({ text }: SqlToken): boolean {
  return verbs.has(text.toLowerCase());
}

function unreadIn(tokens: readonly SqlToken[]): UnreadStatement | null {
  const [first, second] = tokens;
  if (first === undefined || second === undefined) return null;
  if (first.kind === "word" && !isVerb(first) && second.upper === "TABLE")
    return ["create", "alter", "drop"].some((verb) => editDistance(first.text.toLowerCase(), verb) <= 2)
      ? { at: first.at ?? 0, problem: `"${first.text}" is no statement` }
      : null;
  if (!/^(?:CREATE|ALTER|DROP)$/u.test(first.upper)) return null;
  return isTable(tokens) ? problemIn(tokens) : misspeltIn(second);
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
  const action = unknownAction(tokens) ?? missingEnd(tokens);
  if (action !== null) return action;
  const unexpected = cannotRead(tokens);
  return unexpected === null ? null : { at: tokens[0]?.at ?? 0, problem: unexpected };
}

/** `ON DELETE CASCDE`: nobody knows what goes along. */
function unknownAction(tokens: readonly SqlToken[]): UnreadStatement | null {
  for (const [index, { upper, kind }] of tokens.entries()) {
    const then = tokens[index + 2];
    if (kind !== "word" || upper !== "ON" || tokens[index + 1]?.upper !== "DELETE") continue;
    if (then?.kind === "word" && !actions.test(then.upper))
      return { at: then.at ?? 0, problem: `"${then.text}" is nothing that ON DELETE does` };
  }
  return null;
}

/** A statement about another table begins inside: what stands before it was to end. T-SQL may do without. */
function missingEnd(tokens: readonly SqlToken[]): UnreadStatement | null {
  if (tokens.some(({ quote }) => quote === "[")) return null;
  let depth = 0;
  for (const [index, { kind, text, upper, at = 0 }] of tokens.entries()) {
    if (kind === "sign" && text === "(") depth++;
    if (kind === "sign" && text === ")") depth--;
    if (index === 0 || depth > 0 || kind !== "word" || !/^(?:CREATE|ALTER|DROP)$/u.test(upper)) continue;
    if (tokens[index + 1]?.kind === "word" && tokens[index + 1]?.upper === "TABLE")
      return { at, problem: "the statement before has no end" };
  }
  return null;
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

/** What a statement asks of the rows that it means, as far as that is written out: `WHERE erase_at < now() AND id = $1`. */
import { tokenizeSql, type SqlPlaceholder, type SqlToken } from "./tokenize.js";

export type SqlTest =
  /** `IS NOT NULL`, `IS NULL`; what cannot be read. `others`: all others, or only some of them (`<> $1`, `> $1`). */
  | { readonly kind: "set" | "unset" | "unknown" | "others" }
  /** `attempts < 5` */
  | { readonly kind: "few"; readonly below: number }
  /** `status = 'due'`, `status <> 'done'` */
  | { readonly kind: "equals" | "differs"; readonly values: readonly (string | number | boolean)[] }
  /** What is handed over for the placeholder. */
  | { readonly kind: "handed"; readonly placeholder: SqlPlaceholder }
  /** It lies before the present, or before what is handed over for the placeholder. */
  | { readonly kind: "due"; readonly placeholder: SqlPlaceholder | null }
  /** It has a row in that table, by the own key of that row, and nothing else is asked of the two. */
  | { readonly kind: "joined"; readonly table: string | null; readonly byKey: boolean }
  /** It is a key of rows of another table. */
  | {
      readonly kind: "chosen";
      readonly tables: readonly string[];
      readonly conditions: readonly SqlCondition[];
    }
  /** There is no row of those tables for it; null: nobody can tell of which. */
  | { readonly kind: "lacking"; readonly tables: readonly string[] | null }
  /** All conditions of one side hold. */
  | { readonly kind: "either"; readonly sides: readonly (readonly SqlCondition[])[] };

export interface SqlCondition {
  /** Null: it is none that can be told. */
  readonly column: string | null;
  readonly test: SqlTest;
}

const unread: SqlCondition = { column: null, test: { kind: "unknown" } };
const others: SqlCondition = { column: null, test: { kind: "others" } };
const ending = /^(?:RETURNING|ORDER|LIMIT|OFFSET|GROUP|HAVING|FOR|FETCH|UNION|WINDOW|;)$/u;
const present =
  /^(?:NOW|GETDATE|SYSDATE|CURDATE|UNIXEPOCH|UNIX_TIMESTAMP|CURRENT_DATE|CURRENT_TIMESTAMP|LOCALTIMESTAMP|UTC_TIMESTAMP|CLOCK_TIMESTAMP|DATETIME|DATE|JULIANDAY|STRFTIME|STATEMENT_TIMESTAMP|TRANSACTION_TIMESTAMP)$/u;
const noColumn = /^(?:NOT|EXISTS|CASE|NULL|TRUE|FALSE|SELECT)$/u;
const deepest = 3;

/** The conditions that all hold of a row that the statement means; none: it means all rows. */
export function conditionsIn(text: string): readonly SqlCondition[] {
  return inStatement(tokenizeSql(text), 0);
}

/** The same of a condition that stands by itself. */
export function conditionsOf(text: string): readonly SqlCondition[] {
  return joined(tokenizeSql(text), 0);
}

function inStatement(tokens: readonly SqlToken[], depth: number): readonly SqlCondition[] {
  const plain = outside(tokens);
  const joins = [
    ...joinsIn(tokens, plain),
    ...(plain.some(({ token }) => isWord(token, "HAVING")) ? [unread] : []),
  ];
  const where = plain.find(({ token }) => isWord(token, "WHERE"))?.at;
  if (where === undefined) return joins;
  const rest = tokens.slice(where + 1);
  const end = outside(rest).find(({ token }) => token.kind !== "name" && ending.test(token.upper))?.at;
  return [...joins, ...joined(rest.slice(0, end), depth)];
}

/** Joins that leave out rows without another one: `JOIN approvals a ON a.kid = r.kid AND a.granted`. */
function joinsIn(
  tokens: readonly SqlToken[],
  plain: readonly { readonly token: SqlToken; readonly at: number }[],
): readonly SqlCondition[] {
  const pairs: Pair[] = [];
  const joins = plain.flatMap(({ token, at }): SqlCondition[] => {
    if (!isWord(token, "JOIN")) return [];
    const before = tokens.slice(Math.max(0, at - 2), at);
    const { table, names, rest } = namedTable(tokens.slice(at + 1));
    const end = rest.findIndex((each) => /^(?:WHERE|JOIN|LEFT|INNER|GROUP|ORDER|LIMIT)$/u.test(each.upper));
    const behind = rest.slice(0, end === -1 ? undefined : end);
    const pair = comparedIn(behind);
    if (pair !== null) pairs.push(pair);
    if (before.some((each) => /^(?:LEFT|FULL|CROSS)$/u.test(each.upper))) return [];
    const isPlain =
      !behind.some((each) => each.placeholders.length > 0 || /^(?:AND|OR|NOT|SELECT)$/u.test(each.upper)) &&
      behind.filter(({ text }) => text === "=").length <= 1 &&
      !behind.some(({ kind }) => kind === "string" || kind === "number");
    const byKey = pair !== null && isByKey(pair, names);
    return [{ column: null, test: { kind: "joined", table: isPlain ? table : null, byKey } }];
  });
  const from = plain.find(({ token }) => isWord(token, "FROM"))?.at;
  if (from === undefined || pairs.length === 0 || !isWord(tokens[0], "SELECT")) return joins;
  // A row of the first table is there as well.
  const { table, names } = namedTable(tokens.slice(from + 1));
  const byKey = pairs.some((pair) => isByKey(pair, names));
  return [...joins, { column: null, test: { kind: "joined", table, byKey } }];
}

interface Side {
  readonly of: string;
  readonly column: string;
}
type Pair = readonly [Side, Side];

/** `requests AS r` is called `requests` and `r`. */
function namedTable(tokens: readonly SqlToken[]): {
  readonly table: string | null;
  readonly names: readonly string[];
  readonly rest: readonly SqlToken[];
} {
  const { column: table, rest } = columnAt(tokens);
  const [word] = rest;
  const alias = isWord(word, "AS") ? rest[1] : word;
  const isAlias =
    alias !== undefined && isName(alias) && !/^(?:ON|USING|JOIN|LEFT|INNER|WHERE)$/u.test(alias.upper);
  return { table, names: [...(table === null ? [] : [table]), ...(isAlias ? [alias.text] : [])], rest };
}

/** `ON a.ask = r.id` */
function comparedIn(tokens: readonly SqlToken[]): Pair | null {
  const start = tokens.findIndex((token) => isWord(token, "ON")) + 1;
  const [of, dot, column, sign, other, otherDot, otherColumn] = tokens.slice(start);
  if (start === 0 || dot?.text !== "." || sign?.text !== "=" || otherDot?.text !== ".") return null;
  if (of === undefined || column === undefined || other === undefined || otherColumn === undefined)
    return null;
  return [
    { of: of.text, column: column.text },
    { of: other.text, column: otherColumn.text },
  ];
}

/** Whether the rows of a table are found by their key, and not by what they point to. */
function isByKey([one, other]: Pair, names: readonly string[]): boolean {
  const [own, of] = names.includes(one.of) ? [one, other] : [other, one];
  return names.includes(own.of) && isOwnKey(own.column) && !isOwnKey(of.column);
}

/** `id`, and not `kid_id`, which is the key of another row. */
export function isOwnKey(column: string): boolean {
  return /^_?id$|^uuid$/iu.test(column);
}

/** Tokens that stand in no brackets. */
function outside(tokens: readonly SqlToken[]): { readonly token: SqlToken; readonly at: number }[] {
  let depth = 0;
  return tokens.flatMap((token, at) => {
    if (token.kind === "sign" && token.text === ")") depth--;
    const found = depth === 0 ? [{ token, at }] : [];
    if (token.kind === "sign" && token.text === "(") depth++;
    return found;
  });
}

function joined(tokens: readonly SqlToken[], depth: number): readonly SqlCondition[] {
  const plain = outside(tokens);
  const sides = partsAt(tokens, plain, "OR");
  if (sides.length > 1)
    return [{ column: null, test: { kind: "either", sides: sides.map((side) => joined(side, depth)) } }];
  if (plain.some(({ token }) => isWord(token, "BETWEEN"))) return [others];
  const parts = partsAt(tokens, plain, "AND");
  if (parts.length > 1) return parts.flatMap((part) => joined(part, depth));
  const [first] = tokens;
  if (first?.text === "(" && plain[1]?.at === tokens.length - 1) return joined(tokens.slice(1, -1), depth);
  return [conditionOf(tokens, depth)];
}

/** What stands between the words. */
function partsAt(
  tokens: readonly SqlToken[],
  plain: readonly { readonly token: SqlToken; readonly at: number }[],
  word: string,
): readonly (readonly SqlToken[])[] {
  const bounds = [-1, ...plain.flatMap(({ token, at }) => (isWord(token, word) ? [at] : [])), tokens.length];
  return bounds.slice(1).map((end, index) => tokens.slice((bounds[index] ?? 0) + 1, end));
}

function conditionOf(tokens: readonly SqlToken[], depth: number): SqlCondition {
  if (isWord(tokens[0], "NOT")) {
    if (isWord(tokens[1], "EXISTS")) return { column: null, test: lacking(tokens.slice(2)) };
    const { column, rest } = columnAt(tokens.slice(1));
    return column !== null && rest.length === 0 ? equal(column, [false]) : others;
  }
  const { column, rest } = columnAt(tokens);
  if (column === null) return mirrored(tokens);
  const [sign, ...behind] = rest;
  if (sign === undefined) return equal(column, [true]);
  if (isWord(sign, "IS")) return ofState(column, behind);
  if (isWord(sign, "IN")) return ofList(column, behind, depth);
  if (isWord(sign, "NOT"))
    return { column, test: isWord(behind[0], "IN") ? lacking(behind.slice(1)) : others.test };
  if (sign.text === "=") return ofEqual(column, behind, depth);
  if (sign.text === "<>" || sign.text === "!=") {
    const value = behind.length === 1 ? literal(behind[0]) : null;
    return { column, test: value === null ? others.test : { kind: "differs", values: [value] } };
  }
  if (sign.text === ">" || sign.text === ">=") return { column, test: others.test };
  if (/^<=?$/u.test(sign.text) && behind.length === 1 && Number(literal(behind[0])) > 0)
    return { column, test: { kind: "few", below: Number(literal(behind[0])) } };
  // `erase_at + interval '7 days' < now()`
  const compared = outside(rest).find(({ token }) => token.text === "<" || token.text === "<=")?.at;
  const isMoved =
    compared === 0 || ((sign.text === "+" || sign.text === "-") && !rest.slice(0, compared).some(isPresent));
  return compared === undefined || !isMoved
    ? { ...unread, column }
    : { column, test: beforeNow(rest.slice(compared + 1)) };
}

/** `now() > erase_at` */
function mirrored(tokens: readonly SqlToken[]): SqlCondition {
  const sign = outside(tokens).find(({ token }) => token.text === ">" || token.text === ">=")?.at;
  if (sign === undefined) return unread;
  const { column, rest } = columnAt(tokens.slice(sign + 1));
  return column === null || rest.length > 0 ? unread : { column, test: beforeNow(tokens.slice(0, sign)) };
}

/** What is compared with is the present, or some time before it. */
function beforeNow(tokens: readonly SqlToken[]): SqlTest {
  const [first] = tokens;
  const placeholders = tokens.flatMap((token) => token.placeholders);
  if (first?.kind === "placeholder") return { kind: "due", placeholder: first.placeholders[0] ?? null };
  const isNow =
    tokens.some(isPresent) && (placeholders.length === 0 || tokens.some(({ text }) => text === "-"));
  return isNow ? { kind: "due", placeholder: null } : { kind: "unknown" };
}

function isPresent(token: SqlToken): boolean {
  return (
    (token.kind === "word" && present.test(token.upper)) ||
    (token.kind === "string" && /^'now'$/iu.test(token.text))
  );
}

function ofState(column: string, tokens: readonly SqlToken[]): SqlCondition {
  const words = tokens.map(({ upper }) => upper).join(" ");
  switch (words) {
    case "NULL":
      return { column, test: { kind: "unset" } };
    case "NOT NULL":
      return { column, test: { kind: "set" } };
    case "TRUE":
      return equal(column, [true]);
    case "FALSE":
    case "NOT TRUE":
      return equal(column, [false]);
    default:
      return { column, test: { kind: "unknown" } };
  }
}

function ofEqual(column: string, tokens: readonly SqlToken[], depth: number): SqlCondition {
  const [first] = tokens;
  const value = tokens.length === 1 ? literal(first) : null;
  if (value !== null) return equal(column, [value]);
  if (isWord(first, "ANY") || isWord(first, "SOME")) return ofList(column, tokens.slice(1), depth);
  return { column, test: handed(tokens) };
}

/** `NOT EXISTS (SELECT … FROM holds …)`, `NOT IN (SELECT kid FROM holds)`; of a list that is handed over it is all others. */
function lacking(tokens: readonly SqlToken[]): SqlTest {
  const inner = tokens.slice(1, -1);
  const values = inner.filter(({ text }) => text !== ",").map(literal);
  const literals = values.filter((value) => value !== null);
  if (literals.length > 0 && literals.length === values.length) return { kind: "differs", values: literals };
  if (tokens[0]?.text !== "(" || !isWord(inner[0], "SELECT")) return others.test;
  const plain = outside(inner);
  const tables = plain.flatMap(({ token, at }) => {
    if (!isWord(token, "FROM") && !isWord(token, "JOIN")) return [];
    return [columnAt(inner.slice(at + 1)).column];
  });
  const known = tables.filter((table) => table !== null);
  return { kind: "lacking", tables: known.length === tables.length && known.length > 0 ? known : null };
}

function ofList(column: string, tokens: readonly SqlToken[], depth: number): SqlCondition {
  if (tokens[0]?.text !== "(") return { column, test: handed(tokens) };
  const inner = tokens.slice(1, tokens.at(-1)?.text === ")" ? -1 : undefined);
  if (isWord(inner[0], "SELECT")) {
    const from = outside(inner).find(({ token }) => isWord(token, "FROM"))?.at;
    const table = from === undefined ? null : columnAt(inner.slice(from + 1)).column;
    if (table === null || depth >= deepest) return { column, test: { kind: "unknown" } };
    return { column, test: { kind: "chosen", tables: [table], conditions: inStatement(inner, depth + 1) } };
  }
  const values = inner.filter(({ text }) => text !== ",").map(literal);
  const known = values.filter((value) => value !== null);
  return known.length === values.length && known.length > 0
    ? equal(column, known)
    : { column, test: handed(inner) };
}

/** One placeholder, perhaps cast. */
function handed(tokens: readonly SqlToken[]): SqlTest {
  const placeholders = tokens.flatMap((token) => token.placeholders);
  const [first] = placeholders;
  return first === undefined || tokens.some(isPresent)
    ? { kind: "unknown" }
    : { kind: "handed", placeholder: first };
}

function equal(column: string, values: readonly (string | number | boolean)[]): SqlCondition {
  return { column, test: { kind: "equals", values } };
}

/** A column, or a table, that the tokens begin with, without what stands before its name. */
function columnAt(tokens: readonly SqlToken[]): {
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

function isName(token: SqlToken | undefined): boolean {
  if (token === undefined || token.placeholders.length > 0) return false;
  return token.kind === "name" || (token.kind === "word" && !noColumn.test(token.upper));
}

function literal(token: SqlToken | undefined): string | number | boolean | null {
  if (token === undefined || token.placeholders.length > 0) return null;
  if (token.kind === "number") return Number(token.text);
  if (token.kind === "string") return token.text.replace(/^[A-Z]*'|'$/giu, "");
  return isWord(token, "TRUE") ? true : isWord(token, "FALSE") ? false : null;
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === "word" && token.upper === word;
}

/** Reads value expressions: which placeholders and columns they are made of, and what is only compared. */
import { merging, tellingNothing } from "./statement.js";
import type { SqlColumn, SqlSource, SqlValuePart } from "./statement.js";
import type { TokenStream } from "./token-stream.js";
import type { SqlPlaceholder, SqlToken } from "./tokenize.js";

/** What the reading of a statement gathers along the way. */
export interface Gathered {
  readonly read: Set<string>;
  readonly lookups: SqlPlaceholder[];
  readonly functions: Set<string>;
}

/** Reads a SELECT in brackets; gives what its first column is made of. Handed in, for the two need each other. */
export type ReadSubquery = (stream: TokenStream, gathered: Gathered) => SqlSource;

const clauseWords = new Set([
  "FROM",
  "WHERE",
  "GROUP",
  "HAVING",
  "ORDER",
  "LIMIT",
  "OFFSET",
  "FETCH",
  "FOR",
  "UNION",
  "INTERSECT",
  "EXCEPT",
  "MINUS",
  "WINDOW",
  "RETURNING",
  "OUTPUT",
  "ON",
  "SET",
  "VALUES",
  "INTO",
  "USING",
  "WHEN",
  "JOIN",
  "LEFT",
  "RIGHT",
  "INNER",
  "FULL",
  "CROSS",
  "OUTER",
  "NATURAL",
  "LATERAL",
  "AS",
  "THEN",
  "QUALIFY",
  "OPTION",
  "PROCEDURE",
  "LOCK",
  "CONNECT",
  "START",
  "STRAIGHT_JOIN",
]);

const wordsInExpressions = new Set([
  "AND",
  "OR",
  "NOT",
  "NULL",
  "TRUE",
  "FALSE",
  "DEFAULT",
  "IS",
  "IN",
  "LIKE",
  "ILIKE",
  "BETWEEN",
  "CASE",
  "WHEN",
  "THEN",
  "ELSE",
  "END",
  "CAST",
  "AS",
  "INTERVAL",
  "DISTINCT",
  "ALL",
  "ANY",
  "SOME",
  "EXISTS",
  "COLLATE",
  "AT",
  "TIME",
  "ZONE",
  "ARRAY",
  "ROW",
  "ASC",
  "DESC",
  "NULLS",
  "FIRST",
  "LAST",
  "CURRENT_TIMESTAMP",
  "CURRENT_DATE",
  "CURRENT_TIME",
  "CURRENT_USER",
  "SYSDATE",
  "OVER",
  "PARTITION",
  "BY",
  "FILTER",
  "WITHIN",
  "ESCAPE",
  "SIMILAR",
  "TO",
  "ISNULL",
  "NOTNULL",
  "RLIKE",
  "REGEXP",
  "DIV",
  "MOD",
  "XOR",
  "BINARY",
  "ROWS",
  "RANGE",
  "PRECEDING",
  "FOLLOWING",
  "UNBOUNDED",
  "CURRENT",
]);

/** Whether an expression ends before this token. */
export function endsExpression(token: SqlToken): boolean {
  if (token.kind === "sign")
    return token.text === "," || token.text === ")" || token.text === ";" || token.text === "";
  return token.kind === "word" && clauseWords.has(token.upper);
}

class Parts {
  readonly parts: SqlValuePart[] = [];
  readonly columns = new Set<string>();
  /** Columns that it is copied from, and those of which the tables are still being read. */
  readonly copied: SqlColumn[] = [];
  readonly unplaced: { readonly table: string | null; readonly column: string }[] = [];
  /** Some column stands in it for itself, and not for those of many rows. */
  isOfOneRow = false;
  hasOther = false;
}

/** Reads one expression up to a comma, a closing bracket or the next clause. */
export function readExpression(
  stream: TokenStream,
  gathered: Gathered,
  readSubquery: ReadSubquery,
): SqlSource {
  const found = new Parts();
  readParts(stream, gathered, readSubquery, found, []);
  return sourceOf(found);
}

function sourceOf(found: Parts): SqlSource {
  const [first, ...others] = found.parts;
  if (first === undefined && found.columns.size === 0) return { kind: "literal" };
  if (
    first !== undefined &&
    others.length === 0 &&
    first.within.length === 0 &&
    !found.hasOther &&
    found.columns.size === 0
  ) {
    return { kind: "placeholder", placeholder: first.placeholder };
  }
  return {
    kind: "expression",
    parts: found.parts,
    columns: [...found.columns],
    ...(found.isOfOneRow || found.columns.size === 0 ? {} : { merged: true as const }),
    ...(found.copied.length === 0 ? {} : { copied: found.copied }),
    ...(found.unplaced.length === 0 ? {} : { unplaced: found.unplaced }),
  };
}

type Within = SqlValuePart["within"];

function readParts(
  stream: TokenStream,
  gathered: Gathered,
  readSubquery: ReadSubquery,
  found: Parts,
  within: Within,
): void {
  let isCondition = false;
  let cases = 0;
  let isOperand = false;
  const before = [found.copied.length, found.unplaced.length] as const;
  let compares = false;
  while (!stream.atEnd) {
    const token = stream.peek();
    if (isOperand && isImplicitAlias(token)) return;
    if (token.kind === "word" && cases > 0 && ["WHEN", "THEN", "ELSE", "END"].includes(token.upper)) {
      stream.next();
      isOperand = token.upper === "END";
      isCondition = token.upper === "WHEN";
      if (token.upper === "END") cases--;
      continue;
    }
    if (token.kind === "word" && token.upper === "CASE") {
      stream.next();
      cases++;
      // `CASE $1 WHEN …` compares with what stands before WHEN.
      isCondition = true;
      isOperand = false;
      found.hasOther = true;
      continue;
    }
    if (endsExpression(token) && !isFunctionNow(stream, found)) return;
    compares ||= !isCondition && isComparing(token);
    readToken(
      stream,
      gathered,
      readSubquery,
      isCondition ? new Parts() : found,
      within,
      gathered.lookups,
      isCondition,
    );
    isOperand = token.kind !== "sign" ? !isKeyword(token) : token.text === "(";
    if (compares) [found.copied.length, found.unplaced.length] = before;
  }
}

const comparing = new Set(["=", "<", ">", "<=", ">=", "<>", "!=", "==", "<=>", "IS", "IN", "LIKE", "ILIKE"]);
const comparingOthers = new Set(["BETWEEN", "ISNULL", "NOTNULL", "RLIKE", "REGEXP", "SIMILAR"]);

/** Of what it stands between, only true or false is left. */
function isComparing({ kind, text, upper }: SqlToken): boolean {
  return kind === "sign"
    ? comparing.has(text)
    : kind === "word" && (comparing.has(upper) || comparingOthers.has(upper));
}

function isKeyword(token: SqlToken): boolean {
  return token.kind === "word" && wordsInExpressions.has(token.upper);
}

/** `count(*) n`: a name right after an operand is the column's new name. */
export function isImplicitAlias(token: SqlToken): boolean {
  return (
    token.kind === "name" ||
    (token.kind === "word" &&
      !isKeyword(token) &&
      !clauseWords.has(token.upper) &&
      token.placeholders.length === 0)
  );
}

/** `LEFT(a, 3)` is a function, and so is `VALUES(a)` where a value begins; elsewhere they begin a clause. */
function isFunctionNow(stream: TokenStream, found: Parts): boolean {
  if (stream.peek(1).text !== "(") return false;
  if (stream.sees("LEFT", "RIGHT", "SET", "LOCK")) return true;
  return stream.sees("VALUES") && found.parts.length === 0 && found.columns.size === 0 && !found.hasOther;
}

function readToken(
  stream: TokenStream,
  gathered: Gathered,
  readSubquery: ReadSubquery,
  found: Parts,
  within: Within,
  lookups: SqlPlaceholder[],
  isCondition: boolean,
): void {
  const token = stream.next();
  if (token.placeholders.length > 0) {
    if (isCondition) lookups.push(...token.placeholders);
    else found.parts.push(...token.placeholders.map((placeholder) => ({ placeholder, within })));
    if (token.kind === "string" && !/^'\*'$/u.test(token.text)) found.hasOther = true;
    return;
  }
  if (token.kind === "sign" && token.text === "::") {
    readType(stream);
    return;
  }
  if (token.kind === "sign" && token.text === "(") {
    readGroup(stream, gathered, readSubquery, found, within, null);
    return;
  }
  found.hasOther = true;
  if (token.kind === "word" || token.kind === "name")
    readWord(token, stream, gathered, readSubquery, found, within);
}

function readType(stream: TokenStream): void {
  stream.readName();
  stream.take("PRECISION", "VARYING");
  stream.skipGroup();
  if (stream.sees("WITH", "WITHOUT") && stream.peek(1).upper === "TIME")
    for (let word = 0; word < 3; word++) stream.next();
  while (stream.take("[")) stream.take("]");
}

/** A function call, a keyword or a column. */
function readWord(
  token: SqlToken,
  stream: TokenStream,
  gathered: Gathered,
  readSubquery: ReadSubquery,
  found: Parts,
  within: Within,
): void {
  let name = token.text;
  let table: string | null = null;
  while (stream.sees(".") && stream.peek(1).kind !== "sign") {
    stream.next();
    table = name;
    name = stream.next().text;
  }
  const upper = name.toUpperCase();
  const isCall =
    stream.sees("(") &&
    !["IN", "ANY", "ALL", "SOME", "AND", "OR", "NOT", "OVER", "FILTER", "WHEN", "ROW", "EXISTS"].includes(
      upper,
    );
  if (isCall) {
    gathered.functions.add(name.toLowerCase());
    stream.next();
    const isTold = !tellingNothing.has(name.toLowerCase());
    readGroup(stream, gathered, readSubquery, isTold ? found : new Parts(), within, name.toLowerCase());
  } else if (["OVER", "FILTER", "IN", "EXISTS"].includes(upper) && stream.sees("(")) {
    // What a window, filter or membership test is made of is not part of the value.
    stream.next();
    const aside = new Parts();
    readGroup(stream, gathered, readSubquery, aside, within, null);
    gathered.lookups.push(...aside.parts.map((part) => part.placeholder));
  } else if (token.kind === "name" || !wordsInExpressions.has(upper)) {
    found.columns.add(name);
    found.unplaced.push({ table, column: name });
    found.isOfOneRow ||= !within.some((each) => merging.has(each.name));
  }
}

/** The inside of brackets: a subquery, a list of arguments, or a nested expression. Takes the closing bracket. */
function readGroup(
  stream: TokenStream,
  gathered: Gathered,
  readSubquery: ReadSubquery,
  found: Parts,
  within: Within,
  call: string | null,
): void {
  if (stream.sees("SELECT", "WITH", "VALUES")) {
    const source = readSubquery(stream, gathered);
    if (source.kind === "placeholder") found.parts.push({ placeholder: source.placeholder, within });
    else if (source.kind === "expression") {
      found.parts.push(...source.parts);
      for (const column of source.columns) found.columns.add(column);
      found.copied.push(...(source.copied ?? []));
      found.unplaced.push(...(source.unplaced ?? []));
      found.isOfOneRow ||= source.merged !== true;
    }
    found.hasOther = true;
    stream.expect(")");
    return;
  }
  for (let argument = 0; !stream.atEnd && !stream.take(")");) {
    readParts(
      stream,
      gathered,
      readSubquery,
      found,
      call === null ? within : [...within, { name: call, argument }],
    );
    if (stream.take(",")) argument++;
    else if (stream.peek().kind === "word" && !stream.sees(")")) {
      // `CAST(x AS type)`, `EXTRACT(year FROM x)`, `count(*) ORDER BY`: a keyword that parts the arguments.
      const word = stream.next().upper;
      if (word === "AS") readType(stream);
    } else if (!stream.sees(")")) stream.next();
  }
}

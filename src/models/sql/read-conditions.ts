/** What a statement asks of the rows that it means, as far as that is written out: `WHERE erase_at < now() AND id = $1`. */
import { columnAt, isPresent, isWord, literal, outside, partsAt } from "./condition-tokens.js";
import type { SqlCondition, SqlTest } from "./conditions.js";
import { joinsIn, namedTable } from "./read-joins.js";
import { tokenizeSql, type SqlToken } from "./tokenize.js";

const unread: SqlCondition = { column: null, test: { kind: "unknown" } };
const others: SqlCondition = { column: null, test: { kind: "others" } };
const ending = /^(?:RETURNING|ORDER|LIMIT|OFFSET|GROUP|HAVING|FOR|FETCH|UNION|WINDOW|;)$/u;
const deepest = 3;

interface Within {
  readonly depth: number;
  /** Queries that the statement gives names. */
  readonly named: ReadonlyMap<string, readonly SqlToken[]>;
}

/** The conditions that all hold of a row that the statement means; none: it means all rows. */
export function conditionsIn(text: string): readonly SqlCondition[] {
  const tokens = tokenizeSql(text);
  return inStatement(tokens, { depth: 0, named: namedQueries(tokens) });
}

/** The same of a condition that stands by itself. */
export function conditionsOf(text: string): readonly SqlCondition[] {
  return joined(tokenizeSql(text), { depth: 0, named: new Map() });
}

function inStatement(tokens: readonly SqlToken[], within: Within): readonly SqlCondition[] {
  const used = usedBy(tokens, within);
  if (used !== null) return used;
  const plain = outside(tokens);
  const joins = [
    ...joinsIn(tokens, plain),
    ...(plain.some(({ token }) => isWord(token, "HAVING")) ? [unread] : []),
  ];
  const where = plain.find(({ token }) => isWord(token, "WHERE"))?.at;
  if (where === undefined) return joins;
  const rest = tokens.slice(where + 1);
  const end = outside(rest).find(({ token }) => token.kind !== "name" && ending.test(token.upper))?.at;
  return [...joins, ...joined(rest.slice(0, end), within)];
}

function joined(tokens: readonly SqlToken[], within: Within): readonly SqlCondition[] {
  const plain = outside(tokens);
  const sides = partsAt(tokens, plain, "OR");
  if (sides.length > 1)
    return [{ column: null, test: { kind: "either", sides: sides.map((side) => joined(side, within)) } }];
  if (plain.some(({ token }) => isWord(token, "BETWEEN"))) return [others];
  const parts = partsAt(tokens, plain, "AND");
  if (parts.length > 1) return parts.flatMap((part) => joined(part, within));
  const [first] = tokens;
  if (first?.text === "(" && plain[1]?.at === tokens.length - 1) return joined(tokens.slice(1, -1), within);
  return [conditionOf(tokens, within)];
}

function conditionOf(tokens: readonly SqlToken[], within: Within): SqlCondition {
  if (isWord(tokens[0], "EXISTS") && isWord(tokens[2], "SELECT"))
    return { column: null, test: chosenBy(tokens.slice(2, -1), within) };
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
  if (isWord(sign, "IN")) return ofList(column, behind, within);
  if (isWord(sign, "NOT"))
    return { column, test: isWord(behind[0], "IN") ? lacking(behind.slice(1)) : others.test };
  if (isLink(tokens)) return { column, test: { kind: "linked" } };
  if (sign.text === "=") return ofEqual(column, behind, within);
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

/** `r.kid = k.id` */
function isLink(tokens: readonly SqlToken[]): boolean {
  return tokens.length === 7 && [".", "=", "."].every((text, index) => tokens[1 + 2 * index]?.text === text);
}

/** `now() > erase_at` */
function mirrored(tokens: readonly SqlToken[]): SqlCondition {
  const sign = outside(tokens).find(({ token }) => token.text === ">" || token.text === ">=")?.at;
  // `lower(email) <> $1`
  if (outside(tokens).some(({ token }) => /^(?:<>|!=|NOT)$/u.test(token.upper))) return others;
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

function ofEqual(column: string, tokens: readonly SqlToken[], within: Within): SqlCondition {
  const [first] = tokens;
  const value = tokens.length === 1 ? literal(first) : null;
  if (value !== null) return equal(column, [value]);
  if (isWord(first, "ANY") || isWord(first, "SOME")) return ofList(column, tokens.slice(1), within);
  // `id = (SELECT id FROM requests … LIMIT 1)`
  if (first?.text === "(" && isWord(tokens[1], "SELECT")) return ofList(column, tokens, within);
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

/** `(SELECT kid FROM requests WHERE …)`, also where the query is one that the statement has named. */
function chosenBy(query: readonly SqlToken[], within: Within): SqlTest {
  const from = outside(query).find(({ token }) => isWord(token, "FROM"))?.at;
  const table = from === undefined ? null : columnAt(query.slice(from + 1)).column;
  if (table === null || within.depth >= deepest) return { kind: "unknown" };
  const deeper = { ...within, depth: within.depth + 1 };
  return ofTable(
    table,
    inStatement(query, deeper).filter(({ test }) => test.kind !== "linked"),
    deeper,
  );
}

function ofTable(table: string, conditions: readonly SqlCondition[], within: Within): SqlTest {
  const named = within.named.get(table.toLowerCase());
  if (named === undefined) return { kind: "chosen", tables: [table], conditions };
  const behind = chosenBy(named, within);
  return behind.kind === "chosen" ? { ...behind, conditions: [...behind.conditions, ...conditions] } : behind;
}

/** `WITH due AS (SELECT …)` */
function namedQueries(tokens: readonly SqlToken[]): ReadonlyMap<string, readonly SqlToken[]> {
  const found = new Map<string, readonly SqlToken[]>();
  if (!isWord(tokens[0], "WITH")) return found;
  tokens.forEach((token, at) => {
    const opening = at + (isWord(tokens[at + 2], "MATERIALIZED") ? 3 : 2);
    if (!isWord(tokens[at + 1], "AS") || tokens[opening]?.text !== "(") return;
    const rest = tokens.slice(opening);
    const end = outside(rest)[1]?.at;
    if (end !== undefined) found.set(token.text.toLowerCase(), rest.slice(1, end));
  });
  return found;
}

/**
 * `DELETE FROM kids USING requests r WHERE r.kid = kids.id AND r.status = 'due'`, `UPDATE requests SET … FROM picked WHERE
 * picked.id = requests.id`: what is asked of the other table.
 */
function usedBy(tokens: readonly SqlToken[], outer: Within): readonly SqlCondition[] | null {
  const plain = outside(tokens);
  const verb = plain.find(({ token }) => isWord(token, "DELETE") || isWord(token, "UPDATE"));
  const start = verb?.at;
  const word = isWord(verb?.token, "DELETE") ? "USING" : "FROM";
  const using = plain.find(({ token, at }) => isWord(token, word) && at > (start ?? at))?.at;
  const where = plain.find(({ token, at }) => isWord(token, "WHERE") && at > (using ?? at))?.at;
  if (start === undefined || using === undefined || where === undefined) return null;
  const source = tokens.slice(using + 1, where);
  const inner = madeThere(source, outer);
  const within = inner ?? outer;
  const { table, names, rest } = namedTable(inner === null ? source : source.slice(-1));
  if (table === null || rest.length >= names.length + (isWord(rest[0], "AS") ? 1 : 0)) return [unread];
  const behind = tokens.slice(where + 1);
  const end = outside(behind).find(({ token }) => token.kind !== "name" && ending.test(token.upper))?.at;
  const asked = behind.slice(0, end);
  if (partsAt(asked, outside(asked), "OR").length > 1) return [unread];
  const parts = partsAt(asked, outside(asked), "AND");
  const isTheirs = (part: readonly SqlToken[]): boolean =>
    part[1]?.text === "." && names.includes(part[0]?.text ?? "");
  const others = parts.filter((part) => !isTheirs(part)).flatMap((part) => joined(part, within));
  const theirs = parts.filter(isTheirs).flatMap((part) => joined(part, within));
  const isLinked = [...others, ...theirs].some(({ test }) => test.kind === "linked");
  const isAsked = ({ test }: SqlCondition): boolean => test.kind !== "linked";
  if (!isLinked) return [unread];
  return [{ column: null, test: ofTable(table, theirs.filter(isAsked), within) }, ...others.filter(isAsked)];
}

/** `FROM (SELECT id FROM requests …) AS picked`: a query that is given its name where it is used. */
function madeThere(source: readonly SqlToken[], within: Within): Within | null {
  if (source[0]?.text !== "(" || !isWord(source[1], "SELECT")) return null;
  const end = outside(source)[1]?.at ?? source.length;
  const behind = source.slice(end + 1).filter((token) => !isWord(token, "AS"));
  const [alias, ...others] = behind;
  if (alias === undefined || others.length > 0) return null;
  return { ...within, named: new Map([...within.named, [alias.text.toLowerCase(), source.slice(1, end)]]) };
}

function ofList(column: string, tokens: readonly SqlToken[], within: Within): SqlCondition {
  if (tokens[0]?.text !== "(") return { column, test: handed(tokens) };
  const inner = tokens.slice(1, tokens.at(-1)?.text === ")" ? -1 : undefined);
  if (isWord(inner[0], "SELECT")) return { column, test: chosenBy(inner, within) };
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

/** What the joins of a statement ask of rows. */
import { columnAt, isName, isWord, type PlacedToken } from "./condition-tokens.js";
import type { SqlCondition } from "./conditions.js";
import type { SqlToken } from "./tokenize.js";

/** Joins that leave out rows without another one: `JOIN approvals a ON a.kid = r.kid AND a.granted`. */
export function joinsIn(tokens: readonly SqlToken[], plain: readonly PlacedToken[]): readonly SqlCondition[] {
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
export function namedTable(tokens: readonly SqlToken[]): {
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

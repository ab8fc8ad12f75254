/** What a statement puts into columns, as far as it is one literal, one placeholder or the present time. */
import { tokenizeSql, type SqlPlaceholder, type SqlToken } from "./tokenize.js";

export type SqlAssigned =
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | { readonly kind: "placeholder"; readonly placeholder: SqlPlaceholder }
  /** The present time, or some time from it. */
  | { readonly kind: "moment" }
  /** One thing or another, such as a time or nothing. */
  | { readonly kind: "perhaps" }
  | { readonly kind: "unknown" };

export interface SqlAssignment {
  readonly column: string;
  readonly value: SqlAssigned;
}

const present =
  /^(?:NOW|GETDATE|SYSDATE|CURDATE|UNIXEPOCH|UNIX_TIMESTAMP|CURRENT_DATE|CURRENT_TIMESTAMP|LOCALTIMESTAMP|UTC_TIMESTAMP|CLOCK_TIMESTAMP|DATETIME|DATE_ADD|DATEADD)$/u;
const choosing = /^(?:CASE|IF|IIF|NULLIF|DECODE)$/u;
const perYear: ReadonlyMap<string, number> = new Map([
  ["year", 1],
  ["month", 12],
  ["week", 52],
  ["day", 365],
]);
/** Years for which nobody waits. */
const longest = 20;
const ending = /^(?:WHERE|FROM|RETURNING|ORDER|LIMIT|ON|;)$/u;

/** Of `UPDATE … SET` and `INSERT … (columns) VALUES (values)`. */
export function assignmentsIn(text: string): readonly SqlAssignment[] {
  const tokens = tokenizeSql(text);
  return isWord(tokens[0], "INSERT") || isWord(tokens[0], "REPLACE") ? inserted(tokens) : set(tokens);
}

/** What is put there by an expression that stands by itself. */
export function assignedBy(text: string): SqlAssigned {
  return assigned(tokenizeSql(text), null);
}

function set(tokens: readonly SqlToken[]): readonly SqlAssignment[] {
  const start = tokens.findIndex((token) => isWord(token, "SET"));
  if (start === -1) return [];
  const parts = splitAt(tokens.slice(start + 1));
  return parts.flatMap((part) => {
    const sign = part.findIndex(({ text }) => text === "=");
    const column = part[sign - 1];
    return sign < 1 || column === undefined
      ? []
      : [{ column: column.text, value: assigned(part.slice(sign + 1), column.text) }];
  });
}

function inserted(tokens: readonly SqlToken[]): readonly SqlAssignment[] {
  const columnsAt = tokens.findIndex(({ text }) => text === "(");
  const word = tokens.findIndex((token) => isWord(token, "VALUES"));
  if (columnsAt === -1 || word < columnsAt) return [];
  const columns = splitAt(tokens.slice(columnsAt + 1));
  const values = splitAt(tokens.slice(word + 2));
  return columns.flatMap(([name], index) =>
    name === undefined ? [] : [{ column: name.text, value: assigned(values[index] ?? [], null) }],
  );
}

/** Parts between commas, up to where the list ends. */
function splitAt(tokens: readonly SqlToken[]): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0 && (token.text === ")" || (token.kind === "word" && ending.test(token.upper)))) break;
    if (token.text === "(") depth++;
    else if (token.text === ")") depth--;
    if (depth === 0 && token.text === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function assigned(tokens: readonly SqlToken[], column: string | null): SqlAssigned {
  const [first, ...others] = tokens;
  if (first === undefined) return { kind: "unknown" };
  const isCast = others[0]?.text === "::";
  if (others.length === 0 || isCast) {
    const [placeholder] = first.placeholders;
    if (first.kind === "placeholder" && placeholder !== undefined)
      return { kind: "placeholder", placeholder };
    if (first.placeholders.length > 0) return { kind: "unknown" };
    if (first.kind === "number") return { kind: "constant", value: Number(first.text) };
    if (first.kind === "string") return { kind: "constant", value: first.text.replace(/^[A-Z]*'|'$/giu, "") };
    if (isWord(first, "TRUE") || isWord(first, "FALSE"))
      return { kind: "constant", value: first.upper === "TRUE" };
    if (isWord(first, "NULL")) return { kind: "constant", value: null };
  }
  if (isWord(first, "CASE")) return chosen(tokens, column);
  const plain = withoutCases(tokens);
  if (plain === null || plain.some(({ kind, upper }) => kind === "word" && choosing.test(upper)))
    return { kind: "perhaps" };
  const isNow = ({ kind, upper, text }: SqlToken): boolean =>
    (kind === "word" && present.test(upper)) || (kind === "string" && /^'now'$/iu.test(text));
  if (!tokens.some(isNow)) return { kind: "unknown" };
  return isForLong(tokens) ? { kind: "constant", value: "never" } : { kind: "moment" };
}

/** `CASE WHEN erase_at IS NULL THEN now() ELSE erase_at END`: a time in any case is a time. */
function chosen(tokens: readonly SqlToken[], column: string | null): SqlAssigned {
  const branches = branchesOf(tokens);
  if (branches === null) return { kind: "perhaps" };
  const keeps = (branch: readonly SqlToken[]): boolean =>
    column !== null && branch.length === 1 && branch[0]?.text === column && asksForNone(tokens, column);
  const puts = branches.filter((branch) => !keeps(branch)).map((branch) => assigned(branch, column));
  const [first] = puts;
  return first !== undefined && puts.every(({ kind }) => kind === "moment") ? first : { kind: "perhaps" };
}

function asksForNone(tokens: readonly SqlToken[], column: string): boolean {
  return tokens.some(
    (token, at) =>
      isWord(token, "WHEN") &&
      tokens[at + 1]?.text === column &&
      ["IS", "NULL", "THEN"].every((word, index) => isWord(tokens[at + 2 + index], word)),
  );
}

/** What stands behind THEN and ELSE; null where there is no ELSE, or one choice stands in another. */
function branchesOf(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] | null {
  const end = tokens.findIndex((token) => isWord(token, "END"));
  const inner = tokens.slice(1, end);
  if (end !== tokens.length - 1 || inner.some((token) => isWord(token, "CASE"))) return null;
  if (!inner.some((token) => isWord(token, "ELSE"))) return null;
  const branches: SqlToken[][] = [];
  let isIn = false;
  for (const token of inner) {
    if (isWord(token, "THEN") || isWord(token, "ELSE")) {
      branches.push([]);
      isIn = true;
    } else if (isWord(token, "WHEN")) isIn = false;
    else if (isIn) branches.at(-1)?.push(token);
  }
  return branches;
}

/** Where a choice says only how long it takes (`now() + CASE … END`), what stands around it; null: it may be nothing. */
function withoutCases(tokens: readonly SqlToken[]): readonly SqlToken[] | null {
  const start = tokens.findIndex((token) => isWord(token, "CASE"));
  if (start === -1) return tokens;
  const end = tokens.findIndex((token) => isWord(token, "END"));
  const branches = branchesOf(tokens.slice(start, end + 1));
  const isKnown = branches?.every(
    (branch) => branch.length > 0 && !branch.some((each) => isWord(each, "NULL")),
  );
  return isKnown === true ? [...tokens.slice(0, start), ...tokens.slice(end + 1)] : null;
}

/** `now() + interval '100 years'`, `DATE_ADD(NOW(), INTERVAL 1200 MONTH)`, `datetime('now', '+100 years')` */
function isForLong(tokens: readonly SqlToken[]): boolean {
  const text = tokens.map((token) => token.text.replace(/'/gu, "")).join(" ");
  return [...text.matchAll(/(?<!- ?)(\d+) *(year|month|week|day)s?(?![a-z])/giu)].some(
    ([, amount, unit]) => Number(amount) / (perYear.get((unit ?? "").toLowerCase()) ?? 1) >= longest,
  );
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === "word" && token.upper === word;
}

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

function set(tokens: readonly SqlToken[]): readonly SqlAssignment[] {
  const start = tokens.findIndex((token) => isWord(token, "SET"));
  if (start === -1) return [];
  const parts = splitAt(tokens.slice(start + 1));
  return parts.flatMap((part) => {
    const sign = part.findIndex(({ text }) => text === "=");
    const column = part[sign - 1];
    return sign < 1 || column === undefined
      ? []
      : [{ column: column.text, value: assigned(part.slice(sign + 1)) }];
  });
}

function inserted(tokens: readonly SqlToken[]): readonly SqlAssignment[] {
  const columnsAt = tokens.findIndex(({ text }) => text === "(");
  const word = tokens.findIndex((token) => isWord(token, "VALUES"));
  if (columnsAt === -1 || word < columnsAt) return [];
  const columns = splitAt(tokens.slice(columnsAt + 1));
  const values = splitAt(tokens.slice(word + 2));
  return columns.flatMap(([name], index) =>
    name === undefined ? [] : [{ column: name.text, value: assigned(values[index] ?? []) }],
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

function assigned(tokens: readonly SqlToken[]): SqlAssigned {
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
  if (tokens.some(({ kind, upper }) => kind === "word" && choosing.test(upper))) return { kind: "perhaps" };
  if (!tokens.some(({ kind, upper }) => kind === "word" && present.test(upper))) return { kind: "unknown" };
  return isForLong(tokens) ? { kind: "constant", value: "never" } : { kind: "moment" };
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

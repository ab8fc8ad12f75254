/**
 * Values that are joined into a statement while it runs: `VALUES (${list.map((_, i) => `$${i + 1}`).join(", ")})`. The
 * text tells how many columns there are, and each gets the next of the values, as such code counts them out.
 */
import type { SqlToken } from "./tokenize.js";

/** Writes placeholders where only the run time knows them. */
export function spellOutValues(tokens: readonly SqlToken[]): readonly SqlToken[] {
  if (!tokens.some((token) => isUnknown(token))) return tokens;
  const columns = columnsOf(tokens);
  const written: SqlToken[] = [];
  let depth = 0;
  let inValues = false;
  let inSet = false;
  let next = 0;
  let shift = 0;
  // Behind assignments that are joined in themselves, nothing tells which value is meant.
  const isCounted = !tokens.some((token, index) => token.upper === "SET" && isJoinedIn(tokens[index + 1]));
  const placeholder = (): SqlToken => placeholderAt(next++);
  tokens.forEach((token, index) => {
    if (token.text === "(") depth++;
    else if (token.text === ")") depth--;
    if (depth === 0 && token.kind === "word") {
      inValues = token.upper === "VALUES" || token.upper === "VALUE";
      if (token.upper === "SET") inSet = isCounted;
      else if (token.upper === "WHERE" || token.upper === "FROM") inSet = false;
    }
    const before = tokens[index - 1];
    if (isUnknown(token) && before?.text === "$" && (inValues || inSet)) {
      written.pop();
      written.push(placeholder());
    } else if (inValues && depth <= 1 && isUnknown(token) && countOf(tokens, index, depth, columns) > 0) {
      const values = Array.from({ length: countOf(tokens, index, depth, columns) }, placeholder);
      shift += values.length;
      const list = values.flatMap((each, position) => (position === 0 ? [each] : [comma, each]));
      written.push(...(depth === 0 ? [opening, ...list, closing] : list));
    } else {
      const moved = token.text === "?" ? moveBy(token, shift) : token;
      for (const each of moved.placeholders) if (each.kind === "position") next = each.index + 1;
      written.push(moved);
    }
  });
  return written;
}

function isUnknown({ kind, text, placeholders }: SqlToken): boolean {
  return kind === "sign" && text === "*" && placeholders.length === 0;
}

function isJoinedIn(token: SqlToken | undefined): boolean {
  return token !== undefined && isUnknown(token);
}

/** How many values are joined in; 0 where it may be one that is written out, beside others (`VALUES (?, ${now})`). */
function countOf(tokens: readonly SqlToken[], index: number, depth: number, columns: number): number {
  if (columns === 0 || !isWhole(tokens, index)) return 0;
  const others = depth === 0 ? 0 : othersBeside(tokens, index);
  return others === 0 || columns - others > 1 ? Math.max(columns - others, 0) : 0;
}

/** The value, or the list of rows, is nothing but what is joined in. */
function isWhole(tokens: readonly SqlToken[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (before?.upper === "VALUES" || before?.upper === "VALUE")
    return after === undefined || after.text !== "(";
  return (before?.text === "(" || before?.text === ",") && (after?.text === ")" || after?.text === ",");
}

/** How many columns the INSERT names; 0 where the text does not tell. */
function columnsOf(tokens: readonly SqlToken[]): number {
  const into = tokens.findIndex(({ upper }) => upper === "INTO");
  const open = tokens.findIndex(({ text }, index) => index > into && text === "(");
  const values = tokens.findIndex(({ upper }) => upper === "VALUES" || upper === "VALUE");
  if (into === -1 || open === -1 || values < open) return 0;
  const close = tokens.findIndex(({ text }, index) => index > open && text === ")");
  const names = tokens.slice(open + 1, close);
  if (close === -1 || names.some((each) => isUnknown(each))) return 0;
  return names.filter(({ text }) => text === ",").length + 1;
}

/** How many other values stand in the brackets around a value. */
function othersBeside(tokens: readonly SqlToken[], index: number): number {
  return commas(tokens, index, -1, "(", ")") + commas(tokens, index, 1, ")", "(");
}

function commas(
  tokens: readonly SqlToken[],
  from: number,
  direction: number,
  end: string,
  other: string,
): number {
  let depth = 0;
  let found = 0;
  for (let index = from + direction; ; index += direction) {
    const text = tokens[index]?.text;
    if (text === undefined || (text === end && depth === 0)) return found;
    if (text === other) depth++;
    else if (text === end) depth--;
    else if (text === "," && depth === 0) found++;
  }
}

function placeholderAt(index: number): SqlToken {
  const text = `$${String(index + 1)}`;
  return { kind: "placeholder", text, upper: text, placeholders: [{ kind: "position", index }] };
}

/** What `?` stands for is counted anew behind those that were joined in. */
function moveBy(token: SqlToken, by: number): SqlToken {
  const placeholders = token.placeholders.map((each) =>
    each.kind === "position" ? { ...each, index: each.index + by } : each,
  );
  return { ...token, placeholders };
}

const sign = (text: string): SqlToken => ({ kind: "sign", text, upper: text, placeholders: [] });
const comma = sign(",");
const opening = sign("(");
const closing = sign(")");

/**
 * A statement written anew for a parser: placeholders of all kinds, and holes of templates, become plain names that
 * every parser takes wherever a value, a column or a table may stand, and quoted names get the dialect's quotes.
 */
import type { SqlPlaceholder, SqlToken } from "../tokenize.js";

export interface MarkedText {
  readonly text: string;
  /** By the number in their mark. */
  readonly placeholders: readonly SqlPlaceholder[];
  /** Parsers may fold the case of names: as they were written, by lower case. */
  readonly spelling: ReadonlyMap<string, string>;
}

export type Quotes = readonly [open: string, close: string];

const mark = /sql_hole_(\d+)_/giu;

/** Writes the tokens of one statement. */
export function markedText(tokens: readonly SqlToken[], [open, close]: Quotes): MarkedText {
  const placeholders: SqlPlaceholder[] = [];
  const spelling = new Map<string, string>();
  let text = "";
  tokens.forEach((token, index) => {
    const marks = token.placeholders.map(
      (placeholder) => `sql_hole_${String(placeholders.push(placeholder) - 1)}_`,
    );
    const before = tokens[index - 1];
    const written =
      token.kind === "string"
        ? writtenString(token.text, marks)
        : token.kind === "placeholder" && isAfterLimit(before)
          ? "1"
          : token.kind === "placeholder"
            ? marks.join("")
            : marks.reduce((name, each) => name.replace("*", each), token.text);
    const isNew = !spelling.has(written.toLowerCase());
    if (isNew && (token.kind === "word" || token.kind === "name"))
      spelling.set(written.toLowerCase(), written);
    const isJoined =
      token.text === "." || before?.text === "." || (token.text === "(" && token.kind === "sign");
    text += isJoined || index === 0 ? "" : " ";
    text += token.kind === "name" ? open + written.replaceAll(close, close + close) + close : written;
  });
  return { text, placeholders, spelling };
}

/** A number is all that some parsers take there. */
function isAfterLimit(before: SqlToken | undefined): boolean {
  return before?.kind === "word" && (before.upper === "LIMIT" || before.upper === "OFFSET");
}

/** Prefixes and escapes are a dialect's own, and what a literal says is not asked. */
function writtenString(text: string, marks: readonly string[]): string {
  if (marks.length > 0) return text === "'*'" ? `'${marks.join("")}'` : `'text ${marks.join(" ")}'`;
  return /^'[^'\\]*'$/u.test(text) ? text : "'text'";
}

/** The placeholders that are marked in a name or a text. */
export function marksIn(text: string, { placeholders }: MarkedText): SqlPlaceholder[] {
  return [...text.matchAll(mark)].flatMap(([, index]) => placeholders[Number(index)] ?? []);
}

/** Whether it is nothing but one mark. */
export function isMark(text: string): boolean {
  return /^sql_hole_\d+_$/iu.test(text);
}

/** A name as it was written; `*` where only the run time knows a part of it. */
export function writtenName(name: string, { spelling }: MarkedText): string {
  return (spelling.get(name.toLowerCase()) ?? name).replaceAll(mark, "*");
}

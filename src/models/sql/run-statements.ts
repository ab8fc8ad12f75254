/** What a command of the database surely deletes: by itself, in blocks and loops, and through functions that it calls. */
import { isWord } from "./condition-tokens.js";
import { tokenizeSql, type SqlToken } from "./tokenize.js";

/** What functions consist of, by their names. */
type Bodies = ReadonlyMap<string, string>;

/** A part of a body that something begins and an `END` ends. */
type Block =
  | { readonly kind: "sure" }
  /** `IF`, `WHILE`, `EXCEPTION`: it may not be come to. */
  | { readonly kind: "unsure" }
  /** `FOR row IN SELECT … LOOP` */
  | { readonly kind: "rows"; readonly row: string; readonly query: string };

const deepest = 3;

/** `CREATE OR REPLACE FUNCTION purge() … AS $$ BEGIN DELETE … END $$`, `… BEGIN ATOMIC DELETE …; END` */
export function readBodies(text: string, bodies: Map<string, string>): void {
  const tokens = tokenizeSql(text);
  tokens.forEach((token, at) => {
    if (!isWord(token, "FUNCTION") && !isWord(token, "PROCEDURE")) return;
    const isMade = isWord(tokens[at - 1], "CREATE") || isWord(tokens[at - 1], "REPLACE");
    const [name] = isMade ? calledAt(tokens, at + 1) : [];
    const ends = tokens.findIndex((each, index) => index > at && each.text === ";");
    const within = tokens.slice(at, ends === -1 ? undefined : ends);
    const quoted = within.findLast(
      (each, index) =>
        each.kind === "string" && (each.text.startsWith("$") || isWord(within[index - 1], "AS")),
    );
    const body = quoted === undefined ? atomicBody(text, tokens, at, ends) : plainText(quoted);
    if (name !== undefined && body !== null) bodies.set(name.toLowerCase(), body);
  });
}

function atomicBody(text: string, tokens: readonly SqlToken[], from: number, ends: number): string | null {
  const start = tokens.findIndex((each, at) => at > from && isWord(each, "ATOMIC"));
  if (start === -1 || (ends !== -1 && start > ends)) return null;
  let depth = 1;
  for (const token of tokens.slice(start + 1)) {
    if (isWord(token, "BEGIN") || isWord(token, "CASE")) depth++;
    if (isWord(token, "END")) depth--;
    if (depth === 0) return text.slice((tokens[start]?.at ?? 0) + "ATOMIC".length, token.at);
  }
  return null;
}

/** The name that is called there, without its schema. */
function calledAt(tokens: readonly SqlToken[], at: number): readonly [string] | readonly [] {
  const name = tokens[at + 1]?.text === "." ? tokens[at + 2] : tokens[at];
  const behind = tokens[at + 1]?.text === "." ? tokens[at + 3] : tokens[at + 1];
  return name !== undefined && behind?.text === "(" ? [name.text] : [];
}

/** One after the other; what is deleted for each row of a loop is deleted of all rows of its query. */
export function deletionsRun(command: string, bodies: Bodies, depth = 0): readonly string[] {
  const open: Block[] = [];
  return partsOf(command).flatMap((whole): readonly string[] => {
    const part = behindBeginnings(command, whole, open);
    const [first] = part;
    if (first === undefined || open.some(({ kind }) => kind === "unsure")) return [];
    if (isWord(first, "DELETE") || isWord(first, "WITH")) {
      const statement = ofAllRows(command, part, open);
      return statement === null ? [] : [statement];
    }
    if (depth >= deepest || rowsNamed(part, open)) return [];
    const inner = isWord(first, "DO") ? part.find(({ kind }) => kind === "string") : undefined;
    if (inner !== undefined) return deletionsRun(plainText(inner), bodies, depth + 1);
    if (!isWord(first, "SELECT") && !isWord(first, "PERFORM") && !isWord(first, "CALL")) return [];
    const [name = ""] = calledAt(part, 1);
    const body = bodies.get(name.toLowerCase());
    return body === undefined ? [] : deletionsRun(body, bodies, depth + 1);
  });
}

/** The statement behind what begins and ends blocks before it. */
function behindBeginnings(command: string, whole: readonly SqlToken[], open: Block[]): readonly SqlToken[] {
  let part = whole;
  for (;;) {
    const [first, second, third] = part;
    if (first === undefined) return part;
    if (first.text === "<<") part = part.slice(3);
    else if (isWord(first, "BEGIN")) {
      open.push({ kind: "sure" });
      part = part.slice(isWord(second, "ATOMIC") ? 2 : 1);
    } else if (isWord(first, "LOOP")) {
      open.push({ kind: "sure" });
      part = part.slice(1);
    } else if (isWord(first, "EXCEPTION")) {
      open.splice(-1, 1, { kind: "unsure" });
      return [];
    } else if (isWord(first, "END")) {
      open.pop();
      return [];
    } else if (isWord(first, "IF") || isWord(first, "CASE")) {
      open.push({ kind: "unsure" });
      part = behind(part, "THEN");
    } else if (isWord(first, "WHILE") || isWord(first, "FOREACH")) {
      open.push({ kind: "unsure" });
      part = behind(part, "LOOP");
    } else if (isWord(first, "FOR") && second !== undefined && isWord(third, "IN")) {
      const rest = behind(part, "LOOP");
      const query = part.slice(3, part.length - rest.length - 1);
      open.push({ kind: "rows", row: second.upper, query: textOf(command, query) });
      part = rest;
    } else return part;
  }
}

function behind(part: readonly SqlToken[], word: string): readonly SqlToken[] {
  let depth = 0;
  const at = part.findIndex((token) => {
    if (token.text === "(") depth++;
    if (token.text === ")") depth--;
    return depth === 0 && isWord(token, word);
  });
  return at === -1 ? [] : part.slice(at + 1);
}

function rowsNamed(part: readonly SqlToken[], open: readonly Block[]): boolean {
  return part.some((token) => open.some((block) => block.kind === "rows" && block.row === token.upper));
}

/** `DELETE FROM meals WHERE id = row.id` with the query of the loop in the place of its row; null: nobody can tell. */
function ofAllRows(command: string, part: readonly SqlToken[], open: readonly Block[]): string | null {
  let statement = textOf(command, part);
  for (const block of open.toReversed()) {
    if (block.kind !== "rows") continue;
    const tokens = tokenizeSql(statement);
    const at = tokens.findIndex(({ upper }) => upper === block.row);
    const equals = tokens[at - 1];
    if (at === -1) continue;
    const isField = tokens[at + 1]?.text === ".";
    const last = tokens[isField ? at + 2 : at];
    const keys = last === undefined ? null : keysQuery(block.query, isField ? last.upper : null);
    if (equals?.text !== "=" || last === undefined || keys === null) return null;
    statement = `${statement.slice(0, equals.at)} IN (${keys}) ${statement.slice((last.at ?? 0) + last.text.length)}`;
  }
  return rowsNamed(tokenizeSql(statement), open) ? null : statement;
}

/** `SELECT id FROM meals WHERE …` of a query that gives more than that; `column` null: of its only column. */
function keysQuery(query: string, column: string | null): string | null {
  const whole = tokenizeSql(query);
  const tokens = whole[0]?.text === "(" ? whole.slice(1, -1) : whole;
  const from = tokens.length - behind(tokens, "FROM").length - 1;
  if (!isWord(tokens[0], "SELECT") || !isWord(tokens[from], "FROM")) return null;
  const columns = columnsOf(tokens.slice(isWord(tokens[1], "DISTINCT") ? 2 : 1, from));
  const named =
    column === null && columns.length === 1
      ? columns[0]
      : columns.find((each) => each.at(-1)?.upper === column || each.at(-1)?.text === "*");
  if (named === undefined) return null;
  const end = named.findIndex((token) => isWord(token, "AS"));
  const asked = end === -1 ? textOf(query, named) : textOf(query, named.slice(0, end));
  const isAll = named.at(-1)?.text === "*";
  if (isAll && column === null) return null;
  return `SELECT ${isAll ? `${asked.slice(0, -1)}${column ?? ""}` : asked} ${textOf(query, tokens.slice(from))}`;
}

function columnsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  const columns: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.text === "(") depth++;
    if (token.text === ")") depth--;
    if (depth === 0 && token.text === ",") columns.push([]);
    else columns.at(-1)?.push(token);
  }
  return columns;
}

function textOf(text: string, part: readonly SqlToken[]): string {
  const last = part.at(-1);
  return last === undefined ? "" : text.slice(part[0]?.at, (last.at ?? 0) + last.text.length);
}

function partsOf(text: string): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  for (const token of tokenizeSql(text))
    if (token.text === ";") parts.push([]);
    else parts.at(-1)?.push(token);
  return parts;
}

/** What stands between the quotes. */
export function plainText({ text }: SqlToken): string {
  const tag = /^\$\w*\$/u.exec(text)?.[0];
  return tag === undefined
    ? text.replace(/^\w*'|'$/gu, "").replaceAll("''", "'")
    : text.slice(tag.length, -tag.length);
}

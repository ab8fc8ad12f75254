/**
 * Reads the statements that make and change tables, for their foreign keys alone. Our own reader in every dialect:
 * what it asks is a few words, which are the same in all of them, while a parser that stumbles over a type, a
 * partition or a generated column loses the table.
 */
import type { OnDelete, SchemaChange } from "./schema-change.js";
import { TokenStream, UnexpectedSql } from "./token-stream.js";
import { type SqlToken, tokenizeSql } from "./tokenize.js";

/** The changes of a text in order; what is no such statement is passed over. */
export function readSchemaChanges(text: string): SchemaChange[] {
  if (!/\b(?:references|alter|drop|rename)\b/iu.test(text)) return [];
  return statementsOf(tokenizeSql(text)).flatMap((tokens) => {
    try {
      return readStatement(new TokenStream(tokens));
    } catch (error) {
      if (error instanceof UnexpectedSql) return [];
      throw error;
    }
  });
}

/** Statements end at a semicolon, and where a T-SQL batch does. */
function statementsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    const isEnd = token.kind === "sign" ? token.text === ";" : token.kind === "word" && token.upper === "GO";
    if (isEnd) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 2);
}

function readStatement(stream: TokenStream): SchemaChange[] {
  if (stream.take("CREATE")) {
    while (stream.take("TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "OR", "REPLACE")) continue;
    return stream.take("TABLE") ? readCreate(stream) : [];
  }
  if (stream.take("ALTER")) return stream.take("TABLE") ? readAlter(stream) : [];
  if (stream.take("DROP")) {
    if (!stream.take("TABLE")) return [];
    skipExists(stream);
    return listOfNames(stream).map((table) => ({ kind: "no-table", table }));
  }
  if (stream.take("RENAME")) {
    stream.expect("TABLE");
    const table = stream.readName();
    stream.expect("TO");
    return [{ kind: "renamed", table, to: stream.readName() }];
  }
  return [];
}

function readCreate(stream: TokenStream): SchemaChange[] {
  const isAgain = skipExists(stream);
  const table = stream.readName();
  if (!stream.sees("(")) return [];
  // A table that is made anew has the keys that stand here, and no others.
  const before: SchemaChange[] = isAgain ? [] : [{ kind: "no-table", table }];
  return [...before, ...groupOf(stream).flatMap((item) => readKey(new TokenStream(item), table))];
}

function readAlter(stream: TokenStream): SchemaChange[] {
  skipExists(stream);
  stream.take("ONLY");
  const table = stream.readName();
  stream.take("*");
  const rest: SqlToken[] = [];
  while (!stream.atEnd) rest.push(stream.next());
  let isAdding = false;
  return partsOf(rest).flatMap((part) => {
    const action = new TokenStream(part);
    if (action.take("WITH")) while (action.take("CHECK", "NOCHECK")) continue;
    // `ADD a int REFERENCES …, CONSTRAINT k FOREIGN KEY …`: the word holds for what comes after it.
    const adds = action.take("ADD");
    if (adds || (isAdding && !action.sees("DROP", "ALTER", "MODIFY", "CHANGE", "RENAME"))) {
      isAdding = true;
      action.take("COLUMN");
      skipExists(action);
      if (action.sees("(")) return groupOf(action).flatMap((item) => readKey(new TokenStream(item), table));
      return readKey(action, table);
    }
    isAdding = false;
    return readAction(action, table);
  });
}

function readAction(action: TokenStream, table: string): SchemaChange[] {
  if (action.take("DROP")) {
    const isKey = action.take("CONSTRAINT") || (action.take("FOREIGN") && action.take("KEY"));
    if (!isKey && action.sees("PRIMARY", "INDEX", "KEY", "CHECK", "PARTITION", "PERIOD")) return [];
    action.take("COLUMN");
    skipExists(action);
    const name = action.readName();
    return [isKey ? { kind: "no-key", table, name } : { kind: "no-key-of", table, columns: [name] }];
  }
  if (action.take("CHANGE")) {
    action.take("COLUMN");
    return [{ kind: "renamed-column", table, column: action.readName(), to: action.readName() }];
  }
  if (!action.take("RENAME") || action.take("CONSTRAINT", "INDEX", "KEY")) return [];
  if (action.take("TO", "AS")) return [{ kind: "renamed", table, to: action.readName() }];
  action.take("COLUMN");
  const column = action.readName();
  action.expect("TO");
  return [{ kind: "renamed-column", table, column, to: action.readName() }];
}

const noColumn = [
  "PRIMARY",
  "UNIQUE",
  "CHECK",
  "KEY",
  "INDEX",
  "EXCLUDE",
  "LIKE",
  "FULLTEXT",
  "SPATIAL",
  "PERIOD",
];

/** A column or a constraint: the foreign key that it makes, if it does. */
function readKey(item: TokenStream, table: string): SchemaChange[] {
  let name = item.take("CONSTRAINT") ? item.readName() : null;
  if (item.sees(...noColumn)) return [];
  let columns: string[];
  if (item.take("FOREIGN")) {
    item.expect("KEY");
    // MySQL names the index of the key here.
    if (!item.sees("(")) name ??= item.readName();
    columns = groupOf(item).map((part) => new TokenStream(part).readName());
  } else columns = [item.readName()];
  while (!item.atEnd && !item.sees("REFERENCES")) {
    if (item.sees("(")) item.skipGroup();
    else if (item.take("CONSTRAINT")) name = item.readName();
    else item.next();
  }
  if (!item.take("REFERENCES")) return [];
  const parent = item.readName();
  item.skipGroup();
  return [{ kind: "key", table, columns, name, parent, onDelete: readOnDelete(item) }];
}

function readOnDelete(item: TokenStream): OnDelete {
  while (!item.atEnd) {
    if (!item.take("ON")) {
      item.next();
      continue;
    }
    if (!item.take("DELETE")) continue;
    if (item.take("CASCADE")) return "cascade";
    return item.take("SET") ? "set-null" : "restrict";
  }
  return "restrict";
}

/** `IF EXISTS`, `IF NOT EXISTS`. */
function skipExists(stream: TokenStream): boolean {
  if (!stream.take("IF")) return false;
  stream.take("NOT");
  stream.expect("EXISTS");
  return true;
}

function listOfNames(stream: TokenStream): string[] {
  const names: string[] = [];
  do names.push(stream.readName());
  while (stream.take(","));
  return names;
}

/** The items of the bracketed list that begins here. */
function groupOf(stream: TokenStream): SqlToken[][] {
  stream.expect("(");
  const inside: SqlToken[] = [];
  for (let depth = 1; !stream.atEnd;) {
    const token = stream.next();
    if (token.kind === "sign" && token.text === "(") depth++;
    else if (token.kind === "sign" && token.text === ")") depth--;
    if (depth === 0) break;
    inside.push(token);
  }
  return partsOf(inside);
}

/** What commas of this level part. */
function partsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === "sign" && token.text === "(") depth++;
    else if (token.kind === "sign" && token.text === ")") depth--;
    if (depth === 0 && token.kind === "sign" && token.text === ",") parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

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
  if (!/\b(?:references|alter|drop|rename|sp_rename|inherits|partition)\b/iu.test(text)) return [];
  return statementsOf(tokenizeSql(text.replaceAll(copiedRows, ""))).flatMap((tokens) =>
    unlessUnexpected(() => readStatement(new TokenStream(tokens))),
  );
}

/** What was not expected in a statement; null: it can be read, or is none that is. */
export function cannotRead(tokens: readonly SqlToken[]): string | null {
  try {
    readStatement(new TokenStream(tokens));
    return null;
  } catch (error) {
    if (error instanceof UnexpectedSql) return error.message;
    throw error;
  }
}

/** Rows that a dump of PostgreSQL brings between its statements. */
export const copiedRows = /^COPY\b[^;]*\bFROM\s+stdin\b[^;]*;[\s\S]*?^\\\.$/gimu;

function unlessUnexpected(read: () => SchemaChange[]): SchemaChange[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnexpectedSql) return [];
    throw error;
  }
}

/** Statements end at a semicolon, and where a T-SQL batch does. */
function statementsOf(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    const isEnd = token.kind === "sign" ? token.text === ";" : token.kind === "word" && token.upper === "GO";
    if (isEnd) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 1);
}

function readStatement(stream: TokenStream): SchemaChange[] {
  // `DO $$ BEGIN ALTER TABLE … EXCEPTION WHEN duplicate_object THEN null; END $$`: a script in the script.
  if (stream.take("DO")) return textsIn(stream).flatMap(readSchemaChanges);
  if (stream.take(...beginnings))
    while (!stream.atEnd && !stream.sees("CREATE", "ALTER", "DROP", "RENAME", "EXEC", "EXECUTE")) {
      if (stream.sees("(")) stream.skipGroup();
      else stream.next();
    }
  if (stream.take("EXEC", "EXECUTE"))
    return runs(stream, "sp_rename") ? readRenaming(stream) : textsIn(stream).flatMap(readSchemaChanges);
  if (stream.take("CREATE")) {
    while (stream.take("TEMP", "TEMPORARY", "UNLOGGED", "GLOBAL", "LOCAL", "OR", "REPLACE")) continue;
    return stream.take("TABLE") ? readCreate(stream) : [];
  }
  if (stream.take("ALTER")) return stream.take("TABLE") ? readAlter(stream) : [];
  if (stream.take("DROP")) return stream.take("TABLE") ? readDrop(stream) : [];
  if (stream.take("RENAME")) {
    stream.expect("TABLE");
    const renamed: SchemaChange[] = [];
    do {
      const table = stream.readName();
      stream.expect("TO");
      renamed.push({ kind: "renamed", table, to: stream.readName() });
    } while (stream.take(","));
    return renamed;
  }
  return [];
}

/** Words of scripts that stand before a statement: `IF NOT EXISTS (…) BEGIN CREATE TABLE …`. */
const beginnings = ["BEGIN", "IF", "THEN", "ELSE", "DECLARE", "LOOP"];

/** `EXEC sp_rename …`, `EXEC @code = [sys].[sp_rename] …` */
function runs(stream: TokenStream, procedure: string): boolean {
  if (stream.peek().kind === "placeholder" && stream.peek(1).text === "=") {
    stream.next();
    stream.next();
  }
  const isName = stream.peek().kind === "word" || stream.peek().kind === "name";
  return isName && stream.readName().toLowerCase() === procedure;
}

/** What stands in quotes, as it would be run. */
function textsIn(stream: TokenStream): string[] {
  const texts: string[] = [];
  while (!stream.atEnd) {
    const { kind, text } = stream.next();
    if (kind === "string")
      texts.push(text.replaceAll(/^(?:\$\w*\$|N?')|(?:\$\w*\$|')$/gu, "").replaceAll("''", "'"));
  }
  return texts;
}

/** `sp_rename 'dbo.a', 'b'`, `sp_rename 'dbo.a.c', 'd', 'COLUMN'` */
function readRenaming(stream: TokenStream): SchemaChange[] {
  const [from = "", to = "", what = "OBJECT"] = textsIn(stream);
  const names = from.split(".").map((name) => name.replaceAll(/^[["]|[\]"]$/gu, ""));
  const last = names.at(-1) ?? "";
  if (/^column$/iu.test(what))
    return [{ kind: "renamed-column", table: names.at(-2) ?? "", column: last, to }];
  return /^object$/iu.test(what) ? [{ kind: "renamed", table: last, to }] : [];
}

function readDrop(stream: TokenStream): SchemaChange[] {
  skipExists(stream);
  const tables = listOfNames(stream);
  // With it go the keys of other tables that lead to it.
  const references = stream.sees("CASCADE");
  return tables.map((table) => ({ kind: "no-table", table, ...(references ? { references } : {}) }));
}

/** Rows of a partition, and of a table that inherits, are deleted through the one that they are part of. */
function partOf(table: string, parent: string, name: string | null): SchemaChange {
  return { kind: "key", table, columns: [], name, parent, onDelete: "cascade" };
}

/** A table is a partition of one other at most, and inherits from any number. */
const partition = "partition";

function readCreate(stream: TokenStream): SchemaChange[] {
  const isAgain = skipExists(stream);
  const table = stream.readName();
  // A table that is made anew has the keys that stand here, and no others.
  const before: SchemaChange[] = isAgain ? [] : [{ kind: "no-table", table }];
  if (stream.take("PARTITION") && stream.take("OF")) before.push(partOf(table, stream.readName(), partition));
  if (!stream.sees("(")) return before;
  const keys = groupOf(stream).flatMap((item) =>
    unlessUnexpected(() => readKey(new TokenStream(item), table)),
  );
  const parents = stream.take("INHERITS") ? groupOf(stream) : [];
  return [
    ...before,
    ...keys,
    ...parents.map((parent) => partOf(table, new TokenStream(parent).readName(), null)),
  ];
}

function readAlter(stream: TokenStream): SchemaChange[] {
  skipExists(stream);
  stream.take("ONLY");
  const table = stream.readName();
  stream.take("*");
  const rest: SqlToken[] = [];
  while (!stream.atEnd) rest.push(stream.next());
  let current: "add" | "drop-column" | "drop-key" | null = null;
  return partsOf(rest).flatMap((part) =>
    unlessUnexpected(() => {
      const action = new TokenStream(part);
      if (action.take("WITH")) while (action.take("CHECK", "NOCHECK")) continue;
      // `ADD a int REFERENCES …, CONSTRAINT k FOREIGN KEY …`: the word holds for what comes after it.
      const isOther = action.sees("DROP", "ALTER", "MODIFY", "CHANGE", "RENAME", "ATTACH", "DETACH", "SET");
      if (action.take("ADD") || (current === "add" && !isOther)) {
        current = "add";
        action.take("COLUMN");
        skipExists(action);
        if (action.sees("(")) return groupOf(action).flatMap((item) => readKey(new TokenStream(item), table));
        return readKey(action, table);
      }
      // `DROP COLUMN a, b`, `DROP CONSTRAINT a, b, COLUMN c`
      if ((current === "drop-column" || current === "drop-key") && !isOther) {
        if (action.take("CONSTRAINT")) current = "drop-key";
        else if (action.take("COLUMN")) current = "drop-column";
        skipExists(action);
        const name = action.readName();
        return [
          current === "drop-key"
            ? { kind: "no-key", table, name }
            : { kind: "no-key-of", table, columns: [name] },
        ];
      }
      const isDrop = action.sees("DROP");
      current = null;
      const changes = readAction(action, table);
      if (isDrop) current = changes.some(({ kind }) => kind === "no-key") ? "drop-key" : "drop-column";
      return changes;
    }),
  );
}

function readAction(action: TokenStream, table: string): SchemaChange[] {
  if (action.take("DROP")) return readDropping(action, table);
  if (action.take("CHANGE")) {
    action.take("COLUMN");
    return [{ kind: "renamed-column", table, column: action.readName(), to: action.readName() }];
  }
  if (action.take("ATTACH")) {
    action.expect("PARTITION");
    return [partOf(action.readName(), table, partition)];
  }
  if (action.take("DETACH")) {
    action.expect("PARTITION");
    return [{ kind: "no-key", table: action.readName(), name: partition }];
  }
  if (action.take("INHERIT")) return [partOf(table, action.readName(), null)];
  if (!action.take("RENAME") || action.take("INDEX", "KEY")) return [];
  if (action.take("CONSTRAINT")) {
    const name = action.readName();
    action.expect("TO");
    return [{ kind: "renamed-key", table, name, to: action.readName() }];
  }
  if (action.take("TO", "AS")) return [{ kind: "renamed", table, to: action.readName() }];
  const isColumn = action.take("COLUMN");
  const name = action.readName();
  // `RENAME pupils`, as MySQL may have it.
  if (!isColumn && action.atEnd) return [{ kind: "renamed", table, to: name }];
  action.expect("TO");
  return [{ kind: "renamed-column", table, column: name, to: action.readName() }];
}

function readDropping(action: TokenStream, table: string): SchemaChange[] {
  const isKey = action.take("CONSTRAINT") || (action.take("FOREIGN") && action.take("KEY"));
  if (!isKey && action.sees("PRIMARY", "INDEX", "KEY", "CHECK", "PARTITION", "PERIOD")) return [];
  action.take("COLUMN");
  skipExists(action);
  // `DROP (a, b)`
  const names = action.sees("(")
    ? groupOf(action).map((part) => new TokenStream(part).readName())
    : [action.readName()];
  return isKey
    ? names.map((name) => ({ kind: "no-key", table, name }))
    : [{ kind: "no-key-of", table, columns: names }];
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
    if (depth === 0) return partsOf(inside);
    inside.push(token);
  }
  // Where it would end nobody knows, nor what of it belongs to the table.
  throw new UnexpectedSql("a bracket is not closed");
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

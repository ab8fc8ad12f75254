/** The parser packages, each loaded when a statement first asks for it: most runs need none. */
import { createRequire } from "node:module";
import type * as pgsqlAstParser from "pgsql-ast-parser";
import type { Quotes } from "./marked-text.js";
import { isTree, type Tree } from "./tree.js";

export type Dialect = "postgres" | "mysql" | "sqlite" | "tsql";

export const quotesOf: Readonly<Record<Dialect, Quotes>> = {
  postgres: ['"', '"'],
  mysql: ["`", "`"],
  sqlite: ["`", "`"],
  tsql: ["[", "]"],
};

interface ManyDialectsParser {
  astify(text: string, options: { readonly database: string }): unknown;
}

/** One file a dialect; `scripts/copy-models.mjs` puts these files, and not the whole package, beside compiled code. */
const files: Readonly<
  Record<Exclude<Dialect, "postgres">, { readonly path: string; readonly name: string }>
> = {
  mysql: { path: "node-sql-parser/build/mysql.js", name: "MySQL" },
  sqlite: { path: "node-sql-parser/build/sqlite.js", name: "Sqlite" },
  tsql: { path: "node-sql-parser/build/transactsql.js", name: "TransactSQL" },
};

const load = createRequire(import.meta.url);
let postgres: typeof pgsqlAstParser | undefined;
const parsers = new Map<Dialect, ManyDialectsParser>();

export function parsePostgres(text: string): readonly pgsqlAstParser.Statement[] {
  postgres ??= load("pgsql-ast-parser") as typeof pgsqlAstParser;
  return postgres.parse(text);
}

export function parseWith(dialect: Exclude<Dialect, "postgres">, text: string): readonly Tree[] {
  const { path, name } = files[dialect];
  let parser = parsers.get(dialect);
  if (parser === undefined) {
    const { Parser } = load(path) as { readonly Parser: new () => ManyDialectsParser };
    parsers.set(dialect, (parser = new Parser()));
  }
  const trees = parser.astify(text, { database: name });
  return (Array.isArray(trees) ? trees : [trees]).filter(isTree);
}

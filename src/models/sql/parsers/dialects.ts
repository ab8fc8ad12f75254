/** Which dialect a statement is written in, as far as its words tell. */
import type { SqlToken } from "../tokenize.js";
import type { Dialect } from "./load-parsers.js";

/** What a parser reads; all else has no columns that get values. */
const parsed = new Set(["SELECT", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE", "TRUNCATE", "DROP"]);

const words: Readonly<Record<Dialect, ReadonlySet<string>>> = {
  postgres: new Set(["RETURNING", "ILIKE", "CONFLICT", "::", "->>", "UNNEST", "LATERAL", "JSONB"]),
  mysql: new Set(["DUPLICATE", "IGNORE", "AUTO_INCREMENT", "ENGINE", "UNSIGNED", "STRAIGHT_JOIN", "`"]),
  sqlite: new Set(["AUTOINCREMENT", "GLOB", "ROWID", "STRICT"]),
  tsql: new Set(["NVARCHAR", "IDENTITY", "NOLOCK", "GETDATE", "["]),
};

const usual: readonly Dialect[] = ["postgres", "mysql", "sqlite", "tsql"];
const sqliteFirst: readonly Dialect[] = ["sqlite", "mysql", "postgres", "tsql"];

/** In the order to try; none where it is not for a parser. */
export function dialectsFor(tokens: readonly SqlToken[]): readonly Dialect[] {
  const [first, second] = tokens;
  if (first === undefined || !parsed.has(first.upper)) return [];
  const score = (dialect: Dialect): number =>
    tokens.filter(({ kind, upper, quote }) =>
      words[dialect].has(kind === "name" ? (quote ?? "") : kind === "string" ? "" : upper),
    ).length;
  // `INSERT OR IGNORE`
  const order = second?.upper === "OR" ? sqliteFirst : usual;
  return order
    .map((dialect, position) => ({ dialect, points: order === usual ? score(dialect) : 0, position }))
    .sort((a, b) => b.points - a.points || a.position - b.position)
    .map(({ dialect }) => dialect);
}

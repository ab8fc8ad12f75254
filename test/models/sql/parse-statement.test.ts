import { describe, expect, it } from "vitest";
import { dialectsFor } from "../../../src/models/sql/parsers/dialects.js";
import { parseStatement } from "../../../src/models/sql/parsers/parse-statement.js";
import type { SqlSource, SqlStatement } from "../../../src/models/sql/statement.js";
import { sqlHole, tokenizeSql } from "../../../src/models/sql/tokenize.js";

function parsed(text: string): SqlStatement | null {
  return parseStatement(tokenizeSql(text));
}

function show(source: SqlSource): string {
  if (source.kind === "literal") return "literal";
  const placeholders =
    source.kind === "placeholder" ? [source.placeholder] : source.parts.map((part) => part.placeholder);
  const names = placeholders.map((each) => (each.kind === "name" ? each.name : String(each.index)));
  return source.kind === "placeholder" ? names.join("") : `(${[...names, ...source.columns].join(" ")})`;
}

function writes(text: string): string[] | undefined {
  return parsed(text)?.writes.map(
    ({ table, column, position, source }) => `${table}.${column ?? String(position)}=${show(source)}`,
  );
}

describe("the parsers read", () => {
  it.each([
    [`INSERT INTO s."Child" ("realName") VALUES ($1::text) RETURNING id`, ["Child.realName=0"]],
    ["INSERT INTO Children (Name) VALUES (lower($1))", ["Children.Name=(0)"]],
    ["INSERT INTO t (a, b) SELECT * FROM unnest($1::text[], $2::int[])", ["t.a=0", "t.b=1"]],
    ["INSERT INTO t (b, a) SELECT u.b, u.a FROM unnest($1, $2) AS u (a, b)", ["t.b=1", "t.a=0"]],
    ["INSERT INTO t (a, b) SELECT * FROM json_populate_recordset(null::t, $1)", ["t.a=(0)", "t.b=(0)"]],
    [
      "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = excluded.b || $3",
      ["t.a=0", "t.b=1", "t.b=(2 b)"],
    ],
    ["UPDATE t SET a = $1, b = (SELECT x FROM s WHERE y = $2)", ["t.a=0", "t.b=(x)"]],
    ["UPDATE t SET a = CASE WHEN b IN ($1, $2) THEN $3 END", ["t.a=(2)"]],
    [
      "INSERT INTO `t` (`a`) VALUES (?) ON DUPLICATE KEY UPDATE b = VALUES(a), c = ?",
      ["t.a=0", "t.b=(a)", "t.c=1"],
    ],
    ["UPDATE t AS c JOIN g ON g.id = c.gid SET c.a = AES_ENCRYPT(?, 'k') WHERE g.b = ?", ["t.a=(0)"]],
    ["INSERT OR REPLACE INTO t (a) VALUES (:a)", ["t.a=a"]],
    ["UPDATE c SET c.a = @a FROM child c WHERE c.id = @id", ["child.a=a"]],
    ["REPLACE INTO t VALUES (?1, ?2)", ["t.0=0", "t.1=1"]],
  ])("%s", (text, expected) => {
    expect(writes(text)).toEqual(expected);
  });

  it("texts with holes in values, names and quotes", () => {
    expect(
      writes(`INSERT INTO child_${sqlHole(0)} (a, b) VALUES (${sqlHole(1)}, 'Mr ${sqlHole(2)}')`),
    ).toEqual(["child_*.a=1", "child_*.b=(2)"]);
  });

  it("what is deleted, read and given back", () => {
    const statement = parsed("WITH d AS (DELETE FROM A x USING b RETURNING x.id) SELECT id AS n FROM d");
    expect(statement).toBeNull();
    const moved = parsed(
      "WITH d AS (DELETE FROM Gone WHERE id = $1 RETURNING *) SELECT id AS n, count(*) FROM d, e",
    );
    expect([moved?.deleted, moved?.read, moved?.results]).toEqual([
      ["Gone"],
      ["e"],
      [
        { name: "n", column: "id" },
        { name: "count", column: null },
      ],
    ]);
    expect(parsed("DELETE c FROM child c JOIN g ON g.id = c.gid")?.deleted).toEqual(["child"]);
  });
});

describe("the parsers leave to our own reader", () => {
  it.each([
    "INSERT INTO t SET ?",
    "INSERT INTO t (a) VALUES ?",
    "UPDATE t SET ? WHERE id = ?",
    "INSERT INTO t (a) OUTPUT inserted.id VALUES (@a)",
    "INSERT INTO t (a, b VALUES ($1",
    "hello, world",
    "((((",
    "BEGIN",
  ])("%s", (text) => {
    expect(parsed(text)).toBeNull();
  });
});

describe("dialects", () => {
  it.each([
    ["SELECT a::text FROM t", "postgres"],
    ["SELECT `a` FROM t", "mysql"],
    ["SELECT [a] FROM t", "tsql"],
    ["INSERT OR IGNORE INTO t (a) VALUES (?)", "sqlite"],
    ["SELECT 1", "postgres"],
  ])("%s", (text, dialect) => {
    expect(dialectsFor(tokenizeSql(text))[0]).toBe(dialect);
  });
});

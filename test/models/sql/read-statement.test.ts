import { describe, expect, it } from "vitest";
import { readSql } from "../../../src/models/sql/read-statement.js";
import type { SqlSource, SqlStatement } from "../../../src/models/sql/statement.js";
import { type SqlPlaceholder, sqlHole } from "../../../src/models/sql/tokenize.js";

function one(text: string): SqlStatement {
  const statements = readSql(text);
  expect(statements).toHaveLength(1);
  return statements?.[0] as SqlStatement;
}

function show(placeholder: SqlPlaceholder): string {
  if (placeholder.kind === "name") return `:${placeholder.name}`;
  return placeholder.kind === "hole" ? `hole${String(placeholder.index)}` : `$${String(placeholder.index)}`;
}

function showSource(source: SqlSource): string {
  if (source.kind === "literal") return "literal";
  if (source.kind === "placeholder") return show(source.placeholder);
  const parts = source.parts.map((part) =>
    [...part.within.map((each) => each.name), show(part.placeholder)].join("/"),
  );
  return `(${[...parts, ...source.columns].join(" ")})`;
}

/** `table.column=source` for every written column. */
function writes(text: string): string[] {
  return one(text).writes.map(
    (write) =>
      `${write.table}.${write.column ?? String(write.position)}${write.expand === null ? "" : `[${write.expand}]`}=${showSource(write.source)}`,
  );
}

function lookups(text: string): string[] {
  return one(text).lookups.map(show);
}

describe("readSql: what is written", () => {
  it.each([
    ["INSERT INTO guide (id, name) VALUES ($1, $2)", ["guide.id=$0", "guide.name=$1"]],
    ['INSERT INTO public."Child" ("realName") VALUES ($1::text)', ["Child.realName=$0"]],
    ["insert into t values (?, ?, now())", ["t.0=$0", "t.1=$1", "t.2=literal"]],
    ["INSERT INTO t (a, b) VALUES (?, 1), (?, 'x')", ["t.a=$0", "t.b=literal", "t.a=$1", "t.b=literal"]],
    ["INSERT INTO t (a, b) VALUES (:a, @b)", ["t.a=:a", "t.b=:b"]],
    ["INSERT INTO t (a) VALUES (${child.email})", ["t.a=:child.email"]],
    ["INSERT INTO t (a) VALUES ($/email/)", ["t.a=:email"]],
    ["INSERT INTO t SET ?", ["t.0[object]=$0"]],
    ["INSERT INTO t (a, b) VALUES ?", ["t.0[rows]=$0"]],
    [
      "INSERT INTO `t` (`a`) VALUES (?) ON DUPLICATE KEY UPDATE a = VALUES(a), b = ?",
      ["t.a=$0", "t.a=(a)", "t.b=$1"],
    ],
    [
      "INSERT INTO t (id, a) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET a = EXCLUDED.a, b = $3 WHERE t.c = $4",
      ["t.id=$0", "t.a=$1", "t.a=(a)", "t.b=$2"],
    ],
    ["INSERT OR REPLACE INTO t (a) VALUES ($a)", ["t.a=:a"]],
    ["INSERT INTO [dbo].[t] ([a]) OUTPUT inserted.id VALUES (@p1)", ["t.a=:p1"]],
    ["INSERT INTO t (a, b) SELECT s.x, $1 FROM s WHERE s.y = $2", ["t.a=(x)", "t.b=$0"]],
    ["INSERT INTO t SELECT * FROM s", ["t.0=(*)"]],
    ["CREATE TABLE t AS SELECT s.x, y AS b FROM s", ["t.0=(x)", "t.1=(y)"]],
    ["CREATE TABLE IF NOT EXISTS t (a) AS SELECT x FROM s", ["t.a=(x)"]],
    ["CREATE TEMP TABLE t AS SELECT x FROM s", []],
    ["CREATE TABLE t (a text, b int)", []],
    ["SELECT x, y AS b INTO t FROM s", ["t.x=(x)", "t.b=(y)"]],
    ["SELECT * INTO #t FROM s", []],
    ["UPDATE t SET a = $1, b = NULL, c = c + 1 WHERE id = $2", ["t.a=$0", "t.b=literal", "t.c=(c)"]],
    ["UPDATE t SET (a, b) = ($1, $2)", ["t.a=$0", "t.b=$1"]],
    ["UPDATE c SET c.a = @a FROM child c WHERE c.id = @id", ["child.a=:a"]],
    ["UPDATE t JOIN u ON t.id = u.tid SET t.a = ? WHERE u.b = ?", ["t.a=$0"]],
    ["UPDATE t SET a = CASE WHEN b = $1 THEN $2 ELSE a END", ["t.a=($1 a)"]],
    ["UPDATE t SET a = (SELECT x FROM s WHERE y = $1)", ["t.a=(x)"]],
    ["UPDATE t SET a = pgp_sym_encrypt($1, $2)", ["t.a=(pgp_sym_encrypt/$0 pgp_sym_encrypt/$1)"]],
    ["UPDATE t SET a = left($1, 3), b = coalesce($2, b)", ["t.a=(left/$0)", "t.b=(coalesce/$1 b)"]],
    ["UPDATE t SET tags[1] = $1", ["t.tags=$0"]],
    [
      "MERGE INTO t USING s ON t.id = $3 WHEN MATCHED THEN UPDATE SET a = $1 WHEN NOT MATCHED THEN INSERT (a) VALUES ($2)",
      ["t.a=$0", "t.a=$1"],
    ],
    ["WITH old AS (SELECT id FROM s WHERE k = $1) INSERT INTO t (a) VALUES ($2)", ["t.a=$1"]],
    ["WITH new AS (INSERT INTO t (a) VALUES ($1) RETURNING id) SELECT id FROM new", ["t.a=$0"]],
  ])("%s", (text, expected) => {
    expect(writes(text)).toEqual(expected);
    expect(one(text).complete).toBe(true);
  });

  it("finds holes in values, quotes and names", () => {
    expect(writes(`INSERT INTO guide (name) VALUES ('${sqlHole(0)}')`)).toEqual(["guide.name=hole0"]);
    expect(writes(`INSERT INTO guide (name) VALUES (${sqlHole(0)})`)).toEqual(["guide.name=hole0"]);
    expect(writes(`UPDATE guide SET name = 'Mr ${sqlHole(0)}' WHERE id = ${sqlHole(1)}`)).toEqual([
      "guide.name=(hole0)",
    ]);
    expect(one(`INSERT INTO ${sqlHole(0)} (a) VALUES ($1)`).written).toEqual(["*"]);
    expect(one(`INSERT INTO child_${sqlHole(0)} (a) VALUES ($1)`).written).toEqual(["child_*"]);
    expect(writes(`INSERT INTO t ${sqlHole(0)}`)).toEqual(["t.0[rows]=hole0"]);
    expect(writes(`UPDATE t SET ${sqlHole(0)}`)).toEqual(["t.0[object]=hole0"]);
  });
});

describe("readSql: what only selects", () => {
  it.each([
    ["SELECT id FROM guide WHERE name = $1 AND phone = $2", ["$0", "$1"]],
    ["UPDATE guide SET tours = 1 WHERE phone = $1", ["$0"]],
    ["DELETE FROM guide WHERE name = $1", ["$0"]],
    ["INSERT INTO t (a) SELECT 1 FROM s WHERE y = $1", ["$0"]],
    ["UPDATE t SET a = CASE WHEN b = $1 THEN 1 ELSE 2 END", ["$0"]],
    ["UPDATE t SET a = (SELECT x FROM s WHERE y = $1)", ["$0"]],
    ["SELECT * FROM a LIMIT $1 OFFSET $2", ["$0", "$1"]],
    ["CALL save($1)", ["$0"]],
  ])("%s", (text, expected) => {
    expect(lookups(text)).toEqual(expected);
    expect(
      one(text)
        .writes.map((write) => showSource(write.source))
        .filter((source) => source.includes("$")),
    ).toEqual([]);
  });

  it("finds a hole in a comparison", () => {
    expect(lookups(`SELECT 1 FROM guide WHERE phone = '${sqlHole(3)}'`)).toEqual(["hole3"]);
  });
});

describe("readSql: tables and results", () => {
  it("tells written, read and deleted tables apart", () => {
    const statement = one(
      "WITH moved AS (DELETE FROM a WHERE id = $1 RETURNING *) INSERT INTO b (x) SELECT m.x FROM moved m JOIN c ON c.id = m.id",
    );
    expect([statement.verb, statement.written, statement.read, statement.deleted]).toEqual([
      "insert",
      ["b"],
      ["c"],
      ["a"],
    ]);
    expect(one("TRUNCATE TABLE a, b CASCADE").deleted).toEqual(["a", "b"]);
    expect(one("DROP TABLE IF EXISTS s.x").deleted).toEqual(["x"]);
    expect(one("DELETE c FROM child c JOIN g ON g.id = c.gid").deleted).toEqual(["child"]);
    expect(
      one("SELECT * FROM (SELECT 1 FROM inner_table) x, other o WHERE EXISTS (SELECT 1 FROM third)").read,
    ).toEqual(["inner_table", "other", "third"]);
  });

  it("names the columns that come back", () => {
    expect(one("SELECT id, c.email AS mail, count(*) n FROM child c").results).toEqual([
      { name: "id", column: "id" },
      { name: "mail", column: "email" },
      { name: "n", column: null },
    ]);
    expect(one("SELECT c.* FROM child c").results).toBeNull();
    expect(one("INSERT INTO t (a) VALUES ($1) RETURNING id").results).toEqual([{ name: "id", column: "id" }]);
    expect(one("INSERT INTO t (a) VALUES ($1)").results).toEqual([]);
  });

  it("reads several statements and skips comments", () => {
    const statements = readSql(
      "BEGIN; -- INSERT INTO x\nINSERT INTO t (a) VALUES ('; DROP TABLE y'); /* z */ COMMIT;",
    );
    expect(statements?.map((each) => each.verb)).toEqual(["transaction", "insert", "transaction"]);
    expect(statements?.[1]?.written).toEqual(["t"]);
  });
});

describe("readSql: what it cannot parse", () => {
  it("still tells verb and table", () => {
    const statement = one("INSERT INTO t (a, b VALUES ($1");
    expect([statement.verb, statement.written, statement.complete]).toEqual(["insert", ["t"], false]);
    expect(statement.writes.map((write) => showSource(write.source))).toEqual(["$0"]);
  });

  it("gives null for what is no SQL", () => {
    expect(readSql("hello, world")).toBeNull();
    expect(readSql("")).toBeNull();
    expect(readSql("{ user(id: 1) { name } }")).toBeNull();
  });

  it("ends on any input", () => {
    for (const text of [
      "(((((",
      "SELECT (",
      "WITH x AS (",
      "UPDATE SET",
      "INSERT INTO",
      "'unclosed",
      "$$ unclosed",
      "SELECT CASE WHEN",
      "DELETE",
      "MERGE INTO t USING",
    ]) {
      expect(() => readSql(text)).not.toThrow();
    }
  });
});

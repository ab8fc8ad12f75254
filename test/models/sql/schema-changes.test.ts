import { describe, expect, it } from "vitest";
import { compareMigrations, isDownScript, upPart } from "../../../src/models/sql/migration-order.js";
import { readSchemaChanges } from "../../../src/models/sql/read-schema-changes.js";
import { foreignKeysAfter } from "../../../src/models/sql/schema-change.js";

/** `child > parent action` after all texts. */
function keys(...texts: readonly string[]): string[] {
  return foreignKeysAfter(texts.flatMap(readSchemaChanges)).map(
    ({ table, parent, onDelete }) => `${table} > ${parent} ${onDelete}`,
  );
}

describe("forms of scripts, dumps and dialects", () => {
  const child = "CREATE TABLE c (p int CONSTRAINT k REFERENCES p ON DELETE CASCADE); ";
  it.each([
    [
      "DO $$ BEGIN ALTER TABLE c ADD CONSTRAINT k FOREIGN KEY (p) REFERENCES p(id) ON DELETE cascade; EXCEPTION WHEN duplicate_object THEN null; END $$;",
      ["c > p cascade"],
    ],
    [
      "DO $x$ BEGIN IF NOT EXISTS (SELECT 1) THEN EXECUTE 'ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p ON DELETE CASCADE'; END IF; END $x$",
      ["c > p cascade"],
    ],
    [
      "IF OBJECT_ID('c') IS NULL BEGIN CREATE TABLE c (p INT REFERENCES p(id) ON DELETE CASCADE) END",
      ["c > p cascade"],
    ],
    ["CREATE TABLE y PARTITION OF c FOR VALUES IN (1)", ["y > c cascade"]],
    ["CREATE TABLE y () INHERITS (a, s.b)", ["y > a cascade", "y > b cascade"]],
    ["ALTER TABLE c ATTACH PARTITION y DEFAULT; ALTER TABLE c DETACH PARTITION y", []],
    [
      "COPY c (a) FROM stdin;\n1; DROP\n\\.\nALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p",
      ["c > p restrict"],
    ],
    [`${child}ALTER TABLE c RENAME CONSTRAINT k TO l; ALTER TABLE c DROP CONSTRAINT l`, []],
    [`${child}DROP TABLE p CASCADE`, []],
    [`${child}DROP TABLE p`, ["c > p cascade"]],
    [`${child}RENAME TABLE c TO d, p TO q`, ["d > q cascade"]],
    [`${child}ALTER TABLE p RENAME q`, ["c > q cascade"]],
    [`${child}EXEC sp_rename 'dbo.c', 'd'; EXEC sp_rename N'd.p', 'q', 'COLUMN'`, ["d > p cascade"]],
    [`${child}EXEC sys.sp_rename 'dbo.c', 'd'`, ["d > p cascade"]],
    [`${child}EXECUTE @code = [sys].[sp_rename] N'c', N'd'`, ["d > p cascade"]],
    [`${child}EXEC dbo.rename_all 'c', 'd'`, ["c > p cascade"]],
    [`${child}EXEC ('DROP TABLE c')`, []],
    [`${child}EXEC sp_executesql N'DROP TABLE c'`, []],
    [`${child}ALTER TABLE c DROP CONSTRAINT l, k`, []],
    [`${child}ALTER TABLE c DROP CONSTRAINT IF EXISTS l, COLUMN p`, []],
    [`${child}ALTER TABLE c DROP COLUMN q, CONSTRAINT k`, []],
    [`${child}ALTER TABLE c DROP CONSTRAINT l, m`, ["c > p cascade"]],
    [`${child}ALTER TABLE c DROP CONSTRAINT l, p`, ["c > p cascade"]],
    [`${child}CREATE TABLE c AS SELECT 1`, []],
    [`${child}ALTER TABLE c DROP (p, q)`, []],
    [`${child}ALTER TABLE c ALTER 7, DROP COLUMN q, p`, []],
  ])("%s", (text, expected) => {
    expect(keys(text)).toEqual(expected);
  });
});

describe("foreign keys", () => {
  it.each([
    [
      "CREATE TABLE c (id int, p_id int NOT NULL REFERENCES p (id) ON DELETE CASCADE, note text)",
      ["c > p cascade"],
    ],
    ["CREATE TABLE IF NOT EXISTS s.c (p_id int REFERENCES s.p ON UPDATE CASCADE)", ["c > p restrict"]],
    [
      'CREATE TABLE "c" (a int, b numeric(3, 2) DEFAULT (1 + 2), CONSTRAINT k FOREIGN KEY (a, b) REFERENCES "p" ("x", "y") ON UPDATE CASCADE ON DELETE SET NULL)',
      ["c > p set-null"],
    ],
    [
      "CREATE TABLE `c` (`id` int NOT NULL AUTO_INCREMENT, `p` int, PRIMARY KEY (`id`), KEY `k` (`p`), CONSTRAINT `f` FOREIGN KEY (`p`) REFERENCES `p` (`id`) ON DELETE CASCADE) ENGINE=InnoDB",
      ["c > p cascade"],
    ],
    [
      "CREATE TABLE [dbo].[c] ([id] INT IDENTITY(1,1), [p] INT CONSTRAINT f FOREIGN KEY REFERENCES p(id) ON DELETE CASCADE)",
      ["c > p cascade"],
    ],
    [
      "ALTER TABLE ONLY public.c ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES public.p(id) ON DELETE CASCADE NOT VALID",
      ["c > p cascade"],
    ],
    [
      "ALTER TABLE c ADD COLUMN p int REFERENCES p ON DELETE CASCADE, ADD COLUMN q int REFERENCES q",
      ["c > p cascade", "c > q restrict"],
    ],
    [
      "ALTER TABLE [c] WITH CHECK ADD CONSTRAINT f FOREIGN KEY ([p]) REFERENCES [p] ([id]) ON DELETE CASCADE\nGO\nALTER TABLE [c] CHECK CONSTRAINT [f]",
      ["c > p cascade"],
    ],
    ["CREATE TABLE c AS SELECT * FROM p", []],
    ["CREATE TABLE c (id int) PARTITION BY RANGE (id); CREATE INDEX i ON c (id)", []],
  ])("%s", (text, expected) => {
    expect(keys(text)).toEqual(expected);
  });

  const base = "CREATE TABLE c (p_id int REFERENCES p ON DELETE CASCADE)";
  it.each([
    ["ALTER TABLE c DROP CONSTRAINT c_p_id_fkey", []],
    ["ALTER TABLE c DROP CONSTRAINT IF EXISTS other", ["c > p cascade"]],
    ["ALTER TABLE c DROP COLUMN IF EXISTS p_id", []],
    ["ALTER TABLE c DROP COLUMN note", ["c > p cascade"]],
    [
      "ALTER TABLE c DROP CONSTRAINT c_p_id_fkey, ADD FOREIGN KEY (p_id) REFERENCES p ON DELETE SET NULL",
      ["c > p set-null"],
    ],
    ["DROP TABLE c, d CASCADE", []],
    ["ALTER TABLE p RENAME TO people", ["c > people cascade"]],
    ["ALTER TABLE c RENAME COLUMN p_id TO person; ALTER TABLE c DROP COLUMN person", []],
    ["ALTER TABLE c RENAME p_id TO person; ALTER TABLE c DROP CONSTRAINT c_p_id_fkey", []],
    [
      "CREATE TABLE new_c (p_id int, CONSTRAINT f FOREIGN KEY (p_id) REFERENCES p (id)); INSERT INTO new_c SELECT * FROM c; DROP TABLE c; ALTER TABLE new_c RENAME TO c",
      ["c > p restrict"],
    ],
    ["ALTER TABLE c ADD CONSTRAINT", ["c > p cascade"]],
    ["'unclosed", ["c > p cascade"]],
  ])("then %s", (text, expected) => {
    expect(keys(base, text)).toEqual(expected);
  });
});

describe("files of migrations", () => {
  it("leaves out what takes a step back", () => {
    expect(["1_a.down.sql", "x/down.sql", "U2__a.sql", "rollback/3_a.sql"].filter(isDownScript)).toHaveLength(
      4,
    );
    expect(
      ["1_a.up.sql", "0001_countdown.sql", "2_down_payment.sql", "up.sql", "V2__a.sql"].filter(isDownScript),
    ).toEqual([]);
    expect(upPart("-- migrate:up\nA;\n-- migrate:down\nB;")).toBe("-- migrate:up\nA;\n");
    expect(upPart("-- +goose Up\nA;\n-- +goose Down\nB;")).toBe("-- +goose Up\nA;\n");
    expect(upPart("A;")).toBe("A;");
  });

  it("orders by number", () => {
    expect(["V10__b.sql", "V2__a.sql"].sort(compareMigrations)).toEqual(["V2__a.sql", "V10__b.sql"]);
    expect(["m/20240102_b/migration.sql", "m/20240101_a/migration.sql"].sort(compareMigrations)[0]).toContain(
      "_a",
    );
  });
});

import { describe, expect, test } from "vitest";
import { unreadStatements } from "../../../src/models/sql/unread-statements.js";

const key = "FOREIGN KEY (child_id) REFERENCES child(id)";

describe("what cannot be read of a migration", () => {
  test.each([
    [
      `ALTER TABLE pet ADD CONSTRAINT fk FOREIGN KEY (child_id REFERENCES child(id);`,
      "a bracket is not closed",
    ],
    ["ALTER TABEL pet DROP CONSTRAINT fk;", '"TABEL" stands where TABLE would'],
    ["ALTR TABLE pet DROP CONSTRAINT fk;", '"ALTR" is no statement'],
    ["this is no sql at all {{ }}", "nothing here is a statement of SQL"],
    [`ALTER TABLE pet ADD CONSTRAINT fk ${key} ON DELETE CASCDE;`, '"CASCDE" is nothing that ON DELETE does'],
    [
      `ALTER TABLE pet DROP CONSTRAINT fk\nALTER TABLE pet ADD CONSTRAINT fk ${key};`,
      "the statement before has no end",
    ],
    ["CREATE TABLE a (id int)\nDROP TABLE b;", "the statement before has no end"],
  ])("%s", (text, problem) => {
    expect(unreadStatements(text).map((each) => each.problem)).toEqual([problem]);
  });

  test("stands where it begins", () => {
    const text = `CREATE TABLE a (id int);\nALTER TABLE pet ADD ${key} ON DELETE CASCDE;`;
    expect(unreadStatements(text)[0]?.at).toBe(text.indexOf("CASCDE"));
  });

  test.each([
    `ALTER TABLE pet ADD CONSTRAINT fk ${key} ON DELETE SET NULL ON UPDATE CASCADE;`,
    `ALTER TABLE pet ADD ${key} ON DELETE NO ACTION; ALTER TABLE pet ADD ${key} ON DELETE RESTRICT`,
    "CREATE TABLE [dbo].[a] ([id] int)\nCREATE TABLE [dbo].[b] ([id] int)",
    "CREATE TABLE a (id int)\nGO\nDROP TABLE b\nGO",
    "CREATE RULE keep AS ON DELETE TO pet DO INSTEAD NOTHING;",
    "DO $$ BEGIN ALTER TABLE a ADD b int; EXCEPTION WHEN duplicate_column THEN null; END $$;",
    "\\connect school\nCREATE TABLE a (id int);",
    "LOCK TABLE a; CLUSTER a;",
    "-- nothing yet\n",
    "INSERT INTO a VALUES (1);",
  ])("reads %s", (text) => {
    expect(unreadStatements(text)).toEqual([]);
  });
});

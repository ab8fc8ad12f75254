import { expect, test } from "vitest";
import { readSql } from "../../../src/models/sql/read-statement.js";

function columns(text: string): readonly string[] {
  const [statement] = readSql(text) ?? [];
  return (statement?.writes ?? []).map(({ column, source }) => {
    const told =
      source.kind === "placeholder" && source.placeholder.kind === "position"
        ? String(source.placeholder.index)
        : source.kind;
    return `${column ?? "?"}=${told}`;
  });
}

test.each([
  ["insert into t (a, b) values (*)", ["a=0", "b=1"]],
  ["insert into t (a, b) values *", ["a=0", "b=1"]],
  ["insert into t (a, b) values ($*, $*)", ["a=0", "b=1"]],
  ["insert into t (a, b, c) values (?, *) on duplicate key update a = ?", ["a=0", "b=1", "c=2", "a=3"]],
  // One value that is written out says nothing of the others.
  ["insert into t (a, b, c) values (?, *, ?)", ["a=0", "b=literal", "c=1"]],
  ["update t set a = $*, b = $* where id = $*", ["a=0", "b=1"]],
  // Nothing tells which columns these are.
  ["insert into t (*) values (*)", []],
  ["update t set * where id = $*", []],
])("values that are joined in are counted out: %s", (text, expected) => {
  expect(columns(text)).toEqual(expected);
});

import { expect, test } from "vitest";
import { readPrismaSchema } from "../../src/project/prisma-schema.js";

const schema = `generator client {
  provider = "prisma-client-js"
  output   = "../gen" // here
}
datasource db { 
  url = env("DATABASE_URL")
}
/// A child.
/// @childData identity
model Child {
  id    String   @id @default(uuid()) /// the key
  // not a comment of the schema
  /// @encrypted
  name  String?  @map("http://x")
  tags  String[]
  owner Guardian @relation(
    fields: [ownerId],
    references: [id]
  )
  ownerId String
  raw Unsupported("circle")?

  @@map("children")
  @@index([ownerId, name(sort: Desc)])
}
enum Side { 
  LEFT /// left
  RIGHT @map("r")
}
view Empty {}
type Address {
  street String
}
`;

test("blocks, fields, comments and attributes with their places", () => {
  const read = readPrismaSchema("schema.prisma", schema);
  expect(read.problems).toEqual([]);
  expect(read.outputs).toEqual(["../gen"]);
  expect(read.blocks.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "model Child",
    "enum Side",
    "view Empty",
    "type Address",
  ]);
  const [child] = read.blocks;
  expect(child?.comments.map(({ text }) => text)).toEqual([" A child.", " @childData identity"]);
  expect(child?.attributes).toEqual(['@@map("children")', "@@index([ownerId, name(sort: Desc)])"]);
  expect(
    child?.fields.map(
      ({ name, type, list, optional }) => `${name} ${type}${list ? "[]" : ""}${optional ? "?" : ""}`,
    ),
  ).toEqual([
    "id String",
    "name String?",
    "tags String[]",
    "owner Guardian",
    "ownerId String",
    'raw Unsupported("circle")?',
  ]);
  expect(child?.fields[0]?.comments.map(({ text }) => text)).toEqual([" the key"]);
  expect(child?.fields[1]?.comments.map(({ text }) => text)).toEqual([" @encrypted"]);
  for (const block of read.blocks) {
    expect(schema.slice(...block.nameAt)).toBe(block.name);
    for (const field of block.fields) expect(schema.slice(...field.nameAt)).toBe(field.name);
    for (const { text, start } of block.comments) expect(schema.slice(start, start + text.length)).toBe(text);
  }
});

test("one bad line costs no other", () => {
  const read = readPrismaSchema(
    "a.prisma",
    "model A {\n  id Int\n  = 3\n  name String\n}\nnonsense\nmodel B {\n  id Int\n",
  );
  expect(read.blocks.map(({ name, fields }) => [name, fields.length])).toEqual([
    ["A", 2],
    ["B", 1],
  ]);
  expect(
    read.problems.map(
      ({ location, subject }) => `${String(location.line)}:${String(location.column)} ${subject}`,
    ),
  ).toEqual(["3:3 unexpected `= 3` in model A", "6:1 unexpected `nonsense`", "7:7 model B is not closed"]);
});

test("a block that is left open is told, and the next one is read as its own", () => {
  const read = readPrismaSchema(
    "schema.prisma",
    `model Child {
  id   Int @id
  name Strin g
  type String

model Camp {
  id Int @id
}
`,
  );
  expect(read.blocks.map(({ name, fields }) => [name, fields.map((field) => field.name)])).toEqual([
    ["Child", ["id", "name", "type"]],
    ["Camp", ["id"]],
  ]);
  expect(read.problems.map(({ subject, location }) => [location.line, subject])).toEqual([
    [3, "unexpected `g` in model Child"],
    [1, "model Child is not closed"],
  ]);
});

test("an argument list that is left open is told at its line, and costs no other block", () => {
  const read = readPrismaSchema(
    "schema.prisma",
    `model Kid {
  id   Int @id
  @@index([id
  name String
}

model Camp {
  id Int @id
}
`,
  );
  expect(read.blocks.map(({ name }) => name)).toEqual(["Kid", "Camp"]);
  expect(read.problems.map(({ subject, location }) => [location.line, subject])).toEqual([
    [3, "`@@index([id` is not closed"],
    [1, "model Kid is not closed"],
  ]);
});

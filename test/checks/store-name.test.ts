import { describe, expect, test } from "vitest";
import { clientOf, matchesStore, storeNameOf } from "../../src/checks/store-name.js";
import type { Sink } from "../../src/contracts/flow.js";

function sink(parts: Partial<Sink>): Sink {
  return {
    role: "store",
    package: "npm:@prisma/client",
    path: "PrismaClient.*.create",
    callee: "prisma.child.create",
    medium: "database",
    target: "child",
    recipientRole: null,
    addressName: null,
    recipient: null,
    purpose: null,
    host: null,
    protectedBy: null,
    location: { file: "a.ts", line: 1, column: 1 },
    enclosing: "save",
    ...parts,
  };
}

test.for([
  ["npm:@prisma/client", "", "prisma"],
  ["@prisma/client", "", "prisma"],
  ["npm:@aws-sdk/client-s3", "", "s3"],
  ["npm:pg", "", "pg"],
  ["npm:@acme/kv", "", "kv"],
  ["node:fs/promises", "", "fs"],
  ["global", "localStorage.setItem", "localStorage"],
] as const)("the client of %s is called %s%s", ([module, path, expected]) => {
  expect(clientOf(sink({ package: module, path }))).toBe(expected);
});

describe("a match of the config", () => {
  test.for([
    ["database:prisma/*", true],
    ["database:prisma/child", true],
    ["database:prisma/Child", true],
    ["database:prisma", true],
    ["*:prisma/child", true],
    ["database:@prisma/client/child", true],
    ["database:prisma/guardian", false],
    ["cache:prisma/*", false],
    ["database:pris/*", false],
  ] as const)("%s: %s", ([pattern, expected]) => {
    expect(matchesStore(pattern, sink({}))).toBe(expected);
  });

  test("a target that is not known is only matched by a wildcard", () => {
    expect(matchesStore("database:prisma/child", sink({ target: null }))).toBe(false);
    expect(matchesStore("database:prisma/*", sink({ target: null }))).toBe(true);
  });

  test("dots and brackets are themselves", () => {
    expect(matchesStore("file:fs/a.b", sink({ package: "node:fs", medium: "file", target: "axb" }))).toBe(
      false,
    );
    expect(storeNameOf(sink({ package: "node:fs", medium: "file", target: "a.b" }))).toBe("file:fs/a.b");
  });
});

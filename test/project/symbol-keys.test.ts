import { expect, test } from "vitest";
import { openProject } from "../../src/project/open-project.js";
import { temporaryFolder } from "./temporary-folder.js";

/** Keys of what the names in `probe.ts` mean, in order. */
function keys(files: Readonly<Record<string, string>>, installed = false): string[] {
  const packages: Record<string, string> = installed
    ? {
        "node_modules/pg/package.json": '{"name":"pg","types":"i.d.ts"}',
        "node_modules/pg/i.d.ts": "export class Pool { query(): void }",
      }
    : {};
  const project = openProject({ root: temporaryFolder({ "tsconfig.json": "{}", ...packages, ...files }) });
  const { ts } = project;
  const checker = project.checkerFor("probe.ts");
  const found: string[] = [];
  const visit = (node: import("typescript").Node): void => {
    if (
      ts.isTypeReferenceNode(node) ||
      ts.isPropertyAccessExpression(node) ||
      ts.isExpressionStatement(node)
    ) {
      const name = ts.isTypeReferenceNode(node)
        ? node.typeName
        : ts.isPropertyAccessExpression(node)
          ? node.name
          : node.expression;
      const symbol = checker.getSymbolAtLocation(name);
      if (symbol !== undefined) found.push(project.symbolKeyOf(symbol) ?? "none");
      if (ts.isPropertyAccessExpression(node)) return;
    }
    ts.forEachChild(node, visit);
  };
  const source = project.sourceFile("probe.ts");
  if (source !== undefined) visit(source);
  // An expression statement and the access in it are the same place.
  return found.filter((key, index) => key !== found[index - 1]);
}

test("own declarations", () => {
  const own =
    "export class Store { static make() {} #seal = 1; save() {} constructor(readonly db: number) {} }\nexport namespace Outer { export interface Inner { a: string } }\nexport default class { go() {} }\nexport enum Side { Left }";
  const probe =
    'import Thing, { Store, Outer, Side as S } from "./own.js";\nStore; Thing;\nStore.make; Side2.Left;\ndeclare const s: Store, i: Outer.Inner, t: Thing; s.save; s.db; i.a; t.go; S.Left;\nimport { Side as Side2 } from "./own.js";\nfunction f() { interface Local { a: string } const l: Local = null!; l.a; }';
  expect(keys({ "own.ts": own, "probe.ts": probe })).toEqual([
    "file:own.ts#Store",
    "file:own.ts#default",
    "file:own.ts#Store.make",
    "file:own.ts#Side.Left",
    "file:own.ts#Store",
    "file:own.ts#Outer.Inner",
    "file:own.ts#default",
    "file:own.ts#Store.save",
    "file:own.ts#Store.db",
    "file:own.ts#Outer.Inner.a",
    "file:own.ts#default.go",
    "file:own.ts#Side.Left",
    "none",
  ]);
});

test.each([false, true])(
  "names of packages, through re-exports and type-only imports (installed: %s)",
  (installed) => {
    const barrel =
      'export { Pool as Connection } from "pg";\nexport type { Client } from "pg";\nimport { Pool } from "pg";\nexport { Pool };\nexport * as pg from "pg";';
    const probe =
      'import type { Connection, Client, Pool } from "./barrel.js";\nimport express, { type Request } from "express";\nimport * as fs from "node:fs";\ndeclare const a: Connection, b: Client, c: Pool, d: Request, e: express.Response, f: fs.WriteStream, g: import("./barrel.js").Pool;\nexpress; fs;';
    expect(keys({ "barrel.ts": barrel, "probe.ts": probe }, installed)).toEqual([
      "npm:pg#Pool",
      "npm:pg#Client",
      "npm:pg#Pool",
      "npm:express#Request",
      "npm:express#Response",
      "node:fs#WriteStream",
      "npm:express#default",
      "node:fs",
    ]);
  },
);

test("the library", () => {
  expect(
    keys({
      "probe.ts":
        "declare const d: Date, m: Map<string, number>, n: Intl.NumberFormat;\nd.getTime; m.get; [].map;\nconsole.log;",
    }),
  ).toEqual([
    "lib#Date",
    "lib#Map",
    "lib#Intl.NumberFormat",
    "lib#Date.getTime",
    "lib#Map.get",
    "lib#Array.map",
    "lib#Console.log",
  ]);
});

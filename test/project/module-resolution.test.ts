import { describe, expect, test } from "vitest";
import { openProject } from "../../src/project/open-project.js";
import { temporaryFolder } from "./temporary-folder.js";

function resolve(files: Readonly<Record<string, string>>, from: string, ...specifiers: string[]): unknown[] {
  const project = openProject({ root: temporaryFolder(files) });
  return specifiers.map((specifier) => {
    const target = project.moduleOf(from, specifier);
    return target === null ? null : "file" in target ? target.file : target.module;
  });
}

describe("relative", () => {
  test("extensions, index files, and what is written as .js", () => {
    const files = {
      "src/a.ts": "",
      "src/b.tsx": "",
      "src/c/index.ts": "",
      "src/d.mts": "",
      "src/e.jsx": "",
      "src/f.js": "",
      "src/f.d.ts": "",
      "src/g.test.ts": "",
    };
    expect(
      resolve(
        files,
        "src/a.ts",
        "./b",
        "./b.js",
        "./c",
        "./c/index.js",
        "./d.mjs",
        "./e",
        "./f",
        "./f.js",
        "./gone",
        ".",
        "./g.test",
        "../../out",
      ),
    ).toEqual([
      "src/b.tsx",
      "src/b.tsx",
      "src/c/index.ts",
      "src/c/index.ts",
      "src/d.mts",
      "src/e.jsx",
      "src/f.js",
      "src/f.js",
      null,
      null,
      "src/g.test.ts",
      null,
    ]);
  });
});

describe("aliases", () => {
  const files = {
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        baseUrl: ".",
        paths: { "@app/*": ["src/*"], "@app/special/*": ["lib/*"], exact: ["src/a"] },
      },
    }),
    "package.json": JSON.stringify({
      name: "me",
      imports: { "#db": "./dist/db.js", "#lib/*": { default: "./lib/*.js" }, "#out": "pg" },
    }),
    "src/a.ts": "",
    "src/db.ts": "",
    "lib/x.ts": "",
    "src/special/x.ts": "",
  };
  test("paths, baseUrl and #imports", () => {
    expect(
      resolve(
        files,
        "src/a.ts",
        "@app/db",
        "@app/special/x",
        "exact",
        "src/db",
        "#db",
        "#lib/x",
        "#out",
        "#none",
        "@app/gone",
        "me",
      ),
    ).toEqual(
      [
        "src/db.ts",
        "lib/x.ts",
        "src/a.ts",
        "src/db.ts",
        "src/db.ts",
        "lib/x.ts",
        "npm:pg",
        null,
        "npm:@app/gone",
        "src/a.ts",
      ].map((value, index) => (index === 9 ? "npm:me" : value)),
    );
  });

  test("paths come down through extends, relative to the config that states them", () => {
    const extended = {
      "config/base.json": JSON.stringify({ compilerOptions: { paths: { "~/*": ["../src/*"] } } }),
      "tsconfig.json": JSON.stringify({ extends: "./config/base.json" }),
      "src/a.ts": "",
      "src/b/c.ts": "",
    };
    expect(resolve(extended, "src/a.ts", "~/b/c")).toEqual(["src/b/c.ts"]);
  });

  test("each file's own config counts, and JavaScript's customs where there is none", () => {
    const each = {
      "a/tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "#x": ["./one.ts"] } } }),
      "b/tsconfig.json": JSON.stringify({ compilerOptions: { paths: { "#x": ["./two.ts"] } } }),
      "a/one.ts": "",
      "b/two.ts": "",
    };
    expect(resolve(each, "a/one.ts", "#x")).toEqual(["a/one.ts"]);
    expect(resolve(each, "b/two.ts", "#x")).toEqual(["b/two.ts"]);
    expect(
      resolve({ "src/a.js": "", "src/lib/b.js": "" }, "src/a.js", "@/lib/b", "src/lib/b", "@/gone"),
    ).toEqual(["src/lib/b.js", "src/lib/b.js", null]);
  });
});

describe("workspace packages lead to their sources", () => {
  const files = {
    "package.json": JSON.stringify({ workspaces: { packages: ["packages/*", "!packages/old"] } }),
    "packages/app/package.json": JSON.stringify({ name: "@acme/app" }),
    "packages/app/src/main.ts": "",
    "packages/db/package.json": JSON.stringify({
      name: "@acme/db",
      exports: {
        ".": { types: "./dist/index.d.ts", import: "./dist/index.js" },
        "./pool": "./dist/esm/pool.js",
        "./tables/*": "./dist/tables/*.js",
      },
    }),
    "packages/db/src/index.ts": "",
    "packages/db/src/pool.ts": "",
    "packages/db/src/tables/child.ts": "",
    "packages/db/dist/index.js": "",
    "packages/plain/package.json": JSON.stringify({ name: "plain", main: "lib/main.js" }),
    "packages/plain/lib/main.js": "",
    "packages/plain/lib/deep.js": "",
    "packages/out/package.json": JSON.stringify({ name: "out", main: "./compiled/a.js" }),
    "packages/out/tsconfig.json": JSON.stringify({
      compilerOptions: { outDir: "compiled", rootDir: "source" },
    }),
    "packages/out/source/a.ts": "",
    "packages/out/src/a.ts": "",
    "packages/old/package.json": JSON.stringify({ name: "old" }),
    "packages/old/index.js": "",
  };
  test("by name, sub-path and pattern", () => {
    expect(
      resolve(
        files,
        "packages/app/src/main.ts",
        "@acme/db",
        "@acme/db/pool",
        "@acme/db/tables/child",
        "@acme/app",
        "plain",
        "plain/lib/deep",
        "old",
        "@acme/db/none",
      ),
    ).toEqual([
      "packages/db/src/index.ts",
      "packages/db/src/pool.ts",
      "packages/db/src/tables/child.ts",
      "packages/app/src/main.ts",
      "packages/plain/lib/main.js",
      "packages/plain/lib/deep.js",
      "npm:old",
      "npm:@acme/db/none",
    ]);
    expect(resolve(files, "packages/app/src/main.ts", "out")).toEqual(["packages/out/src/a.ts"]);
  });

  test("pnpm workspaces", () => {
    const pnpm = {
      "pnpm-workspace.yaml": "packages:\n  - libs/*\n",
      "libs/a/package.json": '{"name":"a"}',
      "libs/a/index.ts": "",
      "other/b/package.json": '{"name":"b"}',
      "other/b/index.ts": "",
      "main.ts": "",
    };
    expect(resolve(pnpm, "main.ts", "a", "b")).toEqual(["libs/a/index.ts", "npm:b"]);
  });
});

test("packages, built-ins and other schemes keep their names", () => {
  expect(
    resolve(
      { "a.ts": "" },
      "a.ts",
      "pg",
      "lodash/get",
      "@aws-sdk/client-s3",
      "fs",
      "node:fs/promises",
      "fs/promises",
      "npm:pg@8",
      "npm:@scope/p@1/sub",
      "bun:sqlite",
      "https://esm.sh/x",
    ),
  ).toEqual([
    "npm:pg",
    "npm:lodash/get",
    "npm:@aws-sdk/client-s3",
    "node:fs",
    "node:fs/promises",
    "node:fs/promises",
    "npm:pg",
    "npm:@scope/p/sub",
    "bun:sqlite",
    "https://esm.sh/x",
  ]);
});

test("a generated Prisma client is the client, generated or not", () => {
  const schema =
    'generator client {\n  provider = "prisma-client"\n  output = "../src/generated/prisma"\n}\n';
  expect(
    resolve(
      { "prisma/schema.prisma": schema, "src/a.ts": "" },
      "src/a.ts",
      "./generated/prisma/client",
      "./generated/prisma",
      "./generated/other",
    ),
  ).toEqual(["npm:@prisma/client", "npm:@prisma/client", null]);
});

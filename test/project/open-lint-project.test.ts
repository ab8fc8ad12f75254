import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import typescript from "typescript";
import { expect, test } from "vitest";
import type { LintProjectOptions } from "../../src/project/open-lint-project.js";
import { openLintProject } from "../../src/project/open-lint-project.js";
import { openProject } from "../../src/project/open-project.js";
import type { Project } from "../../src/project/project.js";
import { temporaryFolder } from "./temporary-folder.js";

const files = {
  "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true }, include: ["src"] }),
  "src/a.ts":
    'import { b } from "./b.js";\nimport { Pool } from "pg";\nexport const a: Pool = b;\nimport "./gone.js";',
  "src/b.ts": "export const b: any = 1;",
  "src/b.test.ts": "",
  "scripts/c.js": "const x = ;",
  "node_modules/pg/package.json": '{"name":"pg","types":"i.d.ts"}',
  "node_modules/pg/i.d.ts": "export class Pool { query(): number }",
};

function programOf(
  root: string,
  rootNames: readonly string[],
  texts: Readonly<Record<string, string>> = {},
  old?: typescript.Program,
): typescript.Program {
  const options: typescript.CompilerOptions = {
    strict: true,
    module: typescript.ModuleKind.NodeNext,
    target: typescript.ScriptTarget.ES2022,
  };
  const host = typescript.createCompilerHost(options, true);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language, ...rest) => {
    const known = old?.getSourceFile(name);
    const text = texts[name.slice(root.length + 1)];
    if (text !== undefined) return typescript.createSourceFile(name, text, language, true);
    return known ?? getSourceFile(name, language, ...rest);
  };
  const program = typescript.createProgram(
    rootNames.map((name) => join(root, name)),
    options,
    host,
  );
  program.getTypeChecker();
  return program;
}

function open(root: string, program: typescript.Program, more: Partial<LintProjectOptions> = {}): Project {
  return openLintProject({ ts: typescript, program, root, ...more });
}

test("holds the files and problems that the audit has, whatever the program holds", () => {
  const root = temporaryFolder(files);
  const audit = openProject({ root });
  for (const rootNames of [["src/a.ts"], ["src/b.ts"], ["src/a.ts", "src/b.ts", "src/b.test.ts"]]) {
    const lint = open(root, programOf(root, rootNames));
    expect(lint.files).toEqual(audit.files);
    expect(lint.problems).toEqual(audit.problems);
    expect(lint.moduleOf("src/a.ts", "./b.js")).toEqual({ file: "src/b.ts" });
    expect(lint.program.getSourceFiles().some(({ fileName }) => fileName.includes("node_modules/pg"))).toBe(
      false,
    );
  }
});

test("uses the program's own source files", () => {
  const root = temporaryFolder(files);
  const program = programOf(root, ["src/a.ts"]);
  const project = open(root, program);
  expect(project.sourceFile("src/a.ts")).toBe(program.getSourceFile(join(root, "src/a.ts")));
  expect(project.sourceFile("scripts/c.js")).toBeDefined();
});

test("the same texts give the same project; an edit changes only what it changes", () => {
  const root = temporaryFolder(files);
  const first = programOf(root, ["src/a.ts", "src/b.ts"]);
  const project = open(root, first);
  expect(open(root, first)).toBe(project);
  expect(open(root, programOf(root, ["src/a.ts", "src/b.ts"]))).toBe(project);
  const edited = open(
    root,
    programOf(root, ["src/a.ts", "src/b.ts"], { "src/b.ts": "export const b = 'unsaved';" }, first),
  );
  expect(edited).not.toBe(project);
  expect(edited.file("src/b.ts")?.text).toBe("export const b = 'unsaved';");
  expect(edited.sourceFile("src/a.ts")).toBe(project.sourceFile("src/a.ts"));
  expect(edited.problems).toEqual(project.problems);
  expect(open(root, programOf(root, ["src/a.ts", "src/b.ts"])).file("src/b.ts")?.text).toBe(
    files["src/b.ts"],
  );
});

test("new, changed and removed files of the folder are seen", () => {
  const root = temporaryFolder(files);
  const program = (): typescript.Program => programOf(root, ["src/b.ts"]);
  expect(open(root, program()).problems.map(({ kind }) => kind)).toContain("unresolved-import");
  writeFileSync(join(root, "src/gone.ts"), "export {};");
  expect(open(root, program()).problems.map(({ kind }) => kind)).not.toContain("unresolved-import");
  writeFileSync(join(root, "src/a.ts"), "export const other = 12345;");
  expect(open(root, program()).file("src/a.ts")?.text).toBe("export const other = 12345;");
  mkdirSync(join(root, "src/deep"));
  writeFileSync(join(root, "src/deep/d.ts"), "");
  rmSync(join(root, "src/gone.ts"));
  expect(open(root, program()).files.map(({ path }) => path)).toEqual([
    "scripts/c.js",
    "src/a.ts",
    "src/b.test.ts",
    "src/b.ts",
    "src/deep/d.ts",
  ]);
  writeFileSync(
    join(root, "tsconfig.json"),
    '{ "include": ["scripts"], "compilerOptions": { "allowJs": true } }',
  );
  expect(open(root, program()).file("scripts/c.js")?.role).toBe("audited");
});

test("a file that is not on disk yet counts, and selection is the config's", () => {
  const root = temporaryFolder(files);
  const program = programOf(root, ["src/new.ts"], { "src/new.ts": "export interface New { a: string }" });
  expect(open(root, program).file("src/new.ts")?.role).toBe("audited");
  expect(open(root, program, { exclude: ["src/n*.ts"] }).file("src/new.ts")?.role).toBe("followed");
});

test("a source file without its comments is parsed again", () => {
  const root = temporaryFolder({ "a.ts": "/** @childData */ export interface A { x: string }" });
  const options: typescript.CompilerOptions = {};
  const host = typescript.createCompilerHost(options, true);
  host.jsDocParsingMode = typescript.JSDocParsingMode.ParseNone;
  const program = typescript.createProgram([join(root, "a.ts")], options, host);
  const given = program.getSourceFile(join(root, "a.ts"));
  const own = open(root, program).sourceFile("a.ts");
  expect(given).not.toBe(own);
  expect((own?.statements[0] as { jsDoc?: unknown[] } | undefined)?.jsDoc).toHaveLength(1);
});

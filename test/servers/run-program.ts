/** Runs a step of a program in a process of its own, as its authors would: against the packages and the servers. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const modules = fileURLToPath(new URL("../packages/node_modules", import.meta.url));

/** Calls one of the program's exports with the given arguments and ends. */
const starter = `
const [, , file, name, values] = process.argv;
require(file)[name](...JSON.parse(values)).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
`;

export interface PreparedProgram {
  /** Runs an export; throws what it says where it fails. */
  readonly run: (
    name: string,
    values: readonly unknown[],
    environment: Readonly<Record<string, string>>,
  ) => void;
  readonly dispose: () => void;
}

/** Compiles all files of a program's folder to CommonJS, beside its other files and the installed packages. */
export function prepareProgram(folder: string): PreparedProgram {
  const target = mkdtempSync(join(tmpdir(), "child-privacy-program-"));
  cpSync(folder, target, { recursive: true });
  symlinkSync(modules, join(target, "node_modules"));
  if (existsSync(join(target, "schema.prisma"))) generateClient(target);
  for (const path of filesOf(target))
    if (path.endsWith(".ts")) writeFileSync(path.replace(/ts$/u, "js"), compile(readFileSync(path, "utf8")));
  writeFileSync(join(target, "start.cjs"), starter);
  return {
    run: (name, values, environment) => {
      const { status, stderr } = spawnSync(
        process.execPath,
        [join(target, "start.cjs"), join(target, "main.js"), name, JSON.stringify(values)],
        { cwd: target, env: { ...process.env, ...environment }, encoding: "utf8", timeout: 60_000 },
      );
      if (status !== 0) throw new Error(`${name} of ${folder}: ${stderr}`);
    },
    dispose: () => {
      rmSync(target, { recursive: true, force: true });
    },
  };
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesOf(path);
    return entry.isFile() ? [path] : [];
  });
}

/** No engine is fetched for it: it needs none, and is content with any program that is named as one. */
function generateClient(folder: string): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(modules, "prisma/build/index.js"), "generate", "--schema", "schema.prisma"],
    {
      cwd: folder,
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
      encoding: "utf8",
      timeout: 60_000,
    },
  );
  if (status !== 0) throw new Error(`prisma generate: ${stderr}`);
}

function compile(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      rewriteRelativeImportExtensions: true,
    },
  }).outputText;
}

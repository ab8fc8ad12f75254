/** Runs a step of a program in a process of its own, as its authors would: against the packages and the servers. */
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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
  symlinkSync(modules, join(target, "node_modules"));
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const copy = join(target, path.slice(folder.length));
    mkdirSync(dirname(copy), { recursive: true });
    const text = readFileSync(path, "utf8");
    if (entry.name.endsWith(".ts")) writeFileSync(copy.replace(/ts$/u, "js"), compile(text));
    else writeFileSync(copy, text);
  }
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

function compile(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
    },
  }).outputText;
}

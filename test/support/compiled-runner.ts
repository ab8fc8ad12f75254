/** The modules of a process that runs programs, as JavaScript in a folder that sees the installed packages. */
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

export const packagesFolder = fileURLToPath(new URL("../packages/node_modules", import.meta.url));

export interface CompiledRunner {
  readonly main: string;
  readonly dispose: () => void;
}

/** The process's own files (all `.ts` below `from`) as JavaScript, beside the packages that the programs import. */
export function compileRunner(from: URL): CompiledRunner {
  const folder = mkdtempSync(join(tmpdir(), "child-privacy-apps-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  symlinkSync(packagesFolder, join(folder, "node_modules"), "junction");
  const source = fileURLToPath(from);
  for (const path of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue;
    const target = join(folder, path.replace(/\.ts$/u, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, compileModule(path, readFileSync(join(source, path), "utf8")));
  }
  return {
    main: join(folder, "main.js"),
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function compileModule(fileName: string, text: string): string {
  return ts.transpileModule(text, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;
}

/** Lets Node load the project's TypeScript as it is: `.js` specifiers find `.ts` files, types are dropped. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const compilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
};

export async function resolve(specifier, context, next) {
  if (specifier.startsWith(".") && specifier.endsWith(".js") && context.parentURL?.startsWith("file:")) {
    const typed = new URL(specifier.replace(/\.js$/u, ".ts"), context.parentURL);
    if (existsSync(typed)) return { url: typed.href, format: "module", shortCircuit: true };
  }
  return next(specifier, context);
}

/** `change` is given each file's path and text before its types are dropped. */
export async function load(url, context, next, change = (_path, text) => text) {
  if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
  const path = fileURLToPath(url);
  const source = change(path, await readFile(path, "utf8"));
  return {
    format: "module",
    shortCircuit: true,
    source: ts.transpileModule(source, { compilerOptions, fileName: url }).outputText,
  };
}

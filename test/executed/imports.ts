/** Where an import of a fixture leads among its own files: relative, by a path alias, or by a workspace package. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fixturesFolder } from "../support/programs.js";

const endings = ["", ".ts", ".tsx", ".d.ts", ".js", ".cjs", ".mjs", ".jsx", "/index.ts", "/index.js"];

/** The absolute path of the file that is imported, or null for packages. */
export function resolveImport(from: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return fileAt(join(dirname(from), specifier));
  for (const folder of foldersAbove(from)) {
    const found =
      byAlias(folder, specifier) ?? byManifest(folder, specifier) ?? byWorkspace(folder, specifier);
    if (found !== null) return found;
  }
  return null;
}

function fileAt(path: string): string | null {
  const typed = [path, path.replace(/\.([cm]?)js$/u, ".$1ts"), path.replace(/\.js$/u, ".tsx")];
  for (const candidate of typed.flatMap((each) => endings.map((ending) => each + ending)))
    if (existsSync(candidate) && statSync(candidate).isFile()) return candidate;
  return null;
}

function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let at = dirname(file); at.length > fixturesFolder.length; at = dirname(at)) folders.push(at);
  return folders;
}

function read(path: string): Record<string, unknown> {
  if (!existsSync(path)) return {};
  return JSON.parse(readFileSync(path, "utf8").replace(/^\s*\/\/.*$/gmu, "")) as Record<string, unknown>;
}

/** `paths` of a tsconfig, `imports` of a manifest: patterns with at most one star. */
function byPattern(folder: string, table: unknown, specifier: string): string | null {
  for (const [pattern, target] of Object.entries((table ?? {}) as Record<string, unknown>)) {
    const [before = "", after] = pattern.split("*");
    const isMatch =
      after === undefined ? specifier === pattern : specifier.startsWith(before) && specifier.endsWith(after);
    const [first] = [target].flat();
    if (!isMatch || typeof first !== "string") continue;
    const found = fileAt(join(folder, first.replace("*", specifier.slice(before.length))));
    if (found !== null) return found;
  }
  return null;
}

function byAlias(folder: string, specifier: string): string | null {
  const { compilerOptions } = read(join(folder, "tsconfig.json")) as {
    compilerOptions?: { paths?: unknown; baseUrl?: string };
  };
  return byPattern(join(folder, compilerOptions?.baseUrl ?? "."), compilerOptions?.paths, specifier);
}

function byManifest(folder: string, specifier: string): string | null {
  return specifier.startsWith("#")
    ? byPattern(folder, read(join(folder, "package.json")).imports, specifier)
    : null;
}

function byWorkspace(folder: string, specifier: string): string | null {
  const { workspaces } = read(join(folder, "package.json")) as { workspaces?: readonly string[] };
  const parts = specifier.split("/");
  const name = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  const rest = `.${specifier.slice(name.length)}`;
  for (const pattern of workspaces ?? []) {
    const packages = join(folder, pattern.replace(/\/\*$/u, ""), name.split("/").at(-1) ?? "");
    const manifest = read(join(packages, "package.json"));
    if (manifest.name !== name) continue;
    return byPattern(packages, manifest.exports ?? { ".": manifest.main }, rest);
  }
  return null;
}

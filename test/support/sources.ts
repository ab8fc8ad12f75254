/** The project's own sources and what they import, for the laws. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../", import.meta.url))
  .replaceAll("\\", "/")
  .replace(/\/$/u, "");

export interface Source {
  /** `src/flow/solve.ts` */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** An own file, or null for a package. */
  readonly to: string | null;
  readonly isTypeOnly: boolean;
}

/** All TypeScript files below a folder of the repository. */
export function readSources(...folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
      .map((entry) => relative(repository, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .filter((path) => !path.includes("/programs/") && !path.includes("node_modules"))
      .sort()
      .map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") })),
  );
}

const importPattern =
  /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gmu;

/** Static and dynamic imports of a file, in order. */
export function importsOf({ path, text }: Source): Import[] {
  return [...text.matchAll(importPattern)].map((match) => {
    const specifier = match[2] ?? match[3] ?? "";
    return { from: path, specifier, to: ownFile(path, specifier), isTypeOnly: match[1] !== undefined };
  });
}

function ownFile(from: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  const path = relative(repository, join(repository, dirname(from), specifier))
    .replaceAll("\\", "/")
    .replace(/\.js$/u, ".ts");
  return existsSync(join(repository, path)) ? path : null;
}

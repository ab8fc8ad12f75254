/** JSON files that code imports: they are read as modules that export what they hold, and get no findings. */
import type { FilePath } from "../base/keys.js";
import type { ProjectFile } from "../contracts/project.js";
import type { Folder } from "./folder.js";

/** `from "./limits.json"`, `require("./limits.json")`, `import("./limits.json")`. */
const specifier = /\b(?:from|import|require)\s*\(?\s*["']([^"'\n]+\.json)["']/g;
/** What is longer holds no settings, but texts or data. */
const longest = 20_000;

export function isJsonModule(path: FilePath): boolean {
  return path.endsWith(".json");
}

/** Those of the folder that a file of the project names, by the last part of the specifier. */
export function readJsonModules(folder: Folder, files: readonly ProjectFile[]): ProjectFile[] {
  const named = new Set<string>();
  for (const { text } of files) {
    if (!text.includes(".json")) continue;
    for (const [, path = ""] of text.matchAll(specifier)) named.add(nameOf(path));
  }
  if (named.size === 0) return [];
  return folder.paths.flatMap((path) => {
    if (!isJsonModule(path) || !named.has(nameOf(path)) || folder.size(path) > longest) return [];
    const text = jsonModuleText(folder.read(path));
    return text === undefined ? [] : [{ path, text, role: "followed" as const, leftOutBy: null }];
  });
}

/** What stands in the place of the file; undefined: it is no JSON. */
export function jsonModuleText(text: string | undefined): string | undefined {
  try {
    if (text === undefined) return undefined;
    JSON.parse(text);
    return `module.exports = ${text}`;
  } catch {
    return undefined;
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { FilePath } from "../base/keys.js";
import type { Folder } from "./folder.js";

interface RuleSet {
  /** Directory the rules are relative to, as a prefix of paths below the root; null: above the root. */
  readonly directory: FilePath;
  /** What to put before a path below `directory` (the way from the rules' own folder to the root). */
  readonly prefix: string;
  readonly rules: Ignore;
}

/**
 * Whether git ignores a file: `.gitignore` of every folder from the repository's root down, the deepest that
 * says something decides. Rules from above the analysed folder do not count if they ignore the folder itself:
 * whoever names an ignored folder wants to see it.
 */
export function readGitIgnore(folder: Folder): (path: FilePath) => boolean {
  const sets = [...rulesAbove(folder.root), ...rulesInside(folder)];
  const decided = new Map<FilePath, boolean>();
  const isIgnored = (path: FilePath): boolean => {
    const known = decided.get(path);
    if (known !== undefined) return known;
    const parent = parentOf(path);
    const answer = (parent !== "" && isIgnored(parent)) || decide(sets, path, folder.hasDirectory(path));
    decided.set(path, answer);
    return answer;
  };
  return isIgnored;
}

function decide(sets: readonly RuleSet[], path: FilePath, isDirectory: boolean): boolean {
  let ignored = false;
  for (const set of sets) {
    if (set.directory !== "" && !path.startsWith(`${set.directory}/`)) continue;
    const below = set.directory === "" ? path : path.slice(set.directory.length + 1);
    const result = set.rules.test(`${set.prefix}${below}${isDirectory ? "/" : ""}`);
    if (result.ignored) ignored = true;
    else if (result.unignored) ignored = false;
  }
  return ignored;
}

function rulesInside(folder: Folder): RuleSet[] {
  return folder.paths
    .filter((path) => path === ".gitignore" || path.endsWith("/.gitignore"))
    .sort((a, b) => a.split("/").length - b.split("/").length)
    .map((path) => ({ directory: parentOf(path), prefix: "", rules: ignore().add(folder.read(path) ?? "") }));
}

function rulesAbove(root: string): RuleSet[] {
  if (existsSync(join(root, ".git"))) return [];
  const sets: RuleSet[] = [];
  for (let directory = dirname(root); ; directory = dirname(directory)) {
    const file = join(directory, ".gitignore");
    const prefix = `${relative(directory, root).replaceAll("\\", "/")}/`;
    if (existsSync(file)) {
      const rules = ignore().add(readFileSync(file, "utf8"));
      if (!rules.test(prefix).ignored) sets.unshift({ directory: "", prefix, rules });
    }
    if (existsSync(join(directory, ".git"))) return sets;
    if (directory === dirname(directory)) return [];
  }
}

/** The directory of a path, `""` at the root. */
export function parentOf(path: FilePath): FilePath {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

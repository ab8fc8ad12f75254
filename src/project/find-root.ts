import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { configFileName } from "../config/parse-config.js";

/** Beside one of these lies a whole workspace, whatever configs its packages have. */
const workspaceFiles = ["pnpm-workspace.yaml", "lerna.json", "nx.json", "rush.json"];

/**
 * The folder whose code is one world with a linted file: the workspace it is a member of, else the folder of
 * its config, else of its package, else of its repository, else the working directory. Absolute, with `/`.
 */
export function findRoot(file: string, workingDirectory: string): string {
  let config: string | undefined;
  let manifest: string | undefined;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (isWorkspace(folder)) return unify(folder);
    if (existsSync(join(folder, configFileName))) config = folder;
    if (existsSync(join(folder, "package.json"))) manifest ??= folder;
    const isLast = existsSync(join(folder, ".git")) || folder === dirname(folder);
    if (isLast)
      return unify(config ?? manifest ?? (existsSync(join(folder, ".git")) ? folder : workingDirectory));
  }
}

function isWorkspace(folder: string): boolean {
  if (workspaceFiles.some((name) => existsSync(join(folder, name)))) return true;
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof manifest === "object" && manifest !== null && "workspaces" in manifest;
  } catch {
    return false;
  }
}

function unify(path: string): string {
  return path.replaceAll("\\", "/").replace(/(?<=.)\/$/u, "");
}

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export interface Revision {
  readonly commit: string | null;
  /** Whether the working tree differs from the commit. */
  readonly dirty: boolean | null;
}

/** What git says of a folder; nulls where it is no repository or there is no git. */
export function readRevision(root: string): Revision {
  const status = git(root, [
    "status",
    "--porcelain=v2",
    "--branch",
    "--no-ahead-behind",
    "--untracked-files=normal",
    "--",
    ".",
  ]);
  const lines = status?.split("\n") ?? [];
  const commit = lines.map((line) => /^# branch\.oid ([0-9a-f]+)$/.exec(line)?.[1]).find(Boolean);
  if (commit === undefined) return { commit: null, dirty: null };
  return { commit, dirty: lines.some((line) => line !== "" && !line.startsWith("#")) };
}

/** The folder below the top of its repository, with a `/` behind it; empty at the top and where there is none. */
export function readPrefix(root: string): string {
  return git(root, ["rev-parse", "--show-prefix"]) ?? "";
}

/** Hooks and configured helpers of the audited repository must not run: nothing of it is ever executed. */
export const safeGit: readonly string[] = [
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "--no-optional-locks",
];

function git(root: string, words: readonly string[]): string | null {
  if (!isBelowRepository(root)) return null;
  try {
    return execFileSync("git", [...safeGit, ...words], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    }).trim();
  } catch {
    return null;
  }
}

/** Git looks for the same, but to start it takes longer than a small project's whole audit. */
function isBelowRepository(root: string): boolean {
  if (process.env.GIT_DIR !== undefined) return true;
  for (let folder = resolve(root); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return true;
    if (folder === dirname(folder)) return false;
  }
}

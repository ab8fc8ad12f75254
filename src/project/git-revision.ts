import { execFileSync } from "node:child_process";

export interface Revision {
  readonly commit: string | null;
  /** Whether the working tree differs from the commit. */
  readonly dirty: boolean | null;
}

/** What git says of a folder; nulls where it is no repository or there is no git. */
export function readRevision(root: string): Revision {
  const commit = git(root, ["rev-parse", "HEAD"]);
  if (commit === null) return { commit: null, dirty: null };
  const status = git(root, ["status", "--porcelain", "--untracked-files=normal", "--", "."]);
  return { commit, dirty: status === null ? null : status !== "" };
}

/** Hooks and configured helpers of the audited repository must not run: nothing of it is ever executed. */
function git(root: string, words: readonly string[]): string | null {
  try {
    const safe = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-optional-locks"];
    return execFileSync("git", [...safe, ...words], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    }).trim();
  } catch {
    return null;
  }
}

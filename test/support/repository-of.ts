/** A git repository of a test, with a commit a state of its files. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Files } from "./run-code.js";

export function git(root: string, ...words: readonly string[]): string {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.cn", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...words], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  }).trim();
}

/** Null removes a file. */
export type Change = Readonly<Record<string, string | null>>;

export function write(root: string, change: Change | Files): void {
  for (const [path, text] of Object.entries(change)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === null) rmSync(file);
    else writeFileSync(file, text);
  }
}

/** Commits the first state on `main`, and lays the change over it on a branch of its own, not committed. */
export function startRepository(root: string, first: Files, change: Change): void {
  git(root, "init", "-q", "-b", "main");
  write(root, first);
  git(root, "add", "-A");
  git(root, "commit", "-q", "-m", "first");
  git(root, "checkout", "-q", "-b", "change");
  write(root, change);
}

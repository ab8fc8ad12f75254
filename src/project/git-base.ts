/** The state of a repository that a change began from, read out of git and written into a folder of its own. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative } from "node:path";
import { safeGit } from "./git-revision.js";

export type GitFault =
  | { readonly kind: "no-git" }
  | { readonly kind: "no-repository" }
  | { readonly kind: "no-commit" }
  /** The history may be cut off. */
  | { readonly kind: "no-such-ref"; readonly isShallow: boolean }
  | { readonly kind: "no-common-commit"; readonly isShallow: boolean }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Files of a commit, laid out as in the repository; gone when `remove` is called. */
export interface BaseTree {
  readonly commit: string;
  /** The analysed folder at that commit, absolute. */
  readonly root: string;
  /** The same file at that commit; the file itself where the commit has none, or it is of no repository. */
  pathOf(file: string): string;
  remove(): void;
}

/**
 * Lays out the merge base of `ref` and the commit that is checked out. Nothing of the repository is run: blobs are
 * read as they are, so that neither hooks nor filters nor attributes have a say.
 */
export function layOutBase(root: string, ref: string): BaseTree | GitFault {
  const found = findBase(root, ref);
  if (typeof found !== "string") return found;
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "child-privacy-base-")));
  try {
    const top = gitText(root, ["rev-parse", "--show-toplevel"]) ?? root;
    const prefix = gitText(root, ["rev-parse", "--show-prefix"]) ?? "";
    writeFiles(root, found, copy);
    const inside = join(copy, prefix);
    mkdirSync(inside, { recursive: true });
    return {
      commit: found,
      root: unify(inside),
      pathOf: (file) => {
        const below = relative(top, real(file));
        const then = join(copy, below);
        return below.startsWith("..") || isAbsolute(below) || !existsSync(then) ? file : unify(then);
      },
      remove: () => {
        rmSync(copy, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(copy, { recursive: true, force: true });
    return { kind: "unreadable", reason: error instanceof Error ? error.message : String(error) };
  }
}

function findBase(root: string, ref: string): string | GitFault {
  if (spawnSync("git", ["--version"], { stdio: "ignore" }).error !== undefined) return { kind: "no-git" };
  if (gitText(root, ["rev-parse", "--show-toplevel"]) === null) return { kind: "no-repository" };
  if (commitOf(root, "HEAD") === null) return { kind: "no-commit" };
  const isShallow = gitText(root, ["rev-parse", "--is-shallow-repository"]) === "true";
  const commit = ref.startsWith("-") ? null : commitOf(root, ref);
  if (commit === null) return { kind: "no-such-ref", isShallow };
  return gitText(root, ["merge-base", commit, "HEAD"]) ?? { kind: "no-common-commit", isShallow };
}

function commitOf(root: string, ref: string): string | null {
  return gitText(root, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
}

/** Larger files are not analysed anyway. */
const largest = 5_000_000;
/** What git gives back at once, in bytes of blobs. */
const batch = 64_000_000;

interface Entry {
  readonly id: string;
  readonly size: number;
  readonly path: string;
}

function writeFiles(root: string, commit: string, copy: string): void {
  const listing = gitBytes(root, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit]).toString("utf8");
  const entries = listing.split("\0").flatMap((line): Entry[] => {
    // Links may lead out of the copy, and submodules have files of their own.
    const match = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.+)$/su.exec(line);
    if (match === null) return [];
    const [, id = "", size = "0", path = ""] = match;
    return Number(size) > largest || isOutside(path) ? [] : [{ id, size: Number(size), path }];
  });
  let group: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    group.push(entry);
    bytes += entry.size;
    if (bytes < batch) continue;
    writeGroup(root, group, copy);
    group = [];
    bytes = 0;
  }
  writeGroup(root, group, copy);
}

/** Git makes no such path; a tree made by hand may hold one. */
function isOutside(path: string): boolean {
  return path.split(/[\\/]/u).some((name) => name === ".." || name.toLowerCase() === ".git");
}

function writeGroup(root: string, group: readonly Entry[], copy: string): void {
  if (group.length === 0) return;
  const output = gitBytes(root, ["cat-file", "--batch"], `${group.map(({ id }) => id).join("\n")}\n`);
  let at = 0;
  for (const { path } of group) {
    const end = output.indexOf(10, at);
    const size = Number(output.subarray(at, end).toString("utf8").split(" ")[2]);
    if (!Number.isInteger(size)) throw new Error(`git does not have what ${path} held`);
    const file = join(copy, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, output.subarray(end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
}

function gitText(root: string, words: readonly string[]): string | null {
  try {
    return gitBytes(root, words).toString("utf8").trim();
  } catch {
    return null;
  }
}

function gitBytes(root: string, words: readonly string[], input?: string): Buffer {
  return execFileSync("git", [...safeGit, ...words], {
    cwd: root,
    input: input ?? "",
    stdio: ["pipe", "pipe", "ignore"],
    // What a partial clone lacks is not fetched: nothing is asked of the network.
    env: { ...process.env, GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0" },
    maxBuffer: 1_000_000_000,
    timeout: 120_000,
  });
}

function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function unify(path: string): string {
  return path.replaceAll("\\", "/").replace(/(?<=.)\/$/u, "");
}

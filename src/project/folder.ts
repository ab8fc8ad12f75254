import { type Dirent, readFileSync, readdirSync } from "node:fs";
import type { FilePath } from "../base/keys.js";
import type { ProjectProblem } from "../contracts/project.js";
import { statPath } from "./stat-path.js";

/** Never own code, wherever they stand. Symbolic links are not followed: no loops, and no file twice. */
const skippedDirectories = new Set([
  "node_modules",
  "bower_components",
  "jspm_packages",
  ".git",
  ".hg",
  ".svn",
  ".yarn",
  ".pnpm-store",
]);
/** Remix keeps server-only code in `.server`, Storybook shares its set-up; every other dot folder belongs to a tool. */
const dotDirectoriesWithCode = new Set([".server", ".client", ".storybook"]);

export const sourceFilePattern = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Larger files are generated or data; parsing them costs more than a whole ordinary project. */
export const fileSizeLimit = 2 * 1024 * 1024;

export interface Folder {
  readonly root: string;
  /** Every file below the root, relative, sorted. */
  readonly paths: readonly FilePath[];
  readonly problems: readonly ProjectProblem[];
  has(path: FilePath): boolean;
  hasDirectory(path: FilePath): boolean;
  /** Names directly inside a directory (`""` is the root), sorted. */
  entries(directory: FilePath): {
    readonly files: readonly string[];
    readonly directories: readonly string[];
  };
  /** Text of a file, or undefined where it cannot be read. Kept until the file changes on disk. */
  read(path: FilePath): string | undefined;
  /** Bytes, or -1 where the file cannot be read. */
  size(path: FilePath): number;
  /** Whether the listing still holds: no directory has changed since. */
  isCurrent(): boolean;
}

interface Listing {
  readonly files: string[];
  readonly directories: string[];
}

interface CachedText {
  readonly stamp: string;
  readonly text: string | undefined;
}

/** Texts read before, by absolute path: lint opens the same folder again after every edit. */
const textCache = new Map<string, CachedText>();

/** Lists a folder. A folder that does not exist is a problem of its own, not an exception. */
export function readFolder(root: string): Folder {
  const problems: ProjectProblem[] = [];
  const listings = new Map<FilePath, Listing>();
  const paths: FilePath[] = [];
  if (isDirectory(root)) walk(root, "", listings, paths, problems);
  else problems.push(problem("no-such-folder", ".", root, true));
  paths.sort();
  const known = new Set(paths);
  const stamps = new Map([...listings.keys()].map((directory) => [directory, changedAt(root, directory)]));
  return {
    root,
    paths,
    problems,
    has: (path) => known.has(path),
    hasDirectory: (path) => listings.has(path),
    entries: (directory) => listings.get(directory) ?? { files: [], directories: [] },
    read: (path) => readText(`${root}/${path}`),
    size: (path) => sizeOf(`${root}/${path}`),
    isCurrent: () =>
      stamps.size > 0 && [...stamps].every(([directory, stamp]) => changedAt(root, directory) === stamp),
  };
}

function changedAt(root: string, directory: FilePath): number {
  return statPath(directory === "" ? root : `${root}/${directory}`)?.mtimeMs ?? -1;
}

function walk(
  root: string,
  directory: FilePath,
  listings: Map<FilePath, Listing>,
  paths: FilePath[],
  problems: ProjectProblem[],
): void {
  const listing: Listing = { files: [], directories: [] };
  listings.set(directory, listing);
  let entries: Dirent[];
  try {
    entries = readdirSync(directory === "" ? root : `${root}/${directory}`, { withFileTypes: true });
  } catch (error) {
    problems.push(problem("unreadable-file", directory === "" ? "." : directory, reasonOf(error), false));
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = directory === "" ? entry.name : `${directory}/${entry.name}`;
    if (entry.isFile()) {
      listing.files.push(entry.name);
      paths.push(path);
    } else if (entry.isDirectory() && isWalked(entry.name)) {
      listing.directories.push(entry.name);
      walk(root, path, listings, paths, problems);
    }
  }
}

function isWalked(name: string): boolean {
  if (skippedDirectories.has(name)) return false;
  return !name.startsWith(".") || dotDirectoriesWithCode.has(name);
}

function isDirectory(path: string): boolean {
  return statPath(path)?.isDirectory() ?? false;
}

function sizeOf(path: string): number {
  return statPath(path)?.size ?? -1;
}

function readText(path: string): string | undefined {
  const stat = statPath(path);
  if (stat === undefined) return undefined;
  const stamp = `${String(stat.mtimeMs)}:${String(stat.size)}:${String(stat.ino)}`;
  const cached = textCache.get(path);
  if (cached?.stamp === stamp) return cached.text;
  let text: string | undefined;
  try {
    text = decode(readFileSync(path));
  } catch {
    text = undefined;
  }
  textCache.set(path, { stamp, text });
  return text;
}

/** As the compiler and ESLint do: without the byte-order mark, UTF-16 recognised by it. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le", 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length & ~1))
      .swap16()
      .toString("utf16le");
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString("utf8", 3);
  return bytes.toString("utf8");
}

function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

/** A problem of a whole file or folder. */
export function problem(
  kind: ProjectProblem["kind"],
  file: FilePath,
  subject: string,
  fatal: boolean,
): ProjectProblem {
  return { kind, location: { file, line: 1, column: 1 }, subject, fatal };
}

import { readFileSync } from "node:fs";
import type ts from "typescript";
import type { Folder } from "./folder.js";
import { relativePath } from "./relative-path.js";
import { statPath } from "./stat-path.js";
import type { TypeScript } from "./typescript-instance.js";
import type { Workspace } from "./workspace-packages.js";

/** Answers the compiler's questions about the file list from the listing that was made once. */
export function configHost(ts: TypeScript, folder: Folder, workspace: Workspace): ts.ParseConfigHost {
  return {
    useCaseSensitiveFileNames: true,
    fileExists: (path) => isFile(path) || isFile(sourceOf(folder, workspace, path)),
    readFile: (path) => safeRead(path) ?? safeRead(sourceOf(folder, workspace, path)),
    readDirectory: (directory, extensions, excludes, includes, depth) =>
      matchFiles(ts, folder, directory, extensions, excludes, includes, depth),
  };
}

function isFile(path: string): boolean {
  return statPath(path)?.isFile() ?? false;
}

/** `extends` may name a package of the workspace, which is there although nothing is installed. */
function sourceOf(folder: Folder, workspace: Workspace, path: string): string {
  const [, name = "", rest = ""] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)(.*)$/.exec(path) ?? [];
  const manifest = workspace.packages.get(name);
  return manifest === undefined
    ? path
    : `${folder.root}/${manifest.directory === "" ? "" : manifest.directory}${rest}`;
}

type MatchFiles = (
  path: string,
  extensions: readonly string[] | undefined,
  excludes: readonly string[] | undefined,
  includes: readonly string[] | undefined,
  useCaseSensitiveFileNames: boolean,
  currentDirectory: string,
  depth: number | undefined,
  getFileSystemEntries: (path: string) => {
    readonly files: readonly string[];
    readonly directories: readonly string[];
  },
  realpath: (path: string) => string,
) => string[];

function matchFiles(
  ts: TypeScript,
  folder: Folder,
  directory: string,
  extensions: readonly string[],
  excludes: readonly string[] | undefined,
  includes: readonly string[],
  depth: number | undefined,
): readonly string[] {
  const match = (ts as unknown as { matchFiles?: MatchFiles }).matchFiles;
  if (match === undefined) return ts.sys.readDirectory(directory, extensions, excludes, includes, depth);
  return match(
    directory,
    extensions,
    excludes,
    includes,
    true,
    folder.root,
    depth,
    (path) => folder.entries(relativePath(folder.root, path)),
    (path) => path,
  );
}

export function safeRead(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

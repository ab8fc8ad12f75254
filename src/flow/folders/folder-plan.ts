/** Which files of a folder a loader takes, below which address, and which of them are hooks for the others. */
import type { FilePath } from "../../base/keys.js";

export interface LoadedFile {
  readonly file: FilePath;
  /** The address that the names of folders on the way to it make: `/children/photos`. */
  readonly address: string;
}

/** The files of one folder, which stand in one scope where there are hooks. */
export interface LoadedFolder {
  readonly hooks: readonly FilePath[];
  readonly files: readonly LoadedFile[];
}

export interface FolderWays {
  /** Names of files that stand for all files beside them. */
  readonly index: RegExp | null;
  /** Names of files that are hooks for those beside them; null where there are none. */
  readonly hooks: RegExp | null;
  /** Hooks are for the folders below, too. */
  readonly cascades: boolean;
  /** Names of folders are part of the address. */
  readonly addresses: boolean;
  readonly isIgnored: (path: string) => boolean;
}

interface Tree {
  readonly path: FilePath;
  readonly files: string[];
  readonly folders: Map<string, Tree>;
}

const script = /(?<!\.d)\.[cm]?[jt]sx?$/u;

/** The folders below one, each with what is loaded of it, outer ones first. */
export function planFolder(files: Iterable<FilePath>, folder: FilePath, ways: FolderWays): LoadedFolder[] {
  const found: LoadedFolder[] = [];
  visit(treeOf(files, folder), folder, "", [], ways, found);
  return found;
}

function treeOf(files: Iterable<FilePath>, folder: FilePath): Tree {
  const root: Tree = { path: folder, files: [], folders: new Map() };
  for (const file of [...files].sort()) {
    if (!isBelow(file, folder) || !script.test(file)) continue;
    const names = file.slice(folder === "" ? 0 : folder.length + 1).split("/");
    const last = names.pop() ?? "";
    let tree = root;
    for (const name of names) {
      const path: FilePath = tree.path === "" ? name : `${tree.path}/${name}`;
      const inner = tree.folders.get(name) ?? { path, files: [], folders: new Map<string, Tree>() };
      tree.folders.set(name, inner);
      tree = inner;
    }
    tree.files.push(last);
  }
  return root;
}

export function isBelow(file: FilePath, folder: FilePath): boolean {
  return folder === "" || file.startsWith(`${folder}/`);
}

function visit(
  { path, files, folders }: Tree,
  root: FilePath,
  address: string,
  above: readonly FilePath[],
  ways: FolderWays,
  found: LoadedFolder[],
): void {
  const fileAt = (name: string): FilePath => (path === "" ? name : `${path}/${name}`);
  const own = files.filter((name) => ways.hooks?.test(name) === true).map(fileAt);
  const hooks = [...above, ...own];
  const index = files.find((name) => ways.index?.test(name) === true);
  const taken = index === undefined ? files.filter((name) => ways.hooks?.test(name) !== true) : [index];
  const loaded = taken
    .map((name) => ({ file: fileAt(name), address }))
    .filter(({ file }) => !ways.isIgnored(file.slice(root === "" ? 0 : root.length + 1)));
  if (loaded.length > 0) found.push({ hooks, files: loaded });
  for (const [name, tree] of folders)
    visit(
      tree,
      root,
      ways.addresses ? `${address}/${name}` : address,
      ways.cascades ? hooks : [],
      ways,
      found,
    );
}

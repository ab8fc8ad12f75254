/** Reading in trees that have no usable types: what is not there, or is something else, is null or empty. */

export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function treeAt(tree: Tree, key: string): Tree | null {
  const value = tree[key];
  return isTree(value) ? value : null;
}

/** A list of trees; one tree alone is a list of it. */
export function treesAt(tree: Tree, key: string): readonly Tree[] {
  const value = tree[key];
  return Array.isArray(value) ? value.filter(isTree) : isTree(value) ? [value] : [];
}

export function textAt(tree: Tree, key: string): string | null {
  const value = tree[key];
  return typeof value === "string" ? value : null;
}

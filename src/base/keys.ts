/** A path relative to the analysed folder, with `/`, never starting with `./`. */
export type FilePath = string;

/**
 * The stable name of a declaration, independent of any other file's content:
 * `file:src/db.ts#Store.save`, `npm:pg#Client.query`, `node:fs#writeFile`,
 * `lib#Storage.setItem` (the standard library's types), `global#console.log`.
 * The definition for every form of declaration stands in `src/models/GRAMMAR.md`.
 */
export type SymbolKey = string;

/** The key of an own declaration that can be named from its file. */
export function fileKey(file: FilePath, name: string): SymbolKey {
  return `file:${file}#${name}`;
}

/** The file of a `file:` key, or undefined for a package, library or global. */
export function fileOfKey(key: SymbolKey): FilePath | undefined {
  if (!key.startsWith("file:")) return undefined;
  const hash = key.indexOf("#");
  return key.slice(5, hash === -1 ? undefined : hash);
}

/** Splits `npm:pg#Client.query` into `npm:pg` and `Client.query`. */
export function splitKey(key: SymbolKey): { module: string; path: string } {
  const hash = key.indexOf("#");
  return hash === -1 ? { module: key, path: "" } : { module: key.slice(0, hash), path: key.slice(hash + 1) };
}

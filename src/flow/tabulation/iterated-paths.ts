/** What iterating gives of a fact. */
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, emptyPath } from "../paths/access-path.js";
import { isIndex, pairValue } from "../paths/path-components.js";

/** An element of what is iterated: of arrays and sets the element, of maps the pair. */
export function iterated(path: AccessPath): AccessPath | null {
  const [first, ...rest] = path.components;
  if (first === undefined || first === "<text>") return emptyPath;
  if (first === "[]" || isIndex(first)) return accessPath(rest);
  if (first.startsWith("=")) return accessPath([valueAt(first), ...rest]);
  if (first === "<keys>") return accessPath(["0", ...rest]);
  return null;
}

/** The pair that a map gives for an entry, where some entry is taken out by its place (`const [entry] = map`). */
export function iteratedEntry(path: AccessPath): AccessPath | null {
  const [first = ""] = path.components;
  return first.startsWith("=") || first === "<keys>" ? iterated(path) : null;
}

/** Where the value stands in the pair that a map gives for an entry. */
function valueAt(entry: string): string {
  return entry === "=*" || entry.startsWith("=@") ? "1" : pairValue(entry.slice(1));
}

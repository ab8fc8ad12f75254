/**
 * Names of collections that lie in documents of others: `children/{}/notes`, with `{}` for whichever document it is. A star
 * stands for the beginning where nobody can tell what lies around, two where it is whatever lies anywhere. Where a store
 * is one tree, of which any part may be data, a name is `/children/{}/notes`.
 */
import { mayBeSameText } from "../../base/text-patterns.js";

/** A document's id, or a part of a tree, told or not: a collection is one store, whichever documents lie in it. */
const anyDocument = "{}";
const somewhere = "*";
const everywhere = "**";

/** What the last part of a path is: a document, which lies in a collection, or the collection itself. */
export type PathEnd = "collection" | "document";

/** Where a path begins: in a named collection, or a document of it, or where all of them do. */
export type PathStart =
  { readonly kind: "root" | "unknown" } | { readonly kind: "in"; readonly name: string };

/** The collection that a path leads to; null: nothing of it is known. */
export function collectionAt(start: PathStart, path: string, end: PathEnd): string | null {
  const parts = path.split("/").filter((part) => part !== "");
  if (end === "document") parts.pop();
  // Counted from the last, every second one is a collection.
  const collections = parts.filter((_, index) => (parts.length - 1 - index) % 2 === 0);
  const own = collections.join(`/${anyDocument}/`);
  if (start.kind === "in") return own === "" ? start.name : `${start.name}/${anyDocument}/${own}`;
  if (own === "" || own === somewhere) return null;
  const beginsWithDocument = collections.length * 2 === parts.length;
  return start.kind === "root" && !beginsWithDocument ? own : `${somewhere}/${own}`;
}

/** The part of a tree that a path leads to; null: nothing of it is known. */
export function nodeAt(start: PathStart, path: string): string | null {
  const [first, ...rest] = path.split("/").filter((part) => part !== "");
  // A text of which nothing is known may be several parts.
  const isOpen = start.kind === "unknown" || (start.kind === "root" && first === somewhere);
  const parts = [...(first === undefined || (isOpen && first === somewhere) ? [] : [first]), ...rest];
  const own = parts.map((part) => (part.includes("*") ? anyDocument : part)).join("/");
  if (start.kind === "in") return own === "" ? start.name : `${start.name}/${own}`;
  if (parts.every((part) => part.includes("*"))) return null;
  return isOpen ? `${somewhere}/${own}` : `/${own}`;
}

/** All collections of a name, wherever they lie. */
export function groupOf(path: string): string | null {
  const name = path.replaceAll("/", "");
  return name === somewhere ? null : `${everywhere}/${name}`;
}

/** The collection in whose documents one lies; null: in none, or nobody can tell. */
export function collectionAround(name: string): string | null {
  const end = name.lastIndexOf(`/${anyDocument}/`);
  return end === -1 ? null : name.slice(0, end);
}

/** What the collection itself is called; any other name is that of a store already. */
export function lastPart(name: string): string {
  return name.replace(/^(?:\*{1,2}\/|.*\/\{\}\/)/u, "");
}

/** Nobody can tell what it lies in. */
export function isUntold(name: string): boolean {
  return name.startsWith(`${somewhere}/`) && !name.startsWith(`${somewhere}/${anyDocument}/`);
}

/** As people read it. */
export function shownName(name: string): string {
  return name.replaceAll(anyDocument, "*").replace(/^\//u, "");
}

/**
 * Whether what a name tells is what another one holds. What lies nobody knows where is only what is told just so, since
 * the same helper tells it; `part`: it may be any, or a part of it.
 */
export function mayBeSameStore(held: string, told: string, how: "whole" | "part" = "whole"): boolean {
  if (held === told) return true;
  if (!held.includes("/") && !told.includes("/")) return mayBeSameText(held, told);
  if (held === somewhere || told === somewhere) return true;
  const isOne = [held, told].some(
    (name) => name.startsWith(`${everywhere}/`) || (how === "part" && isUntold(name)),
  );
  if (isOne) return mayBeSameText(lastPart(held), lastPart(told));
  if (isUntold(held) || isUntold(told)) return false;
  const [parts, others] = [held.split("/"), told.split("/")];
  // Of a tree, what lies below goes too.
  const isTree = held.startsWith("/") && told.startsWith("/");
  const isBelow = isTree && (parts.length > others.length || how === "part");
  return (
    (isBelow || parts.length === others.length) &&
    parts.slice(0, others.length).every((part, index) => isSamePart(part, others[index] ?? part))
  );
}

function isSamePart(one: string, other: string): boolean {
  return one === other || [one, other].includes(anyDocument) || mayBeSameText(one, other);
}

import type { FilePath } from "../base/keys.js";

/**
 * A glob that is relative to `folder`, made relative to the analysed folder. `folder` is below it
 * (`packages/api`) or, as `..` steps and with `inside`, above it: then `inside` is the way down from the
 * config's folder to the analysed one. Null: nothing in the analysed folder can match.
 */
export function rebasePattern(pattern: string, folder: FilePath, inside: FilePath): string | null {
  const negated = pattern.startsWith("!");
  const plain = (negated ? pattern.slice(1) : pattern).replace(/^\.?\//u, "");
  const rebased = inside === "" ? (folder === "" ? plain : `${folder}/${plain}`) : stripFolder(plain, inside);
  if (rebased === null) return null;
  return negated ? `!${rebased}` : rebased;
}

function stripFolder(pattern: string, inside: FilePath): string | null {
  const segments = pattern.split("/");
  for (const name of inside.split("/")) {
    const segment = segments[0];
    if (segment === undefined) return "**";
    if (segment === "**") return segments.join("/");
    if (!matchesSegment(segment, name)) return null;
    segments.shift();
  }
  // A pattern that names a folder above names all that is in it.
  return segments.length === 0 ? "**" : segments.join("/");
}

function matchesSegment(segment: string, name: string): boolean {
  const source = segment.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/gu, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`, "u").test(name);
}

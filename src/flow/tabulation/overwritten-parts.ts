/** What of an object a write certainly replaces. */
import type { FunctionNode } from "../program/program.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";

/** The write certainly replaces the part of the object that the fact is about. */
export function isOverwritten(...asked: Parameters<typeof partOverwritten>): boolean {
  return partOverwritten(...asked) !== null;
}

/** The way from the object to what the fact is about, where the write certainly replaces it. */
export function partOverwritten(
  tabulation: Tabulation,
  node: FunctionNode,
  object: number,
  isReplaced: (component: string) => boolean,
  { base, path }: Fact,
): readonly string[] | null {
  if (path.components.length === 0) return null;
  const found = tabulation.aliases.placesOf(node, object).find((place) => {
    if (!place.certain || place.base !== base) return false;
    const { components } = place.path;
    return (
      components.length < path.components.length &&
      components.every((component, index) => component === path.components[index] && component !== "[]") &&
      isReplaced(path.components[components.length] ?? "")
    );
  });
  return found === undefined ? null : path.components.slice(found.path.components.length);
}

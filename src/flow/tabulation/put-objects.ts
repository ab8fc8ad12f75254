/**
 * What a function puts into something else as it was handed over: `panel.add(text)` makes `text` one more of the panel's
 * children, and changes nothing in the others.
 */
import type { AccessPath } from "../paths/access-path.js";
import type { Aliases } from "../points-to/aliases.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Incoming } from "./entry.js";
import type { Base, Fact } from "./fact.js";

/** How far down the way to the object that was put there leads; null where it is not told that one was. */
export function depthOfPut(
  aliases: Aliases,
  { caller, point }: CallSite,
  holder: Base,
  components: readonly string[],
  from: Incoming | null,
): number | null {
  if (from === null || holder < 0) return null;
  const { base, path } = from.as ?? from.fact;
  const depth = components.length - path.components.length;
  if (base < 0 || base === holder || depth <= 0) return null;
  if (path.components.some((name, index) => components[depth + index] !== name)) return null;
  const isPutThere = aliases
    .keptAt(caller, point, base)
    .some(
      (kept) =>
        kept.in === holder &&
        kept.components.length === depth &&
        kept.components.every((name, index) => name === components[index]),
    );
  return isPutThere ? depth : null;
}

/** The same of a library's method, which puts an operand there as a whole: `children.push(text)`. */
export function putAsIs(fact: Fact | undefined, rest: AccessPath, way: readonly string[]): number | null {
  return fact?.path === rest && way.length > 0 ? way.length : null;
}

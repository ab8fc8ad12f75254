/** Where else lies what is written below a value. */
import { accessPath, emptyPath } from "../paths/access-path.js";
import {
  below,
  isElement,
  isMadeHere,
  isTooFar,
  mostNames,
  nameKey,
  prefixPaths,
} from "../points-to/alias-names.js";
import type { Place } from "../points-to/alias-names.js";
import type { Aliases } from "../points-to/aliases.js";
import type { Base } from "../tabulation/fact.js";
import type { FunctionNode } from "../program/program.js";

/**
 * "changed": a function changed what it was handed, and did not put something else there. A number: it put an object
 * there that lies so far down the way, and what else may lie there is as it was. Null: neither is told.
 */
export type HowWritten = "changed" | number | null;

/**
 * Where else something lies that is written below a value: under the other names of the objects on the way to it.
 * After `history.run(new SetTitle(poster))` what stands at `command.poster.title` stands at `poster.title`.
 */
export function placesBelow(
  aliases: Aliases,
  node: FunctionNode,
  point: number,
  base: Base,
  components: readonly string[],
  how: HowWritten,
): readonly Place[] {
  const found = new Map<string, Place>();
  const waiting = aliases
    .placesOf(node, base)
    .map((place) => ({ ...below(place, components), end: endOf(place, how) }))
    .filter(({ place }) => !place.path.isLost);
  const known = new Set(waiting.map(({ place }) => nameKey(place)));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, base: holder } = next.place;
    // What is changed in an element of a copied list is changed in the list that it was copied from.
    const isInCopy = how === "changed" && next.own === 0 && path.components.length > 1;
    for (const place of isInCopy ? aliases.derivedBelow(node, holder, path.components) : []) {
      const mark = nameKey(place);
      if (known.has(mark) || found.size >= mostNames || isTooFar(place.path.components)) continue;
      known.add(mark);
      found.set(mark, place);
      waiting.push({ place, own: 0, end: Infinity });
    }
    if (path.components.length < 2 || !aliases.indexOf(node).hasBelow(holder)) continue;
    for (let length = 1; length < Math.min(path.components.length, next.end); length++) {
      // Who else lies in the same list is somebody else.
      if (length <= next.own && path.components.slice(0, length).some(isElement)) continue;
      const rest = path.components.slice(length);
      const isSlot = rest[0]?.startsWith("^") === true;
      for (const name of valuesAt(aliases, node, point, holder, path.components.slice(0, length))) {
        // Which of the closures made here ran, and so which variable it wrote, is known elsewhere.
        if (rest[0] === "<box>" || (isSlot && isMadeHere(node, name.base))) continue;
        const other = below(name, rest);
        const mark = nameKey(other.place);
        if (
          other.place.path.isLost ||
          known.has(mark) ||
          found.size >= mostNames ||
          isTooFar([...name.path.components, ...rest])
        )
          continue;
        known.add(mark);
        found.set(mark, other.place);
        waiting.push({ ...other, end: name.path.components.length + next.end - length });
      }
    }
  }
  return [...found.values()];
}

/** What lies from here on down the way came with the object that was put there. */
function endOf(place: Place, how: HowWritten): number {
  return typeof how === "number" ? place.path.components.length + how : Infinity;
}

/** The names of values that may lie at a way below another when a point is reached. */
function valuesAt(
  aliases: Aliases,
  node: FunctionNode,
  point: number,
  base: Base,
  components: readonly string[],
): readonly Place[] {
  const index = aliases.indexOf(node);
  const found = prefixPaths(components).flatMap((path) =>
    index.get(base, path).map((value) => ({ value, path })),
  );
  if (components.at(-1) === "[]") found.push(...index.meeting(base, accessPath(components)));
  return found.flatMap(({ value, path }) => {
    const name = aliases.namesOf(node, value).find((each) => each.base === base && each.path === path);
    const definition = node.definitions[value];
    if (name === undefined || name.since >= point) return [];
    if (definition?.kind === "instruction" && definition.point > point) return [];
    const names = aliases.placesOf(node, value);
    if (name.certain) return names;
    // Whether it lies there is not sure, and of what else lies in the same lists neither.
    return components.some(isElement)
      ? [{ ...name, base: value, path: emptyPath }]
      : names.filter((each) => each.certain && !each.path.components.some(isElement));
  });
}

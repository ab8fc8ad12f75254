/** Lists of names: which properties they name, as far as that is known. */
import type { AbstractValue } from "./abstract-value.js";
import { foldValues } from "./constants.js";
import type { PointsTo } from "./points-to.js";

/** The constant elements of an array literal, in order; null where not all are known, or there are more than `most`. */
export function listedNames(pointsTo: PointsTo, list: AbstractValue, most: number): readonly string[] | null {
  const found = positions(pointsTo, list, most);
  return found === null || found.length === 0 || pointsTo.fieldsOf(list).has("[]") ? null : found;
}

function positions(pointsTo: PointsTo, list: AbstractValue, most: number): readonly string[] | null {
  const fields = pointsTo.fieldsOf(list);
  const found: string[] = [];
  for (let index = 0; ; index++) {
    const element = fields.get(String(index));
    if (element === undefined) return found;
    const [text, ...others] = foldValues(pointsTo, element.values);
    if (index >= most || text === undefined || others.length > 0 || text.includes("*")) return null;
    found.push(text);
  }
}

/** The names in a list in whatever order; null where not all are known. */
function namesIn(pointsTo: PointsTo, list: AbstractValue): readonly string[] | null {
  const found = positions(pointsTo, list, longestAllowList);
  const others = pointsTo.fieldsOf(list).get("[]");
  if (found === null || others === undefined) return found;
  // Spread or pushed into it: of what no value is known, it may be any name.
  const texts = foldValues(pointsTo, others.values);
  return texts.length === 0 || texts.some((text) => text.includes("*")) ? null : [...found, ...texts];
}

/** A name list that is no longer than this is read. */
const longestAllowList = 64;

/**
 * Whether every property on the path is named by one of the lists. Elements have no names: a list of names lets them
 * through. True where a list is not known.
 */
export function areAllNamed(
  pointsTo: PointsTo,
  lists: readonly AbstractValue[],
  path: readonly string[],
): boolean {
  if (lists.length === 0) return true;
  return lists.some((list) => {
    if (list.kind !== "object" || !list.array) return true;
    const names = namesIn(pointsTo, list);
    return names === null || path.every((component) => isNameless(component) || names.includes(component));
  });
}

/** An element, a position, or a place inside a container. */
function isNameless(component: string): boolean {
  return /^(?:\[\]|\*|\d+|[<{=^!].*)$/u.test(component);
}

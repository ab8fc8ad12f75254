/** Lists of names: which properties they name, as far as that is known. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import { possibleMembers } from "../constants/constant-members.js";
import { foldValues } from "../constants/constants.js";
import type { PointsTo } from "../points-to/points-to.js";

/** The constant elements of an array literal, in order; null where not all are known, or there are more than `most`. */
export function listedNames(pointsTo: PointsTo, list: AbstractValue, most: number): readonly string[] | null {
  const fields = pointsTo.fieldsOf(list);
  const found: string[] = [];
  // Something came into it at a place that is not known.
  if (fields.has("[]")) return null;
  for (let element = fields.get("0"); element !== undefined; element = fields.get(String(found.length))) {
    const [text, ...others] = foldValues(pointsTo, element.values);
    if (found.length >= most || text === undefined || others.length > 0 || text.includes("*")) return null;
    found.push(text);
  }
  return found.length === 0 ? null : found;
}

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
  const text = path.indexOf("<text>");
  // What was written out before is a text, whatever it was made of.
  const properties = text === -1 ? path : path.slice(0, text);
  return lists.some((list) => {
    const names = list.kind === "object" && list.array ? possibleMembers(pointsTo, list) : null;
    return names === null || properties.every((component) => isNameless(component) || names.has(component));
  });
}

/** An element, a position, or a place inside a container. */
function isNameless(component: string): boolean {
  return /^(?:\[\]|\*|\d+|[<{=^!].*)$/u.test(component);
}

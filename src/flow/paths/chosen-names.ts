/** Options whose keys are switched on or off: `select: { id: true }`, `omit: { phone: true }`. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { copiesInto, isRestOfAnother } from "../program/copies.js";
import type { AccessPath } from "./access-path.js";

const deepest = 5;

/** What is chosen is known, and this is not of it. */
export function isNotChosen(
  pointsTo: PointsTo,
  options: readonly AbstractValue[],
  { components: [name] }: AccessPath,
): boolean {
  if (options.length === 0 || name === undefined || !isName(name)) return false;
  return options.every((object) => {
    if (!isKnown(pointsTo, object, 0)) return false;
    const values = pointsTo.fieldsOf(object).get(name)?.values;
    return values === undefined || (values.size > 0 && [...values].every(isOff));
  });
}

/** It is certainly left out. */
export function isLeft(
  pointsTo: PointsTo,
  options: readonly AbstractValue[],
  { components: [name] }: AccessPath,
): boolean {
  if (options.length === 0 || name === undefined || !isName(name)) return false;
  return options.every((object) => {
    if (object.kind !== "object") return false;
    const values = [...(pointsTo.fieldsOf(object).get(name)?.values ?? [])];
    return values.length > 0 && values.every((value) => value.kind === "constant" && value.value === true);
  });
}

function isName(component: string): boolean {
  return /^[\p{L}$_][\p{L}\p{N}$_]*$/u.test(component);
}

function isOff(value: AbstractValue): boolean {
  return value.kind === "constant" && (value.value === false || value.value === undefined);
}

/** Whatever it holds was put there under names that the program writes. */
function isKnown(pointsTo: PointsTo, object: AbstractValue, depth: number): boolean {
  if (object.kind !== "object" || object.array || depth > deepest) return false;
  const fields = pointsTo.fieldsOf(object);
  if (fields.has("*") || fields.has("[]") || isRestOfAnother(pointsTo, object)) return false;
  return copiesInto(pointsTo, object).every(({ node, source }) => {
    const values = [...pointsTo.valuesOf(node, source)];
    return values.length > 0 && values.every((value) => isKnown(pointsTo, value, depth + 1));
  });
}

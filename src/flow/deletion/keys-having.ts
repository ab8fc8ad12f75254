/** The names of what one call deletes from several stores: `{ RequestItems: { diaries: [{ DeleteRequest: … }] } }`. */
import type { DeleteRole } from "../../contracts/erasing-roles.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import { givenProperties } from "../heap/given-properties.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

/** The keys at the target under which something, or something in a list, has the property; null: it names no keys. */
export function keysHaving(
  pointsTo: PointsTo,
  site: CallSite,
  { target, having }: DeleteRole,
  names: readonly string[],
): readonly string[] | null {
  const [part] = target?.parts ?? [];
  if (part === undefined || typeof part === "string" || having == null) return null;
  const last = part.steps.at(-1);
  const steps = last?.kind === "keys" ? part.steps.slice(0, -1) : part.steps;
  const keys = valuesAt(pointsTo, site, { ...part, steps }, names)
    .flatMap((object) => givenProperties(pointsTo, object))
    .flatMap((given) => (hasProperty(pointsTo, given.values, having) ? given.names : []));
  return keys.length === 0 ? [] : foldValues(pointsTo, keys);
}

function hasProperty(pointsTo: PointsTo, values: Iterable<AbstractValue>, property: string): boolean {
  const isThere = (value: AbstractValue): boolean => pointsTo.fieldNode(value, property).values.size > 0;
  return [...values].some(
    (value) => isThere(value) || [...pointsTo.fieldNode(value, "*").values].some(isThere),
  );
}

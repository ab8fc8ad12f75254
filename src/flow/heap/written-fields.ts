/**
 * What stands in an object where it is made, in some runs only: of `new ListObjectsV2Command({ Prefix: prefix })` the
 * prefix that this call was given, and not those of all calls.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ReadValues } from "../program/read-values.js";
import { originOf } from "../paths/value-places.js";

/** `name` null: any of its elements. Null: something else is put there as well, or nobody can tell. */
export function writtenFields(
  pointsTo: PointsTo,
  object: AbstractValue,
  name: string | null,
  read: ReadValues,
): Iterable<AbstractValue> | null {
  if (object.kind !== "object") return null;
  const [owner = "", point = ""] = object.site.split(":");
  const node = pointsTo.program.functions[Number(owner)];
  const made = node?.code[Number(point)];
  if (node === undefined || made?.kind !== (object.array ? "array" : "object")) return null;
  const written = node.code.flatMap((each) => {
    if (each.kind !== "store" || each.property.kind !== "name") return [];
    return (name === null || each.property.name === name) && originOf(node, each.object) === made.out
      ? [each.value]
      : [];
  });
  const known = new Set(written.flatMap((value) => [...pointsTo.valuesOf(node, value)]));
  const isAll = [...pointsTo.fieldNode(object, name ?? "*").values].every((value) => known.has(value));
  return isAll ? new Set(written.flatMap((value) => [...read(node, value)])) : null;
}

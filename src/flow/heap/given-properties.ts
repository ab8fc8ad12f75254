/** The properties that an object was given, by their names; a name that is computed is what it may be. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isHidden } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import { writtenName } from "../points-to/property-keys.js";
import { originOf } from "../paths/value-places.js";

export interface GivenProperty {
  readonly names: readonly AbstractValue[];
  readonly values: Iterable<AbstractValue>;
}

export function givenProperties(pointsTo: PointsTo, object: AbstractValue): readonly GivenProperty[] {
  if (object.kind !== "object") return [];
  const named = [...pointsTo.fieldsOf(object)].flatMap(([name, { values }]) =>
    name === "*" || isHidden(name) || name === "[]" || values.size === 0
      ? []
      : [{ names: [pointsTo.values.constant(name)], values }],
  );
  return object.array ? named : [...named, ...computedProperties(pointsTo, object.site)];
}

/** `{ [process.env.TABLE]: rows }`, `requests[table] = rows`: where the object was made. */
function computedProperties(pointsTo: PointsTo, site: string): GivenProperty[] {
  const [owner = "", point = ""] = site.split(":");
  const node = pointsTo.program.functions[Number(owner)];
  const made = node?.code[Number(point)];
  if (node === undefined || made?.kind !== "object") return [];
  return node.code.flatMap((each) => {
    if (each.kind !== "store" || each.property.kind !== "computed") return [];
    if (originOf(node, each.object) !== made.out || writtenName(node, each.property.value) !== null)
      return [];
    // What is told in full stands under its name already.
    const names = [...pointsTo.valuesOf(node, each.property.value)].filter(({ kind }) => kind !== "constant");
    return names.length === 0 ? [] : [{ names, values: pointsTo.valuesOf(node, each.value) }];
  });
}

/** Ways to related rows that a read describes one within the other: `{ path: "guardian", populate: { path: "addresses" } }`. */
import type { Along } from "../../contracts/table-roles.js";
import { askedNames } from "../models/asked-names.js";
import { valuesAt } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { RelatedWay } from "./row-columns.js";

/** Descriptions within descriptions. */
const deepest = 4;

export function waysAlong(
  pointsTo: PointsTo,
  site: CallSite,
  { at, name, inside, columns, only }: Along,
  names: readonly string[],
): readonly RelatedWay[] {
  const namesIn = (values: Iterable<AbstractValue>): readonly string[] =>
    [...values].flatMap((value) => askedNames(pointsTo, value));
  const valuesUnder = (object: AbstractValue, property: string): readonly AbstractValue[] => [
    ...pointsTo.fieldNode(object, property).values,
  ];
  const besides = only === null ? [] : namesIn(valuesAt(pointsTo, site, only, names));
  const waysOf = (value: AbstractValue, own: readonly string[], depth: number): readonly RelatedWay[] => {
    if (value.kind !== "object") return askedNames(pointsTo, value).map((path) => ({ path, columns: own }));
    if (depth > deepest) return [];
    if (value.array) return valuesUnder(value, "*").flatMap((each) => waysOf(each, own, depth + 1));
    const picked = columns === null ? [] : namesIn(valuesUnder(value, columns));
    const further = valuesUnder(value, inside).flatMap((each) => waysOf(each, [], depth + 1));
    return namesIn(valuesUnder(value, name)).flatMap((path) => [
      { path, columns: picked },
      ...further.map((each) => ({ ...each, path: `${path}.${each.path}` })),
    ]);
  };
  return valuesAt(pointsTo, site, at, names).flatMap((value) => waysOf(value, besides, 0));
}

/** Which columns the steps of a pipeline ask for: `[{ $match }, { $group: { _id: "$diet" } }]`. */
import type { Pipeline } from "../../contracts/table-roles.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isIndex } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import { plainName } from "../stores/table-names.js";

/** Objects of one stage that are looked through; far more than a stage that a person wrote. */
const mostLooked = 500;

/** In plain spelling; null: it is no pipeline, or what comes out of it are whole rows. */
export function columnsOfPipeline(
  pointsTo: PointsTo,
  list: AbstractValue,
  { closing, keeping, sign }: Pipeline,
): ReadonlySet<string> | null {
  const found = new Set<string>();
  for (const { name, value } of stagesOf(pointsTo, list)) {
    if (!closing.includes(name)) continue;
    const kept = keeping.includes(name) ? keptBy(pointsTo, value) : new Set<string>();
    // What only leaves columns out gives the others.
    if (kept === null) continue;
    for (const each of kept) found.add(each);
    namedIn(pointsTo, value, sign, found, new Set());
    return found;
  }
  return null;
}

function stagesOf(pointsTo: PointsTo, list: AbstractValue): { name: string; value: AbstractValue }[] {
  if (list.kind !== "object" || !list.array) return [];
  return [...pointsTo.fieldsOf(list)]
    .filter(([index]) => isIndex(index))
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([, { values }]) => [...values])
    .flatMap((stage) =>
      stage.kind !== "object"
        ? []
        : [...pointsTo.fieldsOf(stage)].flatMap(([name, node]) =>
            [...node.values].map((value) => ({ name, value })),
          ),
    );
}

/** Keys that a projection lets through; null: it only leaves some out. */
function keptBy(pointsTo: PointsTo, value: AbstractValue): Set<string> | null {
  if (value.kind !== "object") return new Set();
  const keys = [...pointsTo.fieldsOf(value)].filter(
    ([name, { values }]) =>
      name !== "_id" &&
      name !== "*" &&
      ![...values].some((each) => each.kind === "constant" && (each.value === 0 || each.value === false)),
  );
  return keys.length === 0 ? null : new Set(keys.map(([name]) => plainName(name.replace(/\..*$/u, ""))));
}

/** `"$diet"`, `"$child.name"`, with the sign that names begin with. */
function namedIn(
  pointsTo: PointsTo,
  value: AbstractValue,
  sign: string,
  found: Set<string>,
  seen: Set<AbstractValue>,
): void {
  if (value.kind === "constant" && typeof value.value === "string" && value.value.startsWith(sign)) {
    const [column = ""] = value.value.slice(sign.length).split(".");
    if (/^\w/u.test(column)) found.add(plainName(column));
  }
  if (value.kind !== "object" || seen.size > mostLooked || seen.has(value)) return;
  seen.add(value);
  for (const [, { values }] of pointsTo.fieldsOf(value))
    for (const each of values) namedIn(pointsTo, each, sign, found, seen);
}

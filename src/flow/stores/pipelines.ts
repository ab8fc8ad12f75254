/** Which columns the steps of a pipeline ask for: `[{ $match }, { $group: { _id: "$diet" } }]`. */
import type { Pipeline } from "../../contracts/table-roles.js";
import type { Role } from "../../contracts/model.js";
import { valuesAt } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isIndex } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { plainName } from "./table-names.js";

/** Objects of one stage that are looked through; far more than a stage that a person wrote. */
const mostLooked = 500;

/** In plain spelling; null: there is none, or what may come out of it are whole rows. */
export function columnsPiped(
  pointsTo: PointsTo,
  site: CallSite,
  { pipeline = null }: Extract<Role, { kind: "rows" }>,
  names: readonly string[],
): ReadonlySet<string> | null {
  if (pipeline === null) return null;
  const lists = valuesAt(pointsTo, site, pipeline.at, names);
  const found = lists.map((list) => columnsOfPipeline(pointsTo, list, pipeline));
  if (found.length === 0 || found.includes(null)) return null;
  return new Set(found.flatMap((columns) => [...(columns ?? [])]));
}

function columnsOfPipeline(
  pointsTo: PointsTo,
  list: AbstractValue,
  { closing, keeping, passing, sign }: Pipeline,
): ReadonlySet<string> | null {
  const found = new Set<string>();
  for (const { name, value } of stagesOf(pointsTo, list)) {
    if (!closing.includes(name)) {
      // What puts rows together anew may call anything whatever.
      if (!passing.includes(name)) return null;
      continue;
    }
    const kept = keeping.includes(name) ? keptBy(pointsTo, value) : new Set<string>();
    // What only leaves columns out gives the others.
    if (kept === null) continue;
    for (const each of kept) found.add(each);
    return namedIn(pointsTo, value, sign, found, new Set()) ? null : found;
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
      // What accessors of the object would be called.
      !/^[gs]et /u.test(name) &&
      ![...values].some((each) => each.kind === "constant" && (each.value === 0 || each.value === false)),
  );
  return keys.length === 0 ? null : new Set(keys.map(([name]) => plainName(name.replace(/\..*$/u, ""))));
}

/** `"$diet"`, `"$child.name"`, with the sign that names begin with; true where the whole row is named: `"$$ROOT"`. */
function namedIn(
  pointsTo: PointsTo,
  value: AbstractValue,
  sign: string,
  found: Set<string>,
  seen: Set<AbstractValue>,
): boolean {
  if (value.kind === "constant" && typeof value.value === "string" && value.value.startsWith(sign)) {
    const [column = "", ...below] = value.value.slice(sign.length).split(".");
    const isVariable = column.startsWith(sign);
    if (isVariable && below.length === 0 && /root|current/iu.test(column)) return true;
    const named = isVariable ? (below[0] ?? "") : column;
    if (/^\w/u.test(named)) found.add(plainName(named));
  }
  if (value.kind !== "object" || seen.size > mostLooked || seen.has(value)) return false;
  seen.add(value);
  const inner = [...pointsTo.fieldsOf(value)].flatMap(([, { values }]) => [...values]);
  return inner.map((each) => namedIn(pointsTo, each, sign, found, seen)).some((isWhole) => isWhole);
}

/** Names of columns that a read asks for, wherever they are written: in a list, as keys of an object, in a text. */
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { foldValues } from "../constants/constants.js";
import { isIndex } from "../paths/path-components.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { isOff } from "../stores/row-columns.js";
import { operandsAt } from "./address-values.js";

/** What stands at an address is told by nothing: `select("name", request.query.column)`. */
export function isUntoldAt(pointsTo: PointsTo, site: CallSite, address: Address): boolean {
  return (
    address.steps.length === 0 &&
    operandsAt(site, address).some((value) => pointsTo.valuesOf(site.caller, value).size === 0)
  );
}

/** `-name`: a key that is switched off; `*` where a name is not known. */
export function askedNames(pointsTo: PointsTo, value: AbstractValue): readonly string[] {
  if (value.kind !== "object") return namesInTexts(pointsTo, [value]);
  if (value.array) {
    const isUntold = [...pointsTo.fieldsOf(value)].some(
      ([key, { values }]) => isIndex(key) && values.size === 0,
    );
    return [...namesInTexts(pointsTo, pointsTo.fieldNode(value, "*").values), ...(isUntold ? ["*"] : [])];
  }
  return [...pointsTo.fieldsOf(value)].flatMap(([name, node]) =>
    name === "*" || name === "[]" ? [] : [[...node.values].every(isOff) ? `-${name}` : name],
  );
}

/** The same, with the names that others stand for: `#m` where an object says `{ "#m": "minutes" }`. */
export function meantNames(
  pointsTo: PointsTo,
  names: readonly string[],
  objects: readonly AbstractValue[],
): readonly string[] {
  if (objects.length === 0) return names;
  return names.map((name) => {
    const values = objects.flatMap((object) => [...pointsTo.fieldNode(object, name).values]);
    const [meant, ...others] = values.length === 0 ? [] : foldValues(pointsTo, values);
    return meant === undefined || others.length > 0 ? name : meant;
  });
}

/** One by one: however many columns a list names, each is known. */
function namesInTexts(pointsTo: PointsTo, values: Iterable<AbstractValue>): readonly string[] {
  return [...values]
    .flatMap((value) => foldValues(pointsTo, [value]))
    .flatMap((text) =>
      / as /iu.test(text) ? text.split(/\s*,\s*/u) : text.split(/[\s,]+/u).filter((name) => name !== ""),
    );
}

/** `COUNT(*)` brings no column, and `MAX(s.age)` what is reckoned of one. */
export function namesCounted(name: string): readonly string[] {
  const counted =
    /^(?:count|max|min|sum|avg|lower|upper)\((?:distinct\s+)?(?<of>[\w."*]+)\)(?= as |$)/iu.exec(name);
  if (counted === null) return [name];
  const of = counted.groups?.["of"] ?? "";
  return of === "*" || /^\d+$/u.test(of) ? [] : [of + name.slice(counted[0].length)];
}

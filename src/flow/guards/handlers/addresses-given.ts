/** The addresses and methods that a registration is for, as far as its call tells them. */
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { foldParts, operandsAt, valuesAt } from "../../models/address-values.js";
import { foldValues } from "../../constants/constants.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { ReadValues } from "../../program/read-values.js";
import { definitionOf } from "../../paths/value-places.js";
import { patternPath, unknownPath } from "./route-paths.js";

/** The texts at an address: one, or those of a list; null where something else than texts stands there. */
export function pathsAt(
  pointsTo: PointsTo,
  site: CallSite,
  path: Address,
  names: readonly string[],
  read?: ReadValues,
): readonly string[] | null {
  const values = valuesAt(pointsTo, site, path, names, read);
  if (values.some(isText)) return [foldParts(pointsTo, site, [path], names, read)];
  return (
    pathsAmong(pointsTo, values) ??
    (values.some(isPattern) ? [writtenPattern(site, path) ?? unknownPath] : null)
  );
}

/** The texts that some values are, or those of lists among them; null where they are something else. */
export function pathsAmong(pointsTo: PointsTo, values: readonly AbstractValue[]): readonly string[] | null {
  const texts = values.filter(isText);
  const found =
    texts.length > 0 ? texts : values.flatMap((each) => elementsOf(pointsTo, each)).filter(isText);
  return found.length > 0 ? foldValues(pointsTo, found) : null;
}

/** `/^\/api/`, where it is written out. */
function writtenPattern(site: CallSite, path: Address): string | null {
  if (path.steps.length > 0) return null;
  const [only, ...others] = operandsAt(site, path);
  const written = only === undefined || others.length > 0 ? null : definitionOf(site.caller, only);
  return written?.kind === "constant" && written.type === "regexp" && typeof written.value === "string"
    ? patternPath(written.value)
    : null;
}

/** The constant texts at an address. */
export function constantTexts(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  names: readonly string[],
): readonly string[] {
  const texts = valuesAt(pointsTo, site, address, names).filter(isText);
  return texts.length === 0 ? [] : foldValues(pointsTo, texts);
}

/** In capitals; null for all. */
export function methodsAt(
  pointsTo: PointsTo,
  site: CallSite,
  method: Address | "name" | null,
  names: readonly string[],
  called: string,
  read?: ReadValues,
): readonly string[] | null {
  if (method === null) return null;
  if (method === "name") return [called.toUpperCase()];
  return (pathsAt(pointsTo, site, method, names, read) ?? [unknownPath]).map((each) => each.toUpperCase());
}

function isText(value: AbstractValue): boolean {
  return value.kind === "computed" || (value.kind === "constant" && typeof value.value === "string");
}

/** A regular expression: which addresses it takes in is not looked into. */
function isPattern(value: AbstractValue): boolean {
  return value.kind === "foreign" && value.path[0] === "RegExp";
}

function elementsOf(pointsTo: PointsTo, value: AbstractValue): readonly AbstractValue[] {
  return value.kind === "object" && value.array ? [...pointsTo.fieldNode(value, "*").values] : [];
}

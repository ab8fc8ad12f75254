/** Deletions that a package was put before which only hides the rows of some tables. */
import type { DeleteRole } from "../../contracts/erasing-roles.js";
import { foldValues } from "../constants/constants.js";
import { givenProperties } from "../heap/given-properties.js";
import { valuesAt } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

/** What becomes of the deletion; null: nothing else. What an undescribed package does with it is not known. */
export function softenedTo(
  pointsTo: PointsTo,
  site: CallSite,
  table: string,
  names: readonly string[],
  { softened }: Pick<DeleteRole, "softened">,
): "soft" | "unknown" | null {
  if (softened == null) return null;
  const objects = softened.tables.flatMap((address) => valuesAt(pointsTo, site, address, names));
  if (objects.some((object) => isAmong(pointsTo, object, table))) return "soft";
  return softened.by
    .flatMap((address) => valuesAt(pointsTo, site, address, names))
    .some((value) => isUndescribed(pointsTo, value))
    ? "unknown"
    : null;
}

/** A client calls a table as its schema does, but for the first letter. A name that is not known may be any. */
function isAmong(pointsTo: PointsTo, object: AbstractValue, table: string): boolean {
  if (object.kind !== "object") return object.kind !== "constant";
  return givenProperties(pointsTo, object).some(({ names, values }) => {
    const given = [...values];
    const isOff = given.length > 0 && given.every((each) => each.kind === "constant" && each.value === false);
    return !isOff && foldValues(pointsTo, names).some((name) => isSameName(name, table));
  });
}

function isSameName(name: string, table: string): boolean {
  return name.includes("*") || name.toLowerCase() === table.toLowerCase();
}

function isUndescribed({ catalogue }: PointsTo, value: AbstractValue): boolean {
  return (
    value.kind === "foreign" && value.module.startsWith("npm:") && catalogue.find(value.module).length === 0
  );
}

/** What of a value a model that writes it out does not show. */
import type { Role } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { isLeft, isNotChosen } from "../paths/chosen-names.js";
import { areAllNamed } from "../paths/listed-names.js";
import { pickedParts } from "../paths/picked-parts.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { SchemaKeys } from "../sources/schema-keys.js";
import type { State } from "../tabulation/fact.js";
import { valuesAt } from "./address-values.js";
import type { WithheldFields } from "./withheld-fields.js";

export function isWithheld(
  pointsTo: PointsTo,
  withheld: WithheldFields,
  schemaKeys: SchemaKeys,
  site: CallSite,
  { withholds, shownBy, keptBy, namedBy, chosenBy, leftBy }: Extract<Role, { kind: "flow" }>,
  names: readonly string[],
  { field }: State,
  path: AccessPath,
): boolean {
  if (withholds === true && withheld.has(field, path)) return true;
  if (namedBy != null)
    return !areAllNamed(pointsTo, valuesAt(pointsTo, site, namedBy, names), path.components);
  if (chosenBy != null && isNotChosen(pointsTo, valuesAt(pointsTo, site, chosenBy, names), path)) return true;
  if (leftBy != null && isLeft(pointsTo, valuesAt(pointsTo, site, leftBy, names), path)) return true;
  if (keptBy != null) return !schemaKeys.keeps(valuesAt(pointsTo, site, keptBy, names), path.components);
  if (shownBy == null) return false;
  return withheld.isNotShown(valuesAt(pointsTo, site, shownBy, names), path);
}

/** What goes along as what: of what a pattern takes out, the parts. */
export function partsMoved(
  pointsTo: PointsTo,
  site: CallSite,
  { pickedBy }: Extract<Role, { kind: "flow" }>,
  names: readonly string[],
  path: AccessPath,
): readonly AccessPath[] {
  return pickedBy == null ? [path] : pickedParts(pointsTo, valuesAt(pointsTo, site, pickedBy, names), path);
}

import type { Role } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { isElement } from "../points-to/alias-names.js";
import { foldParts } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

type StoreRole = Extract<Role, { kind: "store" }>;

/** What a value is called in what is stored: `name` of a row, `profile` and `name` of one in it. */
export function columnsOf({ components }: AccessPath): readonly string[] {
  return components.filter((each) => !isElement(each));
}

/** The one column that data goes into as the call says: `hset(key, "name", child.name)`; none where it names none, or one that is not known. */
export function columnNamed(
  pointsTo: PointsTo,
  site: CallSite,
  { column }: StoreRole,
  names: readonly string[],
): readonly string[] {
  if (column == null) return [];
  const name = foldParts(pointsTo, site, [column], names);
  return name === "" || name.includes("*") ? [] : [name];
}

import type { Role } from "../../contracts/model.js";
import { foldParts } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Tables } from "./tables.js";

/** The store that rows come from: what is named, or where that is not known, what the written type says (`Repository<Child>`). */
export function storeOfRows(
  pointsTo: PointsTo,
  tables: Tables,
  site: CallSite,
  { entity }: Extract<Role, { kind: "rows" }>,
  names: readonly string[],
): string {
  const name = foldParts(pointsTo, site, entity.parts, names);
  return name === "*" ? (tables.nameAt(site) ?? name) : name;
}

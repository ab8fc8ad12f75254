/** The stores that data was read from where its way begins. */
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { SiteModels } from "../models/site-models.js";
import { columnsRead } from "../stores/sql-sinks.js";
import { storeOfRows } from "../stores/store-of-rows.js";
import type { Tables } from "../stores/tables.js";
import type { SourceTrace } from "../tabulation/trace.js";

export function readsFrom(
  pointsTo: PointsTo,
  models: SiteModels,
  tables: Tables,
  { node, span }: SourceTrace,
): string[] {
  const point = node.code.findIndex((each) => each.kind === "call" && each.at === span);
  const site = point === -1 ? undefined : pointsTo.findSite(node, point);
  return site === undefined ? [] : readsAt(pointsTo, models, tables, site);
}

/** The stores that a call reads. */
export function readsAt(pointsTo: PointsTo, models: SiteModels, tables: Tables, site: CallSite): string[] {
  return models.at(site).flatMap(({ model, names }) =>
    model.roles.flatMap((role) => {
      if (role.kind === "rows") return [storeOfRows(pointsTo, tables, site, role, names)];
      return role.kind === "sql"
        ? columnsRead(pointsTo, site, role, names).flatMap(({ tables }) => tables)
        : [];
    }),
  );
}

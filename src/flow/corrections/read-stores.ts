/** The stores that data was read from where its way begins. */
import type { PointsTo } from "../points-to.js";
import type { SiteModels } from "../site-models.js";
import { columnsRead } from "../sql-sinks.js";
import { storeOfRows } from "../store-of-rows.js";
import type { Tables } from "../tables.js";
import type { SourceTrace } from "../trace.js";

export function readsFrom(
  pointsTo: PointsTo,
  models: SiteModels,
  tables: Tables,
  { node, span }: SourceTrace,
): string[] {
  const point = node.code.findIndex((each) => each.kind === "call" && each.at === span);
  const site = point === -1 ? undefined : pointsTo.findSite(node, point);
  if (site === undefined) return [];
  return models.at(site).flatMap(({ model, names }) =>
    model.roles.flatMap((role) => {
      if (role.kind === "rows") return [storeOfRows(pointsTo, tables, site, role, names)];
      return role.kind === "sql"
        ? columnsRead(pointsTo, site, role, names).flatMap(({ tables }) => tables)
        : [];
    }),
  );
}

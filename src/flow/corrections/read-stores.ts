/** The stores that data was read from where its way begins. */
import { foldParts } from "../address-values.js";
import type { PointsTo } from "../points-to.js";
import type { SiteModels } from "../site-models.js";
import { columnsRead } from "../sql-sinks.js";
import type { SourceTrace } from "../trace.js";

export function readsFrom(pointsTo: PointsTo, models: SiteModels, { node, span }: SourceTrace): string[] {
  const point = node.code.findIndex((each) => each.kind === "call" && each.at === span);
  const site = point === -1 ? undefined : pointsTo.findSite(node, point);
  if (site === undefined) return [];
  return models.at(site).flatMap(({ model, names }) =>
    model.roles.flatMap((role) => {
      if (role.kind === "rows") return [foldParts(pointsTo, site, role.entity.parts, names)];
      return role.kind === "sql"
        ? columnsRead(pointsTo, site, role, names).flatMap(({ tables }) => tables)
        : [];
    }),
  );
}

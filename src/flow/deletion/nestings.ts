/** Which tables lie within which others: `doc("a").collection("pages")`. */
import { valuesAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { Tables } from "../stores/tables.js";

export interface Nesting {
  readonly table: string;
  /** The table whose rows they lie in. */
  readonly parent: string;
}

export function findNestings(
  pointsTo: PointsTo,
  models: SiteModels,
  { entities }: Pick<Tables, "entities">,
): Nesting[] {
  const found: Nesting[] = [];
  for (const site of pointsTo.sites.values())
    for (const { model, names } of models.at(site))
      for (const role of model.roles) {
        if (role.kind !== "about" || role.within === null) continue;
        const made =
          "out" in site.instruction ? [...pointsTo.valuesOf(site.caller, site.instruction.out)] : [];
        const parents = valuesAt(pointsTo, site, role.within, names).flatMap((each) =>
          entities.namesOf(each),
        );
        for (const table of new Set(made.flatMap((each) => entities.namesOf(each))))
          for (const parent of new Set(parents)) if (parent !== table) found.push({ table, parent });
      }
  return found;
}

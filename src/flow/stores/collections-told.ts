/** The collections that the program makes references to, and which of them is meant where nobody can tell what it lies in. */
import type { SiteModels } from "../models/site-models.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isUntold, lastPart } from "./path-names.js";
import { plainName } from "./table-names.js";
import type { Tables } from "./tables.js";

/** By their names: `clubs`, and what lies in its documents. */
export function collectionsTold(
  pointsTo: PointsTo,
  models: SiteModels,
  { entities }: Pick<Tables, "entities">,
): readonly string[] {
  const found = new Set<string>();
  for (const site of pointsTo.sites.values())
    for (const { model } of models.at(site))
      for (const role of model.roles) {
        if (role.kind !== "about" || role.path === null || !("out" in site.instruction)) continue;
        for (const made of pointsTo.valuesOf(site.caller, site.instruction.out))
          for (const name of entities.namesOf(made)) found.add(name);
      }
  return [...found].sort();
}

/** What lies nobody knows where is the one collection of its name of which it is known, if there is but one. */
export function namesOfUntold(collections: readonly string[]): Map<string, readonly string[]> {
  const known = collections.filter((name) => !name.includes("*"));
  const names = new Map<string, readonly string[]>();
  for (const untold of collections.filter(isUntold)) {
    const [only, ...others] = known.filter((name) => isEndOf(name, untold));
    if (only !== undefined && others.length === 0) names.set(plainName(untold), [plainName(only)]);
  }
  return names;
}

/** As far as what is not known is told: it may be in documents of a known one. */
function isEndOf(name: string, untold: string): boolean {
  const end = untold.slice(untold.indexOf("/") + 1);
  return name === end || (lastPart(name) === lastPart(end) && name.endsWith(`/${end}`));
}

/** Entries of a package's object that are kept and taken by name: `c.set("agreed", yes)`, `c.get("agreed")`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Address } from "../../../contracts/model.js";
import { operandsAt } from "../../models/address-values.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { SiteModels } from "../../models/site-models.js";
import { foldedConstant } from "../evidence/folded-constant.js";

interface Kept {
  readonly object: ValueId;
  readonly name: string;
  readonly value: ValueId;
}

/** What a call puts into its receiver, where a model says so. */
export function keptUnderName(pointsTo: PointsTo, models: SiteModels, site: CallSite): readonly Kept[] {
  if (site.foreign.size === 0 || site.instruction.kind !== "call") return [];
  const object = site.instruction.receiver;
  if (object === null) return [];
  return models.at(site).flatMap(({ model }) =>
    model.roles.flatMap((role) => {
      if (role.kind !== "flow") return [];
      return role.to.flatMap((to) => {
        const name = nameOf(pointsTo, site, to);
        if (name === null) return [];
        return role.from
          .filter((from) => from.steps.length === 0)
          .flatMap((from) => operandsAt(site, from).map((value) => ({ object, name, value })));
      });
    }),
  );
}

/** The name under which a call takes what it gives back out of its receiver. */
export function takenUnderName(
  pointsTo: PointsTo,
  models: SiteModels,
  site: CallSite,
): { readonly object: ValueId; readonly name: string } | null {
  if (site.foreign.size === 0 || site.instruction.kind !== "call") return null;
  const object = site.instruction.receiver;
  if (object === null) return null;
  for (const { model } of models.at(site))
    for (const role of model.roles) {
      if (
        role.kind !== "flow" ||
        !role.to.some(({ root, steps }) => root.kind === "return" && steps.length === 0)
      )
        continue;
      const [name] = role.from.flatMap((from) => nameOf(pointsTo, site, from) ?? []);
      if (name !== undefined) return { object, name };
    }
  return null;
}

/** The constant text in `this[arg0]`. */
function nameOf(pointsTo: PointsTo, site: CallSite, { root, steps }: Address): string | null {
  const [step, ...others] = steps;
  if (root.kind !== "this" || step?.kind !== "entry" || others.length > 0) return null;
  const [key] = operandsAt(site, step.key);
  const found = key === undefined ? null : foldedConstant(pointsTo, site.caller, key);
  return typeof found?.value === "string" ? found.value : null;
}

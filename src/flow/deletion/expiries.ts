/** Writes that end by themselves: how long what they put there is kept. */
import type { Expiry } from "../../contracts/deletion.js";
import type { TimeUnit } from "../../contracts/model.js";
import { valuesAt } from "../address-values.js";
import { foldValues } from "../constants.js";
import type { ModelAt } from "../model-at.js";
import type { CallSite, PointsTo } from "../points-to.js";
import { locationOf } from "../program.js";
import type { SiteModels } from "../site-models.js";

const seconds: Readonly<Record<TimeUnit, number>> = {
  year: 31_536_000,
  month: 2_592_000,
  week: 604_800,
  day: 86_400,
  hour: 3_600,
  minute: 60,
  second: 1,
  millisecond: 0.001,
};

export function findExpiries(pointsTo: PointsTo, models: SiteModels): Expiry[] {
  const found: Expiry[] = [];
  for (const site of pointsTo.sites.values())
    for (const match of models.at(site)) {
      const { roles } = match.model;
      const isWrite = !roles.some(({ kind }) => kind === "delete");
      if (isWrite && roles.some(({ kind }) => kind === "retention"))
        found.push({
          location: locationOf(site.caller, site.instruction.at),
          seconds: secondsAt(pointsTo, site, match),
        });
    }
  return found;
}

/** After how many seconds it ends; null where that cannot be told. */
export function secondsAt(pointsTo: PointsTo, site: CallSite, { model, names }: ModelAt): number | null {
  const periods = model.roles.flatMap((role) =>
    role.kind === "retention"
      ? foldValues(pointsTo, valuesAt(pointsTo, site, role.period, names)).map((text) =>
          text.trim() === "" ? NaN : Number(text) * seconds[role.unit],
        )
      : [],
  );
  return periods.length === 0 || periods.some((period) => Number.isNaN(period)) ? null : Math.max(...periods);
}

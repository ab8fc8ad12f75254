/** Writes that end by themselves: how long what they put there is kept. */
import type { Expiry } from "../../contracts/deletion.js";
import type { TimeUnit } from "../../contracts/model.js";
import { valuesAt } from "../address-values.js";
import { foldValues } from "../constants.js";
import type { PointsTo } from "../points-to.js";
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
    for (const { model, names } of models.at(site)) {
      const isWrite = !model.roles.some(({ kind }) => kind === "delete");
      for (const role of model.roles) {
        if (role.kind !== "retention" || !isWrite) continue;
        const texts = foldValues(pointsTo, valuesAt(pointsTo, site, role.period, names));
        const periods = texts.map((text) => (text.trim() === "" ? NaN : Number(text)));
        found.push({
          location: locationOf(site.caller, site.instruction.at),
          seconds: periods.some((period) => Number.isNaN(period))
            ? null
            : Math.max(...periods) * seconds[role.unit],
        });
      }
    }
  return found;
}

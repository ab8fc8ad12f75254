/** Conditions of a model in one run of a function: `keep("private", file)` makes nothing public, though others may. */
import type { ReadValues } from "../models/address-values.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { operandsInCommand } from "../models/written-commands.js";

/** Some condition holds in other runs only, where an option has another constant. */
export function isOtherwiseIn(
  pointsTo: PointsTo,
  site: CallSite,
  { model }: ModelAt,
  read: ReadValues,
): boolean {
  return model.when.some((condition) => {
    if (condition.kind !== "equals") return false;
    const values = operandsInCommand(pointsTo, site, condition.address).flatMap((value) => [
      ...read(site.caller, value),
    ]);
    return (
      values.length > 0 &&
      values.every(
        (value) => value.kind === "constant" && !condition.values.some((each) => each === value.value),
      )
    );
  });
}

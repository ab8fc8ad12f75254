/** Protection that a call asks of the service which keeps the data: the option, where it is set to what protects. */
import type { Role } from "../contracts/model.js";
import { valuesAt } from "./address-values.js";
import { constantsOf } from "./constants.js";
import type { CallSite, PointsTo } from "./points-to.js";

export function serverSideProtection(
  pointsTo: PointsTo,
  site: CallSite,
  role: Extract<Role, { kind: "store" }>,
  names: readonly string[],
): string | null {
  for (const { address, values } of role.protectedBy) {
    const found = valuesAt(pointsTo, site, address, names);
    const { constants } = constantsOf(found);
    const isSet = found.some(
      (value) =>
        value.kind !== "constant" ||
        (value.value !== undefined && value.value !== null && value.value !== false),
    );
    if (
      isSet &&
      (values === null ||
        found.length > constants.length ||
        constants.some((constant) => values.includes(String(constant))))
    )
      return address.text;
  }
  return null;
}

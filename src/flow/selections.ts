/** Functions that say which elements of a list go on (`filter`, `find`), asked about pairs of which the key is known. */
import type { Address, PathModel } from "../contracts/model.js";
import type { AccessPath } from "./access-path.js";
import { valuesAt } from "./address-values.js";
import { functionPlace } from "./function-addresses.js";
import { pairKey } from "./path-components.js";
import type { CallSite } from "./points-to.js";
import type { Tabulation } from "./tabulation.js";

/** What stands at `path` in an element does not go on to `to`: every function that is asked says no. */
export function isLeftOut(
  { pointsTo, conditions }: Tabulation,
  site: CallSite,
  model: PathModel,
  targets: readonly Address[],
  to: Address,
  { components: [first = ""] }: AccessPath,
): boolean {
  const key = pairKey(first);
  if (key === null) return false;
  return model.roles.some((role) => {
    if (role.kind !== "selects" || role.by.text === to.text) return false;
    const { by } = role;
    const position = by.steps.length - 1;
    const last = by.steps[position];
    if (last?.kind !== "parameter" || !targets.some((target) => target.text === by.text)) return false;
    const functions = valuesAt(pointsTo, site, functionPlace(by, position), []);
    return (
      functions.length > 0 &&
      functions.every(
        (value) =>
          value.kind === "function" &&
          conditions.truthOfResult(value.function, last.index, key, true) === false,
      )
    );
  });
}

/** Elements of a list, each of which registers handlers of its own: `route([{ method: "POST", path: "/a", handler }])`. */
import type { HandlesRole } from "../../../contracts/handles-role.js";
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../abstract-value.js";
import { valuesAt, valuesFrom } from "../../address-values.js";
import type { CallSite, PointsTo } from "../../points-to.js";
import { pathsAmong } from "./addresses-given.js";
import type { Handler } from "./handlers-given.js";
import { handlersAmongValues } from "./handlers-given.js";
import { unknownPath } from "./route-paths.js";

export interface ListedHandlers {
  readonly handlers: readonly Handler[];
  readonly paths: readonly string[] | null;
  readonly methods: readonly string[] | null;
}

export function listedHandlers(
  pointsTo: PointsTo,
  site: CallSite,
  { each, handlers, path, method }: HandlesRole & { readonly each: Address },
): readonly ListedHandlers[] {
  return valuesAt(pointsTo, site, each).map((element) => {
    const at = (address: Address): readonly AbstractValue[] =>
      valuesBelow(pointsTo, site, each, element, address);
    const textsAt = (address: Address | "name" | null): readonly string[] | null =>
      address === null || address === "name" ? null : (pathsAmong(pointsTo, at(address)) ?? [unknownPath]);
    return {
      handlers: handlers.flatMap((address) => handlersAmongValues(pointsTo, site, at(address))),
      paths: textsAt(path),
      methods: textsAt(method)?.map((text) => text.toUpperCase()) ?? null,
    };
  });
}

/** What stands at an address: below the element, where the address leads through the list. */
function valuesBelow(
  pointsTo: PointsTo,
  site: CallSite,
  each: Address,
  element: AbstractValue,
  address: Address,
): readonly AbstractValue[] {
  if (!address.text.startsWith(each.text)) return valuesAt(pointsTo, site, address);
  return valuesFrom(pointsTo, site, [element], { ...address, steps: address.steps.slice(each.steps.length) });
}

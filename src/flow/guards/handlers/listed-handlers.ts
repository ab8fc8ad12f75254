/** Elements of a list, each of which registers handlers of its own: `route([{ method: "POST", path: "/a", handler }])`. */
import type { HandlesRole } from "../../../contracts/handles-role.js";
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { valuesAt, valuesFrom } from "../../models/address-values.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import { pathsAmong } from "./addresses-given.js";
import type { Handler } from "./handlers-given.js";
import { handlersAmongValues, handlersInLists, handlersOf } from "./handlers-given.js";
import { listsAmong } from "./handler-lists.js";
import { unknownPath } from "./route-paths.js";

export interface ListedHandlers {
  readonly handlers: readonly Handler[];
  readonly paths: readonly string[] | null;
  readonly methods: readonly string[] | null;
}

type Listed = HandlesRole & { readonly each: Address };

export function listedHandlers(pointsTo: PointsTo, site: CallSite, role: Listed): readonly ListedHandlers[] {
  const { each, handlers, path, method } = role;
  return valuesAt(pointsTo, site, each).map((element) => {
    const textsAt = (address: Address | "name" | null): readonly string[] | null => {
      if (address === null || address === "name") return null;
      const below = belowElement(each, address);
      const values =
        below === null ? valuesAt(pointsTo, site, address) : valuesFrom(pointsTo, site, [element], below);
      return pathsAmong(pointsTo, values) ?? [unknownPath];
    };
    return {
      handlers: handlers.flatMap((address) => handlersAt(pointsTo, site, element, role, address)),
      paths: textsAt(path),
      methods: textsAt(method)?.map((text) => text.toUpperCase()) ?? null,
    };
  });
}

function handlersAt(
  pointsTo: PointsTo,
  site: CallSite,
  element: AbstractValue,
  { each, without }: Listed,
  address: Address,
): readonly Handler[] {
  const below = belowElement(each, address);
  if (below === null) return handlersOf(pointsTo, site, [address], [], without);
  const { steps } = below;
  const place = steps.findIndex(({ kind }) => kind === "element");
  const list = { ...below, steps: steps.slice(0, place === -1 ? steps.length : place) };
  const values = valuesFrom(pointsTo, site, [element], list);
  if (place === -1) return handlersAmongValues(pointsTo, site, values);
  const lists = listsAmong(pointsTo, site.caller, values);
  return handlersInLists(pointsTo, site, lists, { ...below, steps: steps.slice(place) }, without);
}

/** The part of an address that lies below the elements of the list; null: it does not lead through it. */
function belowElement(each: Address, address: Address): Address | null {
  return address.text.startsWith(each.text)
    ? { ...address, steps: address.steps.slice(each.steps.length) }
    : null;
}

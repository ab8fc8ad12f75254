/**
 * Handlers that stand in a tree of objects, each for the address that is made of the names on the way to it:
 * `{ Mutation: { enrol } }` has one for `/Mutation/enrol`. What stands under `*` is for the names beside it.
 */
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { valuesAt } from "../../models/address-values.js";
import { isHidden, writtenStar } from "../../paths/path-components.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { Handler } from "./handlers-given.js";
import { handlersAmongValues } from "./handlers-given.js";

/** A name of which nothing is known, or any. */
const anyName = ":any";

export interface NamedHandlers {
  readonly path: string;
  /** Addresses that have handlers of their own. */
  readonly except: readonly string[];
  readonly handlers: readonly Handler[];
}

interface Reached {
  readonly names: readonly string[];
  /** The names beside the last one. */
  readonly beside: readonly string[];
  readonly values: readonly AbstractValue[];
}

/** `keys`: how many of the names make the address. */
export function namedHandlers(
  pointsTo: PointsTo,
  site: CallSite,
  addresses: readonly Address[],
  keys: number,
): readonly NamedHandlers[] {
  return addresses.flatMap((address) =>
    placesAt(pointsTo, site, address).flatMap(({ names, beside, values }) => {
      const handlers = handlersAmongValues(pointsTo, site, values);
      const own = names.slice(names.length - keys);
      if (handlers.length === 0) return [];
      const others = own.at(-1) === anyName ? beside.map((name) => pathOf([...own.slice(0, -1), name])) : [];
      return [{ path: pathOf(own), except: others, handlers }];
    }),
  );
}

function pathOf(names: readonly string[]): string {
  return `/${names.join("/")}`;
}

function placesAt(pointsTo: PointsTo, site: CallSite, address: Address): readonly Reached[] {
  const [root, ...steps] = [{ ...address, steps: [] }, ...address.steps];
  let places: readonly Reached[] = [{ names: [], beside: [], values: valuesAt(pointsTo, site, root) }];
  for (const step of steps) {
    if (step.kind === "property")
      places = places.map((place) => below(pointsTo, place, step.name, step.name, []));
    else if (step.kind === "any") places = places.flatMap((place) => everyBelow(pointsTo, place));
    else if (step.kind === "element")
      places = places.map((place) => ({ ...below(pointsTo, place, "*", "", []), names: place.names }));
    else return [];
  }
  return places;
}

function everyBelow(pointsTo: PointsTo, place: Reached): readonly Reached[] {
  const fields = new Set(
    place.values
      .filter(({ kind }) => kind === "object" || kind === "foreign")
      .flatMap((value) => [...pointsTo.fieldsOf(value)])
      .flatMap(([name, { isEmpty }]) => (isEmpty || name === "*" || isHidden(name) ? [] : [name])),
  );
  const isAny = (field: string): boolean => field === writtenStar || field === "[]";
  const named = [...fields].filter((field) => !isAny(field));
  return [...fields].map((field) =>
    isAny(field)
      ? below(pointsTo, place, field, anyName, field === writtenStar ? named : [])
      : below(pointsTo, place, field, field, []),
  );
}

function below(
  pointsTo: PointsTo,
  { names, values }: Reached,
  field: string,
  name: string,
  beside: readonly string[],
): Reached {
  const found = new Set(values.flatMap((value) => [...pointsTo.fieldNode(value, field).values]));
  return { names: [...names, name], beside, values: [...found] };
}

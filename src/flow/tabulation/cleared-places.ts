/** What a call of a package empties: places of its operands that a model clears. */
import type { Role } from "../../contracts/model.js";
import { rootPlaces } from "../models/address-facts.js";
import { isAmong, placesAt } from "../models/list-places.js";
import { clearedPaths, isWithin } from "../models/overwriting.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";

/** What the fact is about lies where the model says that nothing is left, whatever name it has there. */
export function isClearedBy(
  { pointsTo, aliases }: Tabulation,
  site: CallSite,
  { target, places: stretch }: Extract<Role, { kind: "clear" }>,
  names: readonly string[],
  fact: Fact,
): boolean {
  if (target.root.kind === "return") return false;
  const places = stretch == null ? null : placesAt(pointsTo, site, stretch);
  if (stretch != null && places === null) return false;
  const cleared = clearedPaths(pointsTo, site, target, names);
  return rootPlaces(site, target).some((place) => {
    const alias = aliases
      .placesOf(site.caller, place.base)
      .find(
        (each) =>
          each.certain &&
          each.base === fact.base &&
          each.path.components.every((component, index) => component === fact.path.components[index]),
      );
    if (alias === undefined) return false;
    const below = fact.path.components.slice(alias.path.components.length);
    return cleared.some((components) => {
      const wanted = [...place.prefix, ...components];
      return (
        wanted.length <= below.length &&
        wanted.every((component, index) => {
          const present = below[index] ?? "";
          return places !== null && component === "[]"
            ? isAmong(places, present)
            : isWithin(component, present);
        })
      );
    });
  });
}

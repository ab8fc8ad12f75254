/** The names that the key of an entry may be, where a model tells it by an operand, or by how the operand was made. */
import type { Address } from "../../contracts/model.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { forKey, isToldInFull } from "../points-to/property-keys.js";
import { givenToParent, operandsOfSite } from "./address-values.js";

/**
 * Calls back with each constant that a key may be, and with null if it may be something else. The name of an event is
 * told by the call that made it: `listeners_[arg0.created.arg0]` of `dispatchEvent(new CustomEvent("saved"))`.
 */
export function forKeyAt(
  pointsTo: PointsTo,
  site: CallSite,
  operand: ValueId,
  key: Address,
  found: (name: string | null) => void,
): void {
  const [created, ...others] = key.steps;
  if (created === undefined) {
    forKey(pointsTo, site.caller, operand, found, true);
    return;
  }
  if (created.kind !== "created" || others.length > 0) {
    found(null);
    return;
  }
  const { graph } = pointsTo;
  const objects = pointsTo.valueNode(site.caller, operand);
  const made: AbstractValue[] = [];
  graph.onValue(objects, (value) => {
    made.push(value);
  });
  let asked = 0;
  let isUnknown = false;
  // Of which classes an own class is made is known once these have arrived.
  graph.onQuiet(() => {
    for (; asked < made.length; asked++) {
      const value = made[asked];
      const given = value === undefined ? null : makingCall(pointsTo, value);
      const argument = given === null ? undefined : operandsOfSite(given).arguments[created.index];
      if (given === null || argument === undefined || argument.spread) isUnknown = true;
      else forKey(pointsTo, given.caller, argument.value, found);
    }
    isUnknown ||= objects.isFull || !isToldInFull(pointsTo, site.caller, operand, 0);
    if (isUnknown) found(null);
    return isUnknown;
  });
}

/** The call that made an object of a package, or that an own class on top of it hands on to it. */
function makingCall(pointsTo: PointsTo, value: AbstractValue): CallSite | null {
  if ((value.kind !== "foreign" && value.kind !== "instance") || value.site === null) return null;
  const made = pointsTo.sites.get(value.site);
  if (made === undefined) return null;
  return value.kind === "instance" ? givenToParent(pointsTo, value.class, made) : made;
}

/** What closures have captured, as far as points-to analysis tells. */
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import { slotNumber, slotOf } from "../paths/slots.js";

/** What stands in a slot of those of the closures that have it; null if none of them has. */
export function valuesInSlot(
  pointsTo: PointsTo,
  closures: Iterable<AbstractValue>,
  slot: string,
): ReadonlySet<AbstractValue> | null {
  const number = slotNumber(slot);
  let found: Set<AbstractValue> | null = null;
  for (const closure of closures) {
    if (closure.kind !== "function" || slotOf(closure.function, number) !== slot) continue;
    found ??= new Set();
    for (const value of pointsTo.slotNode(closure.function, number).values) found.add(value);
  }
  return found;
}

/** The objects of own classes that an element makes (`<Diary entry={entry} />`): whoever renders it runs their methods. */
import { sharedPlace } from "./heap.js";
import type { HeapPlace } from "../paths/heap-place.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

export function madeByElement(
  pointsTo: PointsTo,
  { id, caller, instruction }: CallSite,
): readonly HeapPlace[] {
  if (instruction.kind !== "jsx" || instruction.component === null) return [];
  return [...pointsTo.valuesOf(caller, instruction.component)].flatMap((component) =>
    component.kind === "class" ? [sharedPlace(pointsTo.values.instance(component.class, id))] : [],
  );
}

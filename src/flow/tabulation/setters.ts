/** Writes that a setter takes: what it makes of the value is followed into it, and nothing lies under the name itself. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { forSetter } from "../points-to/property-setters.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isToldInFull } from "../points-to/property-keys.js";

/** By function and point. */
const known = new WeakMap<PointsTo, Map<string, boolean>>();

/** Each object that the write may be of has a setter for the property. */
export function isTakenBySetter(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  store: InstructionOf<"store">,
): boolean {
  let answers = known.get(pointsTo);
  if (answers === undefined) known.set(pointsTo, (answers = new Map<string, boolean>()));
  const key = `${String(node.index)}:${String(point)}`;
  let found = answers.get(key);
  if (found === undefined) answers.set(key, (found = findTaken(pointsTo, node, point, store)));
  return found;
}

function findTaken(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  { object, property, accessor, initial }: InstructionOf<"store">,
): boolean {
  if (property.kind !== "name" || accessor !== undefined || initial) return false;
  const edges = pointsTo.findSite(node, point)?.edges.values() ?? [];
  if (![...edges].some(({ shape }) => shape === "setter")) return false;
  if (!isToldInFull(pointsTo, node, object, 0)) return false;
  const objects = [...pointsTo.valuesOf(node, object)];
  return objects.length > 0 && objects.every((each) => hasSetter(pointsTo, each, property.name));
}

function hasSetter(pointsTo: PointsTo, object: AbstractValue, name: string): boolean {
  let isFound = false;
  forSetter(pointsTo, object, name, () => {
    isFound = true;
  });
  return isFound;
}

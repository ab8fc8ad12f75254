/** The places of the heap where what a closure has captured is kept: one for each object that may be captured. */
import { distinguishes } from "./abstract-value.js";
import type { HeapPlace } from "../paths/heap-place.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Where more objects than this may be captured they share one place. */
const mostObjects = 24;

const known = new WeakMap<FunctionNode, (readonly HeapPlace[])[]>();

export function closurePlaces(pointsTo: PointsTo, callee: FunctionNode, slot: number): readonly HeapPlace[] {
  let ofCallee = known.get(callee);
  if (ofCallee === undefined) known.set(callee, (ofCallee = []));
  return (ofCallee[slot] ??= findPlaces(pointsTo, callee, slot));
}

function findPlaces(pointsTo: PointsTo, callee: FunctionNode, slot: number): readonly HeapPlace[] {
  const key = `closure:${String(callee.closureIndex)}`;
  const objects = Number.isNaN(slot) ? [] : [...pointsTo.slotNode(callee, slot).values];
  return objects.length < 2 || objects.length > mostObjects || !objects.every(distinguishes)
    ? [{ key, prefix: [] }]
    : objects.map((object) => ({ key: `${key}:${String(object.id)}`, prefix: [], object }));
}

/** Where the objects around a closure show what it has captured: `{ add, seen }`, `{ list: { add }, seen }`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { Aliases } from "../points-to/aliases.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Base } from "../tabulation/fact.js";

/** A way below a value of the caller to what the closure has captured. */
export interface Shown {
  readonly base: Base;
  readonly way: readonly string[];
}

interface Runs {
  readonly pointsTo: PointsTo;
  readonly aliases: Aliases;
}

/** The same for each name of the object whose member the closure is, and for each object on the way to it. */
export function shownBeside(
  { pointsTo, aliases }: Runs,
  node: FunctionNode,
  object: ValueId,
  closure: FunctionNode,
  slot: number,
): readonly Shown[] {
  const found: Shown[] = [];
  for (const { base, path } of aliases.placesOf(node, object)) {
    if (base < 0) continue;
    let objects: readonly AbstractValue[] = [...pointsTo.valuesOf(node, base)];
    for (let length = 0; length <= path.components.length && objects.length > 0; length++) {
      for (const name of shownCaptures(pointsTo, objects, closure, slot))
        found.push({ base, way: [...path.components.slice(0, length), name] });
      const component = path.components[length] ?? "";
      objects = objects.flatMap((each) => [...(pointsTo.fieldsOf(each).get(component)?.values ?? [])]);
    }
  }
  return found;
}

/** Properties under which an object shows what one of its closures has captured: `{ add, seen }`, `add.seen = seen`. */
function shownCaptures(
  pointsTo: PointsTo,
  object: Iterable<AbstractValue>,
  closure: FunctionNode,
  slot: number,
): readonly string[] {
  const captured = pointsTo.slotNode(closure, slot).values;
  const isCaptured = (value: AbstractValue): boolean =>
    captured.has(value) && (value.kind === "object" || value.kind === "instance" || value.kind === "foreign");
  const names = new Set<string>();
  for (const value of object)
    if (value.kind === "object" || value.kind === "function")
      for (const [name, field] of pointsTo.fieldsOf(value))
        if (name !== "*" && !/^[gs]et /u.test(name) && [...field.values].some(isCaptured)) names.add(name);
  return [...names];
}

/** Setters that run where a property is written. */
import type { AbstractValue } from "./abstract-value.js";
import { forMember } from "../program/class-members.js";
import { forPrototypes } from "./class-prototypes.js";
import type { FunctionNode } from "../program/program.js";
import type { PointsTo } from "./points-to.js";

/** The setters that run where a property is written: the object's own, its class's, and those it inherits. */
export function forSetter(
  pointsTo: PointsTo,
  target: AbstractValue,
  name: string,
  found: (setter: FunctionNode) => void,
  seen = new Set<AbstractValue>(),
): void {
  if (seen.has(target)) return;
  seen.add(target);
  pointsTo.graph.onValue(pointsTo.fieldNode(target, `set ${name}`), (setter) => {
    if (setter.kind === "function") found(setter.function);
  });
  if (target.kind === "object")
    pointsTo.graph.onValue(pointsTo.prototypeNode(target), (prototype) => {
      forSetter(pointsTo, prototype, name, found, seen);
    });
  if (target.kind !== "instance" && target.kind !== "class") return;
  forMember(pointsTo, target.class, name, target.kind === "class", (member) => {
    if (member.kind === "setter" && member.function !== null)
      found(pointsTo.instanceCopies.of(target, member.function));
  });
  if (target.kind === "instance")
    forPrototypes(pointsTo, target.class, name, (prototype) => {
      forSetter(pointsTo, prototype, name, found, seen);
    });
}

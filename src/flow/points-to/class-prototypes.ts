/** What stands in a class's `prototype`: its methods, and whatever the program puts there for all objects of the class. */
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import { declaresMember } from "../program/class-chain.js";
import { loadMethod } from "../program/decorated-methods.js";
import type { ClassNode, Program } from "../program/program.js";

/** Puts the object into `C.prototype`, the first time that this is read. */
export function makePrototype(pointsTo: PointsTo, owner: ClassNode): void {
  const { graph, values } = pointsTo;
  const holder = pointsTo.fieldNode(values.class(owner), "prototype");
  const prototype = values.object(`prototype:class:${String(owner.index)}`, false);
  if (holder.values.has(prototype)) return;
  graph.add(holder, prototype);
  // By name they are the members of the class itself; who reads all of them finds them here.
  for (const member of owner.graph.members) {
    const method = member.function === null ? undefined : pointsTo.program.memberOf(owner, member.function);
    if (method !== undefined && !member.static && member.kind === "method")
      loadMethod(pointsTo, method, pointsTo.fieldNode(prototype, "*"));
  }
  graph.add(pointsTo.prototypeNode(prototype), values.instance(owner, null));
}

/** The prototypes where an object of the class may find a member, as far as the program names any: no further than one that has it. */
export function forPrototypes(
  pointsTo: PointsTo,
  start: ClassNode,
  name: string,
  found: (prototype: AbstractValue) => void,
  seen = new Set<ClassNode>(),
): void {
  if (seen.has(start) || !namesPrototypes(pointsTo.program)) return;
  seen.add(start);
  const { graph, values } = pointsTo;
  graph.onValue(pointsTo.fieldNode(values.class(start), "prototype"), found);
  if (declaresMember([values.class(start)], name)) return;
  const made = start.owner.code[start.point];
  if (made?.kind !== "class" || made.heritage === null) return;
  graph.onValue(pointsTo.valueNode(start.owner, made.heritage), (parent) => {
    if (parent.kind === "class") forPrototypes(pointsTo, parent.class, name, found, seen);
    else if (parent.kind === "function") graph.onValue(pointsTo.fieldNode(parent, "prototype"), found);
  });
}

const naming = new WeakMap<Program, boolean>();

function namesPrototypes(program: Program): boolean {
  let known = naming.get(program);
  if (known === undefined) {
    known = program.functions.some(({ code }) =>
      code.some(
        (each) => each.kind === "load" && each.property.kind === "name" && each.property.name === "prototype",
      ),
    );
    naming.set(program, known);
  }
  return known;
}

/**
 * Objects that other objects were given: the clock of a reminder, the bus of a service. What is put into one through
 * its holder comes out where it was made, and the other way round, so all who hold it share it.
 */
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { ClassNode } from "../program/program.js";

export function shareHeldInstances(pointsTo: PointsTo): void {
  for (const node of pointsTo.program.classes)
    if (pointsTo.instanceCopies.tellsApart(node))
      for (const holder of pointsTo.instancesOf(node))
        for (const [name, field] of pointsTo.fieldsOf(holder))
          if (name !== "*")
            for (const held of field.list) if (isGiven(pointsTo, node, held)) pointsTo.markShared(held);
}

/** An object of another class, which calls what it holds, too, and was made by no object for itself. */
function isGiven({ program, instanceCopies }: PointsTo, holder: ClassNode, value: AbstractValue): boolean {
  if (value.kind !== "instance" || value.site === null || !instanceCopies.tellsApart(value.class))
    return false;
  if (instanceCopies.areRelated(holder, value.class)) return false;
  const maker = program.functions[Number(value.site.split(":")[0])];
  return (
    maker !== undefined && maker.graph.kind !== "constructor" && maker.graph.kind !== "field-initializer"
  );
}

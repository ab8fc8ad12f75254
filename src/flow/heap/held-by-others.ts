/**
 * Fields that are nothing in the objects that are told apart, but something in others of their class: the next of the
 * last in a chain, the parent of the outermost. There nothing unknown lies that a type could tell of.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";

export function isHeldByOthers(
  pointsTo: PointsTo,
  node: FunctionNode,
  { object, property }: InstructionOf<"load">,
): boolean {
  const objects = [...pointsTo.valuesOf(node, object)].filter((value) => !isAbsent(value));
  if (property.kind !== "name" || objects.length === 0) return false;
  const { name } = property;
  return objects.every(
    (value) =>
      value.kind === "instance" &&
      value.site !== null &&
      pointsTo.instanceCopies.tellsApart(value.class) &&
      isNothing(pointsTo.fieldNode(value, name)) &&
      isNothing(pointsTo.fieldNode(value, "[]")) &&
      pointsTo.instanceCopies
        .relativesOf(value.class)
        .some((other) => !isNothing(pointsTo.fieldNode(other, name))),
  );
}

/** A call of a member of such a field: it never runs. */
export function isMemberOfNothing(pointsTo: PointsTo, node: FunctionNode, callee: ValueId): boolean {
  const member = definitionOf(node, callee);
  const held = member?.kind === "load" ? definitionOf(node, member.object) : null;
  return held?.kind === "load" && isHeldByOthers(pointsTo, node, held);
}

function isNothing({ list }: PointerNode): boolean {
  return list.every(isAbsent);
}

function isAbsent(value: AbstractValue): boolean {
  return value.kind === "constant" && (value.value === null || value.value === undefined);
}

/**
 * Whose iterator runs in one run of a function: where `take(2, album)` goes through an album, the iterator of the
 * captions that another call hands over does not run.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import { accessedObjects } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import type { Context } from "./context.js";
import type { ContextValues } from "./context-values.js";

const iterator = "@@iterator";

/** May the edge, of an iterator's method or of its `next`, be taken in this context? */
export function mayIterate(
  pointsTo: PointsTo,
  values: ContextValues,
  context: Context,
  edge: CallEdge,
): boolean {
  const { caller } = edge.site;
  const [object] = accessedObjects(pointsTo, { ...edge, shape: "iterate" });
  if (object === undefined) return true;
  const objects = values.valuesIn(context, caller, object);
  if (objects === null || objects === pointsTo.valuesOf(caller, object)) return true;
  return [...objects].some((each) => !isOwn(each) || iterates(pointsTo, values, each, edge));
}

/** Going through the object runs what the edge calls: its iterator's method, or the `next` of what that gives. */
export function iterates(
  pointsTo: PointsTo,
  values: ContextValues,
  object: AbstractValue,
  { shape, callee }: CallEdge,
): boolean {
  const methods = membersOf(pointsTo, values, object, iterator);
  // Of a method the one that runs on the same object.
  const isRun = (each: FunctionNode): boolean =>
    each.closureIndex === callee.closureIndex && (each.copy?.self ?? null) === (callee.copy?.self ?? null);
  if (shape === "iterate") return methods.some(isRun);
  return methods.some((method) =>
    [...pointsTo.returnNode(method).values].some(
      (made) => !isOwn(made) || membersOf(pointsTo, values, made, "next").some(isRun),
    ),
  );
}

function isOwn(value: AbstractValue): boolean {
  return value.kind === "instance" || value.kind === "object";
}

function membersOf(
  pointsTo: PointsTo,
  values: ContextValues,
  object: AbstractValue,
  name: string,
): readonly FunctionNode[] {
  const held = [...pointsTo.fieldNode(object, name).values].flatMap((each) =>
    each.kind === "function" ? [each.function] : [],
  );
  return object.kind === "instance" ? [...held, ...values.methods(object, name)] : held;
}

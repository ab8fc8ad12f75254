/** Reads of one place: `req.body` here and `req.body` there. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";

/** The value, and all that is read of the same place elsewhere in the function, where nothing else is put there. */
export function readAlike(node: FunctionNode, value: ValueId): readonly ValueId[] {
  const read = definitionOf(node, originOf(node, value));
  if (read?.kind !== "load" || read.property.kind !== "name") return [value];
  const { name } = read.property;
  const objects = new Set(readAlike(node, read.object).map((object) => originOf(node, object)));
  const isPut = node.code.some(
    (each) =>
      each.kind === "store" &&
      !each.initial &&
      each.property.kind === "name" &&
      each.property.name === name &&
      objects.has(originOf(node, each.object)),
  );
  return isPut ? [value] : [value, ...loadsOf(node, objects, name)];
}

/** Reads of a property of one of the objects. */
export function loadsOf(node: FunctionNode, objects: ReadonlySet<ValueId>, name: string): readonly ValueId[] {
  return node.code.flatMap((each) =>
    each.kind === "load" &&
    each.property.kind === "name" &&
    each.property.name === name &&
    objects.has(originOf(node, each.object))
      ? [each.out]
      : [],
  );
}

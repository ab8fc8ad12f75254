/** The one constant that a value is: a literal, a member of an enum, a constant of another file. */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { PointsTo } from "../../points-to/points-to.js";
import { writersOf } from "../../points-to/writers.js";
import { findExports } from "../../program/module-links.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { Scalar } from "./outcome.js";
import { constantOf } from "./outcome.js";
import { cellsOf } from "./read-cells.js";

export function foldedConstant(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
): { readonly value: Scalar } | null {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind === "instruction" && definition.instruction.kind === "constant") {
    const { instruction } = definition;
    return instruction.type === "regexp" || instruction.type === "bigint"
      ? null
      : { value: constantOf(instruction) };
  }
  // What comes from elsewhere than a constant's own name may be more than the one constant that is known.
  if (definition?.kind !== "instruction" || !isNamedConstant(pointsTo, node, definition.instruction))
    return null;
  const values = pointsTo.valueNode(node, value).list;
  const [only] = values;
  return only?.kind === "constant" && only.value != null && values.length === 1
    ? { value: only.value }
    : null;
}

/**
 * A variable of a module that is written once, or such a property of an object that a module makes once: an enum, a
 * table of constants. What is written again may be anything later on: `level = Number(req.body.level)`.
 */
function isNamedConstant(pointsTo: PointsTo, node: FunctionNode, instruction: Instruction): boolean {
  if (instruction.kind === "cell-read" || instruction.kind === "import-read")
    return cellsOf(pointsTo, node, instruction).every(
      (each) => each === null || isWrittenOnce(pointsTo, each.file, each.cell),
    );
  if (instruction.kind !== "load") return false;
  const objects = pointsTo.valueNode(node, instruction.object).list;
  const [object] = objects;
  if (object === undefined || objects.length > 1) return false;
  const name = instruction.property.kind === "name" ? instruction.property.name : null;
  if (object.kind === "module")
    return (
      name !== null &&
      findExports(pointsTo, object.file, name).every(
        (link) => link.kind !== "cell" || isWrittenOnce(pointsTo, link.file, link.cell),
      )
    );
  if (object.kind === "class") return !isChanged(pointsTo, object, name);
  if (object.kind !== "object" || isChanged(pointsTo, object, name)) return false;
  return pointsTo.program.functions[Number(object.site.split(":")[0])]?.graph.kind === "module";
}

function isWrittenOnce(pointsTo: PointsTo, file: string, cell: string): boolean {
  return writersOf(pointsTo).ofCell(file, cell).length <= 1;
}

const stores = new WeakMap<PointsTo, ReadonlyMap<AbstractValue, ReadonlyMap<string | null, number>>>();

/** Is a property of it written more than once, or some property under a name that is worked out? */
function isChanged(pointsTo: PointsTo, object: AbstractValue, name: string | null): boolean {
  const found = storesOf(pointsTo).get(object);
  if (found === undefined) return false;
  return found.has(null) || (name === null ? [...found.values()] : [found.get(name) ?? 0]).some((n) => n > 1);
}

function storesOf(pointsTo: PointsTo): ReadonlyMap<AbstractValue, ReadonlyMap<string | null, number>> {
  const known = stores.get(pointsTo);
  if (known !== undefined) return known;
  const found = new Map<AbstractValue, Map<string | null, number>>();
  for (const node of pointsTo.program.functions)
    for (const instruction of node.code) {
      if (instruction.kind !== "store") continue;
      const name = instruction.property.kind === "name" ? instruction.property.name : null;
      if (name === null && instruction.initial) continue;
      for (const object of pointsTo.valuesOf(node, instruction.object)) {
        const names = found.get(object) ?? new Map<string | null, number>();
        found.set(object, names.set(name, (names.get(name) ?? 0) + 1));
      }
    }
  stores.set(pointsTo, found);
  return found;
}

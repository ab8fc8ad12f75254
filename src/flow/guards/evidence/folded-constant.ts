/** The one constant that a value is: a literal, a member of an enum, a constant of another file. */
import type { Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import type { Scalar } from "./outcome.js";
import { constantOf } from "./outcome.js";

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
  const [only, ...others] = pointsTo.valuesOf(node, value);
  return only?.kind === "constant" && only.value != null && others.length === 0
    ? { value: only.value }
    : null;
}

/** A variable of a module, or a property of an object that a module makes once: an enum, a table of constants. */
function isNamedConstant(pointsTo: PointsTo, node: FunctionNode, instruction: Instruction): boolean {
  if (instruction.kind === "cell-read" || instruction.kind === "import-read") return true;
  if (instruction.kind !== "load") return false;
  const [object, ...others] = pointsTo.valuesOf(node, instruction.object);
  if (object === undefined || others.length > 0) return false;
  if (object.kind === "module" || object.kind === "class") return true;
  if (object.kind !== "object") return false;
  return pointsTo.program.functions[Number(object.site.split(":")[0])]?.graph.kind === "module";
}

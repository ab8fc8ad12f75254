/** What parameters certainly have in a copy of a function, which only calls run that hand over such literals. */
import type { ValueId } from "../../contracts/file-graph.js";
import { isDeletedFrom } from "../heap/literal-members.js";
import { originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { capturedFrom } from "../program/captured-from.js";
import type { MadeValue } from "../program/made-value.js";
import type { FunctionNode } from "../program/program.js";

/** The value is a parameter of a copy, for which all calls of the copy hand over a literal with the name. */
export function isGivenWith(pointsTo: PointsTo, node: FunctionNode, value: ValueId, name: string): boolean {
  const parameter = parameterBehind(pointsTo, node, value);
  if (parameter === null) return false;
  const names = pointsTo.functionCopies.namesGiven(parameter.node, parameter.index);
  if (names?.has(name) !== true) return false;
  return ![...pointsTo.valuesOf(parameter.node, parameter.value)].some((object) =>
    isDeletedFrom(pointsTo, object, name),
  );
}

const deepest = 4;

/** The parameter that a value is, also where a function inside has captured it, or a default stands beside it. */
function parameterBehind(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  depth = 0,
): (MadeValue & { readonly index: number }) | null {
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  if (definition === undefined || depth > deepest) return null;
  if (definition.kind === "phi") {
    const given = definition.phi.inputs.find((input) => isDefaulted(node, input.value));
    return given === undefined ? null : parameterBehind(pointsTo, node, given.value, depth + 1);
  }
  const { instruction } = definition;
  if (instruction.kind === "parameter") return { node, value: origin, index: instruction.index };
  if (instruction.kind !== "capture") return null;
  const captured = capturedFrom(pointsTo, node, instruction.slot);
  return captured && parameterBehind(pointsTo, captured.node, captured.value, depth + 1);
}

/** A parameter that another value stands for where it is not given: a literal is. */
function isDefaulted(node: FunctionNode, value: ValueId): boolean {
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  return (
    definition?.kind === "instruction" &&
    definition.instruction.kind === "parameter" &&
    node.graph.blocks.some(
      ({ end }) => end.kind === "branch" && end.test === "defined" && originOf(node, end.value) === origin,
    )
  );
}

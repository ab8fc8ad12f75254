/** Parameters with a default: which of them a call gives. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "./program.js";

/** Which parameters with a default get an argument here, for functions that have such. */
export function givenAt(pointsTo: PointsTo, edge: CallEdge): ReadonlySet<number> | null {
  const { instruction } = edge.site;
  if (instruction.kind !== "call" && instruction.kind !== "super-call") return null;
  if (
    !/^(?:call|construct|super)$/u.test(edge.shape) ||
    !hasDefaults(edge.callee) ||
    instruction.arguments.some((argument) => argument.spread)
  )
    return null;
  const given = new Set<number>();
  instruction.arguments.forEach((argument, index) => {
    const values = pointsTo.valuesOf(edge.site.caller, argument.value);
    if (![...values].some((value) => value.kind === "constant" && value.value === undefined))
      given.add(index);
  });
  return instruction.arguments.some(
    (argument, index) => !given.has(index) && mayBeDefined(pointsTo, edge.site.caller, argument.value),
  )
    ? null
    : given;
}

function hasDefaults(callee: FunctionNode): boolean {
  return callee.graph.blocks.some((block) => {
    if (block.end.kind !== "branch" || block.end.test !== "defined") return false;
    const definition = callee.definitions[block.end.value];
    return definition?.kind === "instruction" && definition.instruction.kind === "parameter";
  });
}

/** `undefined` among other things: neither given nor left out for certain. */
function mayBeDefined(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  const values = [...pointsTo.valuesOf(node, value)];
  const definition = node.definitions[value];
  return (
    values.some((each) => each.kind !== "constant" || each.value !== undefined) ||
    definition?.kind !== "instruction" ||
    definition.instruction.kind !== "constant"
  );
}

/** Parameters with a default: which of them a call gives. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "./program.js";

/** Which parameters with a default get an argument here, for functions that have such. */
export function givenAt(pointsTo: PointsTo, edge: CallEdge): ReadonlySet<number> | null {
  const { instruction } = edge.site;
  if (instruction.kind !== "call" && instruction.kind !== "super-call") return null;
  const defaulted = defaultedIn(edge.callee);
  if (
    !/^(?:call|construct|super)$/u.test(edge.shape) ||
    defaulted.size === 0 ||
    instruction.arguments.some((argument) => argument.spread)
  )
    return null;
  const given = new Set<number>();
  const valuesAt = (value: ValueId): readonly AbstractValue[] => [
    ...pointsTo.valuesOf(edge.site.caller, value),
  ];
  // `null` leaves a default as it is, and not what stands behind `??`.
  if (instruction.arguments.some(({ value }, index) => defaulted.has(index) && valuesAt(value).some(isNull)))
    return null;
  instruction.arguments.forEach((argument, index) => {
    const values = valuesAt(argument.value);
    if (!values.some((value) => value.kind === "constant" && value.value === undefined)) given.add(index);
  });
  return instruction.arguments.some(
    (argument, index) => !given.has(index) && mayBeDefined(pointsTo, edge.site.caller, argument.value),
  )
    ? null
    : given;
}

function isNull(value: AbstractValue): boolean {
  return value.kind === "constant" && value.value === null;
}

function defaultedIn(callee: FunctionNode): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { end } of callee.graph.blocks) {
    if (end.kind !== "branch" || end.test !== "defined") continue;
    const definition = callee.definitions[end.value];
    if (definition?.kind === "instruction" && definition.instruction.kind === "parameter")
      found.add(definition.instruction.index);
  }
  return found;
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

/** Of a parameter with a default: what is given, or the default; null for other choices. */
export function takenInputs(
  node: FunctionNode,
  inputs: readonly { readonly value: ValueId }[],
  given: ReadonlySet<number>,
): readonly ValueId[] | null {
  const values = inputs.map(({ value }) => value);
  const index = values.map((value) => parameterAt(node, value)).find((each) => each !== null) ?? null;
  if (index === null) return null;
  return values.filter((value) => (parameterAt(node, value) !== null) === given.has(index));
}

function parameterAt(node: FunctionNode, value: ValueId): number | null {
  const definition = definitionOf(node, value);
  return definition?.kind === "parameter" ? definition.index : null;
}

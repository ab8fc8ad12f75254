/** Which arguments of a call come into a parameter, in each form that a call has: `f(x)`, `f.call(self, x)`, `f.apply(self, list)`. */
import type { Argument, Instruction, ValueId } from "../../contracts/file-graph.js";
import { iteratedOperand } from "../tabulation/bindings.js";
import { assignedArgument } from "../../contracts/models-own.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import { operandsOf } from "./operands.js";

/** Several where it cannot be told apart which of them it is. */
export function argumentsFor({ site, shape, callee }: CallEdge, index: number): readonly Argument[] {
  const { instruction } = site;
  if (instruction.kind !== "call" && instruction.kind !== "super-call") return [];
  const shift = shape === "invoke-call" ? 1 : shape === "template" ? -1 : 0;
  const list = instruction.arguments;
  if (shape === "invoke-apply") return list.slice(1, 2);
  if (shape === "bound") return list;
  if (shape === "assign") return list.slice(assignedArgument + 1);
  if (shape === "bound-call" || shape === "bound-apply") return list.slice(1);
  const at = index + shift;
  const spread = list.findIndex((argument) => argument.spread);
  // Behind a list that is spread, nobody counts.
  if (spread !== -1 && spread <= at) return list.slice(spread);
  if (callee.graph.parameters[index]?.rest === true) return list.slice(at);
  const argument = list[at];
  return argument === undefined ? [] : [argument];
}

/**
 * Of a call that is written out (`f(x)`, ``f`a ${x} b` ``): by how many its arguments stand before the parameters that
 * they come into; null: of none.
 */
export function writtenShift({ site, shape }: CallEdge): number | null {
  if (site.instruction.kind !== "call") return null;
  return shape === "call" ? 0 : shape === "template" ? 1 : null;
}

/** The objects of which an accessor, an iterator or a conversion runs: several where it is not told which of them does. */
export function accessedObjects(
  pointsTo: PointsTo,
  { shape, site: { caller, instruction } }: CallEdge,
): readonly ValueId[] {
  if (shape === "convert")
    return operandsOf(instruction).filter((operand) =>
      [...pointsTo.valuesOf(caller, operand)].some(({ kind }) => kind === "instance" || kind === "object"),
    );
  if (shape === "assign" && instruction.kind === "call")
    return instruction.arguments.slice(assignedArgument, assignedArgument + 1).map(({ value }) => value);
  const only = /^(?:getter|setter|iterate)$/u.test(shape) ? accessedObject(instruction) : null;
  return only === null ? [] : [only];
}

function accessedObject(instruction: Instruction): ValueId | null {
  switch (instruction.kind) {
    case "load":
    case "store":
    case "iterate":
      return instruction.object;
    case "append-elements":
      return instruction.source;
    case "array-rest":
      return instruction.array;
    case "yield":
      return instruction.value;
    case "call":
      return iteratedOperand(instruction);
    default:
      return null;
  }
}

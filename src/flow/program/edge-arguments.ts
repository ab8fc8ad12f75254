/** Which arguments of a call come into a parameter, in each form that a call has: `f(x)`, `f.call(self, x)`, `f.apply(self, list)`. */
import type { Argument, ValueId } from "../../contracts/file-graph.js";
import { iteratedOperand } from "../tabulation/bindings.js";
import type { CallEdge } from "../points-to/points-to.js";

/** Several where it cannot be told apart which of them it is. */
export function argumentsFor({ site, shape, callee }: CallEdge, index: number): readonly Argument[] {
  const { instruction } = site;
  if (instruction.kind !== "call" && instruction.kind !== "super-call") return [];
  const shift = shape === "invoke-call" ? 1 : shape === "template" ? -1 : 0;
  const list = instruction.arguments;
  if (shape === "invoke-apply") return list.slice(1, 2);
  if (shape === "bound") return list;
  if (shape === "bound-call" || shape === "bound-apply") return list.slice(1);
  if (callee.graph.parameters[index]?.rest === true || list.some((argument) => argument.spread))
    return list.slice(index + shift);
  const argument = list[index + shift];
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

/** The object whose accessor or iterator runs. */
export function accessedObject({ shape, site: { instruction } }: CallEdge): ValueId | null {
  if (shape !== "getter" && shape !== "setter" && shape !== "iterate") return null;
  switch (instruction.kind) {
    case "load":
    case "store":
    case "iterate":
      return instruction.object;
    case "append-elements":
      return instruction.source;
    case "array-rest":
      return instruction.array;
    case "call":
      return iteratedOperand(instruction);
    default:
      return null;
  }
}

/** Calls of packages and of the language that iterate what they are given. */
import type { Address } from "../../contracts/model.js";
import { iteratedArgument } from "../tabulation/bindings.js";
import { forIterator } from "./member-constraints.js";
import type { Operands } from "./call-operands.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** `Array.from(bag)`: the call iterates an object that has an iterator of the program's own. */
export function iterateOperand(
  pointsTo: PointsTo,
  { caller, point, instruction }: CallSite,
  operands: Operands,
  { root, steps }: Address,
  elements: PointerNode,
): void {
  const [first, ...others] = steps;
  if (root.kind !== "argument" || root.index !== iteratedArgument || first?.kind !== "element") return;
  // What is written out in depth is no list that is gone through: `JSON.stringify(bag)`.
  if (!others.every((step) => step.kind === "property" || step.kind === "rejected")) return;
  const given = operands.arguments[iteratedArgument];
  if (instruction.kind !== "call" || given === undefined || given.spread) return;
  const out = others.length === 0 ? elements : pointsTo.graph.create();
  forIterator(pointsTo, given.node, out, { node: caller, point });
}

/** The inclusion constraints of what makes a value, and of what hands one on under another name or type. */
import type { FilePath } from "../../base/keys.js";
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import type { Constraints } from "./constraint-table.js";
import { siteId } from "./constraint-table.js";
import type { ConversionHint } from "./conversions.js";
import { convertToPrimitive } from "./conversions.js";
import type { PointerNode } from "./pointer-graph.js";
import { originOf } from "../paths/value-places.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { admittedBy } from "./admitted-values.js";
import { isScalarReference, mayBeScalar } from "../ways/scalar-types.js";
import { awaitThenable } from "../tabulation/thenables.js";

/** What makes numbers of its operands. */
const calculates = /^(?:[+\-*/%~]|\*\*)$/u;

export const valueConstraints = {
  constant: (pointsTo, node, { type, value, out }, point) => {
    const { graph, values } = pointsTo;
    const made = pointsTo.valueNode(node, out);
    if (type === "regexp") addForeign(pointsTo, made, "lib", ["RegExp"], siteId(node, point));
    else graph.add(made, values.constant(type === "undefined" ? undefined : value));
  },
  box: addMade,
  object: addMade,
  array: addMade,
  function: (pointsTo, node, instruction) => {
    const { graph, values } = pointsTo;
    const callee = pointsTo.program.functionIn(node, instruction.function);
    if (callee === undefined) return;
    graph.add(pointsTo.valueNode(node, instruction.out), values.function(callee));
    instruction.captures.forEach((captured, slot) => {
      graph.edge(pointsTo.valueNode(node, captured), pointsTo.slotNode(callee, slot));
    });
  },
  class: (pointsTo, node, instruction) => {
    const found = pointsTo.program.classIn(node, instruction.class);
    if (found !== undefined)
      pointsTo.graph.add(pointsTo.valueNode(node, instruction.out), pointsTo.values.class(found));
  },
  await: (pointsTo, node, instruction, point) => {
    const value = pointsTo.valueNode(node, instruction.value);
    const out = pointsTo.valueNode(node, instruction.out);
    awaitThenable(pointsTo, value, out, { node, point });
  },
  cast: addTyped,
  declare: addTyped,
  binary: (pointsTo, node, { operator, left, right, out }, point) => {
    pointsTo.graph.add(pointsTo.valueNode(node, out), pointsTo.values.computed(node, point));
    if (operator === "instanceof")
      tellClass(pointsTo, pointsTo.valueNode(node, left), pointsTo.valueNode(node, right));
    if (operator === "+") convertOperands(pointsTo, node, [left, right], out, point, "default");
    else if (calculates.test(operator)) convertOperands(pointsTo, node, [left, right], out, point, "number");
  },
  unary: (pointsTo, node, { operator, operand, out }, point) => {
    if (calculates.test(operator)) convertOperands(pointsTo, node, [operand], out, point, "number");
  },
  template: (pointsTo, node, { values, out }, point) => {
    pointsTo.graph.add(pointsTo.valueNode(node, out), pointsTo.values.computed(node, point));
    convertOperands(pointsTo, node, values, out, point, "string");
  },
  catch: (pointsTo, node, { out }) => {
    pointsTo.graph.edge(caughtNode(pointsTo, node), pointsTo.valueNode(node, out));
  },
} satisfies Constraints;

function addMade(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: InstructionOf<"box" | "object" | "array">,
  point: number,
): void {
  const made = pointsTo.values.object(siteId(node, point), instruction.kind === "array");
  pointsTo.graph.add(pointsTo.valueNode(node, instruction.out), made);
}

function addTyped(
  pointsTo: PointsTo,
  node: FunctionNode,
  { value, out, type }: InstructionOf<"cast" | "declare">,
): void {
  typedEdge(pointsTo, pointsTo.valueNode(node, value), pointsTo.valueNode(node, out), type, node.file);
}

function convertOperands(
  pointsTo: PointsTo,
  node: FunctionNode,
  operands: readonly ValueId[],
  out: ValueId,
  point: number,
  hint: ConversionHint,
): void {
  for (const operand of operands) {
    const at = { node, point };
    // What is only said to be a text is still the object that it was.
    const given = pointsTo.valueNode(node, originOf(node, operand));
    convertToPrimitive(pointsTo, given, pointsTo.valueNode(node, out), at, hint);
  }
}

/** What the handlers of a function catch. */
export function caughtNode(pointsTo: PointsTo, node: FunctionNode): PointerNode {
  return pointsTo.graph.node(`x${String(node.index)}`);
}

/** A value that is tested for a class may be of it, so the members of the class are known where they are used. */
function tellClass(pointsTo: PointsTo, tested: PointerNode, type: PointerNode): void {
  pointsTo.graph.onValue(type, (value) => {
    if (value.kind === "class") pointsTo.graph.add(tested, pointsTo.values.instance(value.class, null));
    else if (value.kind === "foreign")
      addForeign(pointsTo, tested, value.module === "global" ? "lib" : value.module, value.path, value.site);
  });
}

export function addForeign(
  pointsTo: PointsTo,
  node: PointerNode,
  module: string,
  path: readonly string[],
  site: string | null,
): void {
  const value = pointsTo.values.foreign(module, path, site);
  if (value !== null) pointsTo.graph.add(node, value);
}

/** What a place of a written type takes over: a text has no members that a package gave it. */
export function typedEdge(
  pointsTo: PointsTo,
  from: PointerNode,
  to: PointerNode,
  type: TypeReference | null,
  file: FilePath,
): void {
  const { graph } = pointsTo;
  if (!isScalarReference(type)) graph.edgeThrough(from, to, admittedBy(pointsTo, file, type));
  else
    graph.onValue(from, (value) => {
      if (mayBeScalar(value)) graph.add(to, value);
    });
}

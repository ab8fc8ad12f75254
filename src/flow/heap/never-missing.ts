/** Values that are there whatever they are made of: a text that is put together, a sum, what a conversion gives. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const madeKinds = /^(?:object|array|function|class|template|binary|jsx)$/u;
const conversions = /^(?:String|Number|Boolean|BigInt|Date|parseInt|parseFloat)$/u;
/** Methods of texts, numbers and lists that always give something. */
const giving =
  /^(?:to(?:String|Fixed|Precision|UpperCase|LowerCase|ISOString|LocaleString|LocaleDateString|LocaleTimeString|LocaleUpperCase|LocaleLowerCase)|trim(?:Start|End)?|pad(?:Start|End)|repeat|replace|replaceAll|substring|charAt|normalize|join)$/u;
/** Choices in choices that are looked into. */
const deepest = 3;

export function isNeverMissing(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition === undefined) return false;
  if (definition.kind === "phi")
    return (
      depth < deepest &&
      definition.phi.inputs.every((input) => isNeverMissing(pointsTo, node, input.value, depth + 1))
    );
  const { instruction, point } = definition;
  if (instruction.kind === "call") return isGiven(pointsTo, node, instruction, point);
  if (instruction.kind === "unary") return instruction.operator !== "void";
  if (instruction.kind === "constant") return instruction.type !== "undefined" && instruction.type !== "null";
  return madeKinds.test(instruction.kind);
}

/** By the language's own functions: no function of the program runs there. */
function isGiven(
  pointsTo: PointsTo,
  node: FunctionNode,
  call: InstructionOf<"call">,
  point: number,
): boolean {
  if (call.new) return true;
  const callee = definitionOf(node, call.callee);
  if (callee?.kind === "global") return conversions.test(callee.name);
  return (
    callee?.kind === "load" &&
    callee.property.kind === "name" &&
    giving.test(callee.property.name) &&
    !call.optional &&
    (pointsTo.findSite(node, point)?.edges.size ?? 0) === 0
  );
}

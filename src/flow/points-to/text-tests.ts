/** Behind `typeof value === "string"` a value is a text, and none of the objects that it may be elsewhere. */
import type { ValueId } from "../../contracts/file-graph.js";
import { isNoObject } from "./admitted-values.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { predecessorsOf } from "../program/predecessors.js";

const scalars = /^(?:string|number|boolean|bigint|symbol)$/u;
/** Blocks on the way back to a test. */
const farthest = 12;

/** Control comes to the point only where a test found the value to be a text, a number or the like. */
function isScalarBehindTest(node: FunctionNode, point: number, value: ValueId): boolean {
  let position = node.blockOf[point] ?? 0;
  for (let steps = 0; steps < farthest; steps++) {
    const [previous, ...others] = predecessorsOf(node)[position] ?? [];
    if (previous === undefined || others.length > 0) return false;
    const end = node.graph.blocks[previous.position]?.end;
    if (end?.kind === "branch" && isTested(node, end.value, value, previous.side === "then")) return true;
    ({ position } = previous);
  }
  return false;
}

function isTested(node: FunctionNode, test: ValueId, value: ValueId, isTrue: boolean): boolean {
  const comparison = definitionOf(node, test);
  if (comparison?.kind !== "binary") return false;
  if (!(isTrue ? /^===?$/u : /^!==?$/u).test(comparison.operator)) return false;
  const { left, right } = comparison;
  return [
    [left, right],
    [right, left],
  ].some(([asked = left, word = right]) => {
    const type = definitionOf(node, asked);
    const constant = definitionOf(node, word);
    return (
      type?.kind === "unary" &&
      type.operator === "typeof" &&
      originOf(node, type.operand) === originOf(node, value) &&
      constant?.kind === "constant" &&
      typeof constant.value === "string" &&
      scalars.test(constant.value)
    );
  });
}

/** What an instruction takes of a value: behind a test for a text, texts alone. */
export function operandAt(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  value: ValueId,
): PointerNode {
  const whole = pointsTo.valueNode(node, value);
  if (!isScalarBehindTest(node, point, value)) return whole;
  const texts = pointsTo.graph.create();
  pointsTo.graph.edgeThrough(whole, texts, isNoObject);
  return texts;
}

/** Comparisons of one value in a row, all of which came out unequal: `switch` without the last cases, `||`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { predecessorsOf, type Predecessor } from "../../program/predecessors.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { foldedConstant } from "./folded-constant.js";
import type { Scalar } from "./outcome.js";

const most = 40;
const deepest = 6;

/** The value that a block's test compares, and all that it is not on one side of it; null where there is but one. */
export function excludedValues(
  pointsTo: PointsTo,
  node: FunctionNode,
  position: number,
  side: "then" | "else",
): { readonly of: ValueId; readonly values: readonly Scalar[] } | null {
  const first = comparedIn(pointsTo, node, position, side);
  if (first === null) return null;
  const values: Scalar[] = [first.value];
  let current = position;
  for (let hops = 0; hops < most; hops++) {
    const before = onlyPredecessor(node, current);
    if (before === null) break;
    const test = comparedIn(pointsTo, node, before.position, before.side);
    if (test !== null) {
      if (!isSamePlace(node, test.of, first.of, 0)) break;
      values.push(test.value);
    } else if (before.side !== null) break;
    current = before.position;
  }
  return values.length > 1 ? { of: first.of, values } : null;
}

/** The same value, or the same property of one, read twice: `res.locals.answer`. */
function isSamePlace(node: FunctionNode, one: ValueId, other: ValueId, depth: number): boolean {
  const [a, b] = [originOf(node, one), originOf(node, other)];
  if (a === b) return true;
  const [first, second] = [definitionOf(node, a), definitionOf(node, b)];
  if (first?.kind !== "load" || second?.kind !== "load" || depth > deepest) return false;
  return (
    first.property.kind === "name" &&
    second.property.kind === "name" &&
    first.property.name === second.property.name &&
    isSamePlace(node, first.object, second.object, depth + 1)
  );
}

/** The constant that a value is known to be unlike on one side of the test at a block's end. */
function comparedIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  position: number,
  side: "then" | "else" | null,
): { readonly of: ValueId; readonly value: Scalar } | null {
  const end = node.graph.blocks[position]?.end;
  if (end?.kind !== "branch" || end.test !== "truthy" || side === null) return null;
  const definition = node.definitions[originOf(node, end.value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "binary") return null;
  const { operator, left, right } = definition.instruction;
  const isUnequal = /^[!=]==?$/u.test(operator) && operator.startsWith("=") === (side === "else");
  if (!isUnequal) return null;
  const constant = foldedConstant(pointsTo, node, right);
  if (constant !== null) return { of: left, value: constant.value };
  const other = foldedConstant(pointsTo, node, left);
  return other === null ? null : { of: right, value: other.value };
}

function onlyPredecessor(node: FunctionNode, position: number): Predecessor | null {
  const [only, ...others] = predecessorsOf(node)[position] ?? [];
  return only === undefined || others.length > 0 ? null : only;
}

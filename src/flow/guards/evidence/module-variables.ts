/** What a variable of a module tells that is written once, where the module is loaded: `const refusal = { statusCode: 403 }`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { definitionOf } from "../../paths/value-places.js";
import type { PointsTo } from "../../points-to/points-to.js";
import { writersOf } from "../../points-to/writers.js";
import type { FunctionNode } from "../../program/program.js";
import { dominatorsOf } from "../ages/dominators.js";
import { foldedConstant } from "./folded-constant.js";
import type { Outcome } from "./outcome.js";
import { mayBe, mayBeObject } from "./outcome.js";
import type { CellRead } from "./read-cells.js";
import { cellsOf } from "./read-cells.js";

export function moduleVariableTells(
  pointsTo: PointsTo,
  node: FunctionNode,
  read: CellRead,
  outcome: Outcome,
): boolean {
  const constant = foldedConstant(pointsTo, node, read.out);
  if (constant !== null) return !mayBe(constant.value, outcome);
  return !mayBeObject(outcome) && isObjectForGood(pointsTo, node, read);
}

function isObjectForGood(pointsTo: PointsTo, node: FunctionNode, read: CellRead): boolean {
  const cells = cellsOf(pointsTo, node, read);
  return (
    cells.length > 0 &&
    cells.every((each) => {
      const [only, ...others] = each === null ? [] : writersOf(pointsTo).ofCell(each.file, each.cell);
      if (only === undefined || others.length > 0 || only.node.graph.kind !== "module") return false;
      return isAlwaysPassed(only.node, only.point) && isObject(only.node, only.value);
    })
  );
}

function isAlwaysPassed(node: FunctionNode, point: number): boolean {
  const block = node.blockOf[point] ?? -1;
  const dominators = dominatorsOf(node);
  return node.graph.blocks.every(
    ({ end }, position) => end.kind !== "return" || dominators[position]?.has(block) === true,
  );
}

function isObject(node: FunctionNode, value: ValueId): boolean {
  const made = definitionOf(node, value);
  switch (made?.kind) {
    case "object":
    case "array":
    case "function":
    case "class":
      return true;
    case "call":
      return made.new || made.name === "Object.freeze";
    default:
      return false;
  }
}

/** Whether it depends on fields of its own object what a method does: `if (this.isOpen)`, `this.mode === "short"`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 4;
const tested = new WeakMap<FunctionNode, boolean>();
const decided = new WeakMap<FunctionNode, boolean>();

/** It tests them, or runs another method of the same object that does. */
export function dependsOnReceiver(pointsTo: PointsTo, node: FunctionNode): boolean {
  let depends = decided.get(node);
  if (depends === undefined) {
    depends = testsReceiver(node) || runsOwnThatTests(pointsTo, node);
    decided.set(node, depends);
  }
  return depends;
}

function testsReceiver(node: FunctionNode): boolean {
  let tests = tested.get(node);
  if (tests === undefined) {
    tests =
      node.graph.class !== null &&
      node.graph.blocks.some(({ end }) => end.kind === "branch" && isOfReceiver(node, end.value, 0));
    tested.set(node, tests);
  }
  return tests;
}

function runsOwnThatTests(pointsTo: PointsTo, node: FunctionNode): boolean {
  if (node.graph.class === null) return false;
  return node.code.some((each, point) => {
    if (each.kind !== "call" || each.receiver === null) return false;
    if (definitionOf(node, each.receiver)?.kind !== "this") return false;
    const edges = pointsTo.findSite(node, point)?.edges.values() ?? [];
    return [...edges].some(({ callee }) => testsReceiver(callee));
  });
}

function isOfReceiver(node: FunctionNode, value: ValueId, depth: number): boolean {
  const made = depth > deepest ? null : definitionOf(node, value);
  switch (made?.kind) {
    case "load":
      return definitionOf(node, made.object)?.kind === "this" || isOfReceiver(node, made.object, depth + 1);
    case "unary":
      return isOfReceiver(node, made.operand, depth + 1);
    case "binary":
      return isOfReceiver(node, made.left, depth + 1) || isOfReceiver(node, made.right, depth + 1);
    default:
      return false;
  }
}

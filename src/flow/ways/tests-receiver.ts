/** Whether it depends on fields of its own object which ways a method takes: `if (this.isOpen)`, `this.mode === "short"`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";

const deepest = 4;
const known = new WeakMap<FunctionNode, boolean>();

export function testsReceiver(node: FunctionNode): boolean {
  let tests = known.get(node);
  if (tests === undefined) {
    tests =
      node.graph.class !== null &&
      node.graph.blocks.some(({ end }) => end.kind === "branch" && isOfReceiver(node, end.value, 0));
    known.set(node, tests);
  }
  return tests;
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

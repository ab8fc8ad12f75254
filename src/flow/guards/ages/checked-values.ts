/** Values that were looked at before: that they are there, that they are numbers, that a date is one. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf, placesOf } from "../../paths/value-places.js";
import type { Examinations } from "./examinations.js";
import { dominatorsOf } from "./dominators.js";

const deepest = 8;

/** A test on every way to the block asked whether the value is there or is a number. */
export function isChecked(
  examinations: Examinations,
  node: FunctionNode,
  value: ValueId,
  block: number,
): boolean {
  const wanted = placeOf(node, value);
  for (const position of dominatorsOf(node)[block] ?? []) {
    const end = position === block ? undefined : node.graph.blocks[position]?.end;
    const tested = end?.kind === "branch" ? [end.value] : [];
    // An assertion in the same block has come back too, wherever it stands, when the block is left.
    const asserted = pointsIn(node, position).flatMap((point) => examinations.asserted.at(node, point));
    for (const value of [...tested, ...asserted])
      if (lookedAt(examinations, node, value).some((each) => placeOf(node, each) === wanted)) return true;
  }
  return false;
}

function pointsIn(node: FunctionNode, position: number): readonly number[] {
  const start = node.blockStart[position] ?? 0;
  const { length } = node.graph.blocks[position]?.instructions ?? [];
  return Array.from({ length }, (_, offset) => start + offset);
}

/** What a test of this value asks to be there or to be a number. */
export function lookedAt(
  examinations: Examinations,
  node: FunctionNode,
  value: ValueId,
  depth = 0,
): readonly ValueId[] {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || depth > deepest) return [value];
  const { instruction, point } = definition;
  const again = (each: ValueId): readonly ValueId[] => lookedAt(examinations, node, each, depth + 1);
  switch (instruction.kind) {
    case "unary":
      return again(instruction.operand);
    case "binary":
      return /^[!=]==?$/u.test(instruction.operator)
        ? [...again(instruction.left), ...again(instruction.right)]
        : [];
    case "call":
    case "load": {
      const asked = examinations.at(node, point).map((each) => each.value);
      if (asked.length > 0) return asked.flatMap((each) => [each, ...again(each)]);
      return instruction.kind === "call" ? behindCall(node, value, depth) : [value];
    }
    default:
      return [value];
  }
}

/** `born.getTime()` is a number if `born` is a date. */
function behindCall(node: FunctionNode, value: ValueId, depth: number): readonly ValueId[] {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call" || depth > deepest)
    return [value];
  const { receiver, new: isNew, arguments: list } = definition.instruction;
  if (receiver !== null) return [value, receiver, ...behindCall(node, receiver, depth + 1)];
  const [first] = list;
  return isNew && first !== undefined ? [value, first.value] : [value];
}

/** One text for one value, wherever it is read again. */
function placeOf(node: FunctionNode, value: ValueId): string {
  const { base, path } = placesOf(node, value).at(-1) ?? { base: value, path: [] };
  return `${String(base)}.${path.join(".")}`;
}

export function isSameValue(node: FunctionNode, one: ValueId, other: ValueId): boolean {
  return placeOf(node, one) === placeOf(node, other);
}

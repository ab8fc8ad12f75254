/**
 * How long a list is, where that is certain: a literal that is filled and emptied in the straight line of code
 * that made it, seen by nobody else until then.
 */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { isIndex } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";

/** Methods that leave a list as long as it is, and hand it to nobody. */
export const readingMethods: ReadonlySet<string> = new Set([
  "at",
  "concat",
  "entries",
  "flat",
  "includes",
  "indexOf",
  "join",
  "keys",
  "lastIndexOf",
  "slice",
  "toReversed",
  "toSorted",
  "toSpliced",
  "toString",
  "values",
  "with",
]);

/** Instructions that only look at an operand. */
const looking: ReadonlySet<Instruction["kind"]> = new Set([
  "load",
  "iterate",
  "array-rest",
  "template",
  "unary",
  "binary",
  "declare",
  "cast",
]);

/** Instructions that ask how long a list is. */
const asking: ReadonlySet<Instruction["kind"]> = new Set(["call", "load", "append-elements"]);

/** By list, the lengths before the calls that are made on it and the reads of its elements. */
const known = new WeakMap<FunctionNode, Map<ValueId, ReadonlyMap<number, number>>>();

/** The length of the list `value` before the instruction at `point`, or null. */
export function lengthBefore(node: FunctionNode, point: number, value: ValueId): number | null {
  const list = originOf(node, value);
  const ofNode = known.get(node) ?? new Map<ValueId, ReadonlyMap<number, number>>();
  const lengths = ofNode.get(list) ?? lengthsOf(node, list);
  ofNode.set(list, lengths);
  known.set(node, ofNode);
  return lengths.get(point) ?? null;
}

function lengthsOf(node: FunctionNode, list: ValueId): ReadonlyMap<number, number> {
  const lengths = new Map<number, number>();
  const definition = node.definitions[list];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "array") return lengths;
  const names = new Set([list]);
  const points = pointsOfUse(node, definition.point, names);
  let length = 0;
  for (const point of points) {
    const instruction = node.code[point];
    if (instruction === undefined) continue;
    if (asking.has(instruction.kind)) lengths.set(point, length);
    const after = lengthAfter(node, point, instruction, names, length);
    if (after === null) break;
    length = after;
  }
  return lengths;
}

/** Where the list is used under any of its names, in the block that makes it: that comes before all other uses. */
function pointsOfUse(node: FunctionNode, made: number, names: Set<ValueId>): readonly number[] {
  const block = node.blockOf[made];
  const points = new Set<number>();
  for (const name of names) {
    for (const point of node.uses[name] ?? []) {
      if (point <= made || node.blockOf[point] !== block) continue;
      points.add(point);
      const instruction = node.code[point];
      if (instruction?.kind === "declare" || instruction?.kind === "cast") names.add(instruction.out);
    }
  }
  return [...points].sort((a, b) => a - b);
}

/** The length behind an instruction that uses the list; null where it cannot be told any more. */
function lengthAfter(
  node: FunctionNode,
  point: number,
  instruction: Instruction,
  names: ReadonlySet<ValueId>,
  length: number,
): number | null {
  if (looking.has(instruction.kind)) return length;
  switch (instruction.kind) {
    case "store":
      return names.has(instruction.value) ? null : afterStore(node, instruction, length);
    case "append-elements": {
      if (!names.has(instruction.target)) return length;
      const added = names.has(instruction.source) ? null : lengthBefore(node, point, instruction.source);
      return added === null ? null : length + added;
    }
    case "call":
      return afterCall(node, instruction, names, length);
    default:
      return null;
  }
}

function afterStore(
  node: FunctionNode,
  { property, value, initial }: InstructionOf<"store">,
  length: number,
): number | null {
  // Of a list that is written out, what comes behind another list that is spread in it.
  if (property.kind === "element" && initial) return length + 1;
  if (property.kind !== "name") return null;
  if (isIndex(property.name)) return Math.max(length, Number(property.name) + 1);
  if (property.name !== "length") return length;
  const definition = node.definitions[value];
  const given = definition?.kind === "instruction" ? definition.instruction : null;
  return given?.kind === "constant" && typeof given.value === "number" ? given.value : null;
}

function afterCall(
  node: FunctionNode,
  call: InstructionOf<"call">,
  names: ReadonlySet<ValueId>,
  length: number,
): number | null {
  const given = call.arguments;
  const isOwn = call.receiver !== null && names.has(call.receiver);
  // What is spread over the arguments is known to nobody by that.
  if (given.some((each) => names.has(each.value) && !each.spread)) return null;
  if (!isOwn) return names.has(call.callee) ? null : length;
  const callee = node.definitions[call.callee];
  const method =
    callee?.kind === "instruction" && callee.instruction.kind === "load" ? callee.instruction : null;
  if (method?.property.kind !== "name" || names.has(call.callee)) return null;
  const { name } = method.property;
  if (readingMethods.has(name)) return length;
  if (name === "pop" || name === "shift") return Math.max(0, length - 1);
  const isAdding = name === "push" || name === "unshift";
  return isAdding && !given.some((each) => each.spread) ? length + given.length : null;
}

/** Places in lists that are counted from the end: `list[list.length - 1]`, `list.splice(0, list.length)`. */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { lengthAt } from "./spread-lengths.js";

/** Instructions that change no list. */
const looking: ReadonlySet<Instruction["kind"]> = new Set([
  "load",
  "constant",
  "this",
  "capture",
  "declare",
  "cast",
]);
/** Members between an object and the list in it. */
const deepest = 3;

/** The position that `list[list.length - 1]` reads, where the length is known and no other at either place. */
export function placeFromEnd(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  { object, property }: InstructionOf<"load">,
): string | null {
  if (property.kind !== "computed") return null;
  const difference = definitionOf(node, property.value);
  if (difference?.kind !== "binary" || difference.operator !== "-") return null;
  const taken = definitionOf(node, difference.right);
  const count = lengthLoaded(node, difference.left);
  if (taken?.kind !== "constant" || typeof taken.value !== "number" || count === null) return null;
  if (originOf(node, count.object) !== originOf(node, object)) return null;
  const length = lengthAt(pointsTo, node, point, object);
  if (length === null || lengthAt(pointsTo, node, count.point, count.object) !== length) return null;
  return length >= taken.value ? String(length - taken.value) : null;
}

/** The value is how many elements the list has that a call is made on, with nothing done in between. */
export function isLengthOf(node: FunctionNode, point: number, value: ValueId, list: ValueId): boolean {
  const count = lengthLoaded(node, value);
  const first = pointOf(node, list);
  if (count === null) return false;
  const isSame = originOf(node, count.object) === originOf(node, list);
  if (!isSame && (first === null || !isSameMember(node, count.object, list, 0))) return false;
  const from = isSame ? count.point : Math.min(first ?? 0, count.point);
  return (
    node.blockOf[from] === node.blockOf[point] &&
    node.code.slice(from, point).every(({ kind }) => looking.has(kind))
  );
}

function lengthLoaded(
  node: FunctionNode,
  value: ValueId,
): { readonly object: ValueId; readonly point: number } | null {
  const origin = originOf(node, value);
  const load = definitionOf(node, origin);
  const point = pointOf(node, origin);
  return load?.kind === "load" &&
    load.property.kind === "name" &&
    load.property.name === "length" &&
    point !== null
    ? { object: load.object, point }
    : null;
}

/** `this.rows` twice. */
function isSameMember(node: FunctionNode, one: ValueId, other: ValueId, depth: number): boolean {
  const [first, second] = [originOf(node, one), originOf(node, other)];
  if (first === second) return true;
  const [left, right] = [definitionOf(node, first), definitionOf(node, second)];
  if (left?.kind === "this" && right?.kind === "this") return true;
  return (
    depth < deepest &&
    left?.kind === "load" &&
    right?.kind === "load" &&
    left.property.kind === "name" &&
    right.property.kind === "name" &&
    left.property.name === right.property.name &&
    isSameMember(node, left.object, right.object, depth + 1)
  );
}

function pointOf(node: FunctionNode, value: ValueId): number | null {
  const definition = node.definitions[value];
  return definition?.kind === "instruction" ? definition.point : null;
}

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
export function isLengthOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  value: ValueId,
  list: ValueId,
): boolean {
  const count = lengthLoaded(node, value);
  const first = count === null ? null : firstLoad(node, count.object, list, 0);
  if (count === null || first === null) return false;
  const from = Math.min(first, count.point);
  if (node.blockOf[from] !== node.blockOf[point]) return false;
  // A getter may do anything, and give another list each time.
  return node.code
    .slice(from, point)
    .every(({ kind }, index) => looking.has(kind) && pointsTo.findSite(node, from + index) === undefined);
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

/** Where the first member is read on the ways to `this.rows` and `this.rows`; null where they are not the same. */
function firstLoad(node: FunctionNode, one: ValueId, other: ValueId, depth: number): number | null {
  const [first, second] = [originOf(node, one), originOf(node, other)];
  if (first === second) return Infinity;
  const [left, right] = [definitionOf(node, first), definitionOf(node, second)];
  if (left?.kind === "this" && right?.kind === "this") return Infinity;
  if (depth >= deepest || left?.kind !== "load" || right?.kind !== "load") return null;
  if (left.property.kind !== "name" || right.property.kind !== "name") return null;
  if (left.property.name !== right.property.name) return null;
  const above = firstLoad(node, left.object, right.object, depth + 1);
  const points = [pointOf(node, first), pointOf(node, second)];
  return above === null ? null : Math.min(above, ...points.map((each) => each ?? 0));
}

function pointOf(node: FunctionNode, value: ValueId): number | null {
  const definition = node.definitions[value];
  return definition?.kind === "instruction" ? definition.point : null;
}

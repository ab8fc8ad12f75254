/**
 * Columns of a row from outside that are set anew before it is written: `body.phone = seal(body.phone)`, be it only where
 * there is something in it.
 */
import { firstFound } from "../../base/first-found.js";
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import { assignedArgument } from "../../contracts/models-own.js";
import { isUnchanged } from "../constants/still-so.js";
import { originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { predecessorsOf, type Predecessor } from "../program/predecessors.js";
import type { FunctionNode } from "../program/program.js";
import { assignedAt } from "./assigned-columns.js";
import { isRead } from "../ways/guarded-changes.js";
import { isChangedElsewhere, isFilledBy } from "./handed-rows.js";
import { readAlike } from "./read-alike.js";
import { rowBehind, type RowBehind } from "./row-behind.js";
import { leftOn, type Left } from "../ways/nothing-left.js";

interface Column {
  readonly node: FunctionNode;
  readonly value: ValueId;
  readonly name: string;
}

/** What stands in its place. */
interface Replaced {
  readonly values: readonly ValueId[];
  /** On some way it is set where it is a text, and left where it is none. */
  readonly isTextOnly: boolean;
}

/** What an instruction does to the column. */
type Effect =
  /** It is the value from here on. */
  | { readonly kind: "set"; readonly value: ValueId }
  /** Nothing is there from here on. */
  | { readonly kind: "gone" }
  /** The row begins here, and nothing is known of before. */
  | { readonly kind: "made" }
  /** The row begins here, of all that another one has. */
  | { readonly kind: "copied"; readonly row: RowBehind };

const mostBlocks = 48;
/** Rows of rows of which one is made. */
const deepest = 4;

/** Null: at a point it may be what it was. */
export function replacedBefore(
  pointsTo: PointsTo,
  column: Column,
  point: number,
  depth = 0,
): Replaced | null {
  const { node, value } = column;
  const made = originOf(node, value);
  if (isChangedElsewhere(pointsTo, node, made, column.name, point)) return null;
  const values = new Set<ValueId>();
  let isTextOnly = false;
  const start = node.blockOf[point] ?? 0;
  const queue = [{ position: start, until: point - (node.blockStart[start] ?? 0) }];
  const passed = new Set<number>();
  for (const { position, until } of queue) {
    const found = lastOf(pointsTo, column, made, position, until);
    if (found?.kind === "made" || passed.size > mostBlocks) return null;
    if (found?.kind === "set") values.add(found.value);
    if (found?.kind === "copied") {
      if (depth > deepest) return null;
      const { value: of, point: at } = found.row;
      const before = firstFound(readAlike(node, of), (each) =>
        replacedBefore(pointsTo, { ...column, value: each }, at, depth + 1),
      );
      if (before === null) return null;
      for (const each of before.values) values.add(each);
      isTextOnly ||= before.isTextOnly;
    }
    if (found !== null) continue;
    const before = predecessorsOf(node)[position] ?? [];
    if (before.length === 0 || before.some(({ isThrown }) => isThrown)) return null;
    for (const each of before) {
      const left = leftBy(pointsTo, column, each);
      isTextOnly ||= left === "no-text";
      if (left !== null || passed.has(each.position)) continue;
      passed.add(each.position);
      queue.push({ position: each.position, until: Infinity });
    }
  }
  return { values: [...values], isTextOnly };
}

/** What happens to it last in a part of a block; null: nothing does. */
function lastOf(
  pointsTo: PointsTo,
  column: Column,
  made: ValueId,
  position: number,
  until: number,
): Effect | null {
  const { node } = column;
  const first = node.blockStart[position] ?? 0;
  const instructions = node.graph.blocks[position]?.instructions.slice(0, Math.min(until, 2 ** 30)) ?? [];
  for (let index = instructions.length - 1; index >= 0; index--) {
    const instruction = instructions[index];
    const effect =
      instruction === undefined ? null : effectOf(pointsTo, column, instruction, first + index, made);
    if (effect !== null) return effect;
  }
  return null;
}

function effectOf(
  pointsTo: PointsTo,
  { node, name }: Column,
  instruction: Instruction,
  point: number,
  made: ValueId,
): Effect | null {
  const laid = laidOver(pointsTo, node, instruction, point, { made, name });
  if (laid === "kept" && !isMade(instruction, made)) return null;
  if (typeof laid === "number") return { kind: "set", value: laid };
  if (isMade(instruction, made)) {
    const row = rowBehind(pointsTo, node, instruction, point);
    if (row === null) return { kind: "made" };
    return row.without.includes(name) ? { kind: "gone" } : { kind: "copied", row };
  }
  if (instruction.kind === "store" && originOf(node, instruction.object) === made) {
    if (instruction.property.kind !== "name" || instruction.accessor !== undefined) return { kind: "made" };
    if (instruction.property.name === name) return { kind: "set", value: instruction.value };
  }
  if (instruction.kind === "delete" && originOf(node, instruction.object) === made)
    return instruction.property.kind === "name" && instruction.property.name === name
      ? { kind: "gone" }
      : null;
  return mayFill(pointsTo, node, instruction, point, made) ? { kind: "made" } : null;
}

/** `Object.assign(kid, changes)`: what is laid over the row there, or over what becomes of it. */
function laidOver(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
  { made, name }: { readonly made: ValueId; readonly name: string },
): ReturnType<typeof assignedAt> {
  if (instruction.kind !== "call") return null;
  const target = instruction.arguments[assignedArgument];
  const isOfRow =
    isMade(instruction, made) || (target !== undefined && originOf(node, target.value) === made);
  return isOfRow ? assignedAt(pointsTo, node, instruction, point, name) : null;
}

function isMade(instruction: Instruction, made: ValueId): boolean {
  return "out" in instruction && instruction.out === made;
}

/** The object is copied into, or handed to whom nothing is known of. */
function mayFill(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
  made: ValueId,
): boolean {
  if (instruction.kind === "copy-properties") return originOf(node, instruction.target) === made;
  return instruction.kind === "call" && isFilledBy(pointsTo, node, instruction, point, made);
}

/** What a branch on the way leaves of the column. */
function leftBy(pointsTo: PointsTo, { node, value, name }: Column, { position, side }: Predecessor): Left {
  const end = node.graph.blocks[position]?.end;
  if (end?.kind !== "branch" || side === null) return null;
  const column = { object: value, property: { kind: "name", name } } as const;
  return leftOn(
    pointsTo,
    node,
    { end, side },
    ({ place }) =>
      place.path.length === 0 && isRead(node, place.base, column) && isUnchanged(node, place.base, end),
  );
}

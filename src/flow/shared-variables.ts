/**
 * Variables that several closures share after the function that holds them has ended: what one closure writes,
 * the others read. Told by the heap, one cell a variable.
 */
import type { ValueId } from "../contracts/file-graph.js";
import type { Aliases } from "./aliases.js";
import { isHandedOn } from "./captured-values.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

const deepest = 8;

/** The heap key of the boxed variable in a closure's slot; null where the slot holds a plain value. */
export function sharedVariable(pointsTo: PointsTo, node: FunctionNode, slot: number, depth = 0): string | null {
  if (node.graph.captures[slot]?.mode !== "box" || node.graph.parent === null || depth > deepest) return null;
  const owner = pointsTo.program.functionOf(node.file, node.graph.parent);
  const made = owner?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  if (owner === undefined || made?.kind !== "function") return null;
  const captured = made.captures[slot];
  const definition = captured === undefined ? undefined : owner.definitions[captured];
  if (captured === undefined || definition?.kind !== "instruction") return null;
  if (definition.instruction.kind === "capture") return sharedVariable(pointsTo, owner, definition.instruction.slot, depth + 1);
  return `box:${String(owner.index)}:${String(captured)}`;
}

/** The closure leaves the function that made it, so that function does not see its writes. */
export function leavesMaker(pointsTo: PointsTo, aliases: Aliases, node: FunctionNode): boolean {
  const owner = node.graph.parent === null ? undefined : pointsTo.program.functionOf(node.file, node.graph.parent);
  const made = owner?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  if (owner === undefined || made?.kind !== "function") return true;
  return isHandedOn(aliases, owner, made.out) || isReturned(aliases, owner, made.out) || isMember(owner, made.out);
}

function isReturned(aliases: Aliases, owner: FunctionNode, value: ValueId): boolean {
  const values = new Set(aliases.placesOf(owner, value).filter((place) => place.path.components.length === 0).map((place) => place.base));
  return owner.graph.blocks.some((block) => block.end.kind === "return" && block.end.value !== null && values.has(block.end.value));
}

function isMember(owner: FunctionNode, value: ValueId): boolean {
  return (owner.uses[value] ?? []).some((point) => owner.code[point]?.kind === "class" || owner.code[point]?.kind === "store" || owner.code[point]?.kind === "function");
}

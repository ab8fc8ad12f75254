/**
 * The slots of closures as components of access paths: `^0@17` is slot 0 of the function 17, whichever copy of it. A
 * place that holds several functions so tells whose variables are whose.
 */
import type { AccessPath } from "./access-path.js";
import { isRound, isSlot } from "./path-components.js";
import type { FunctionNode } from "../program/program.js";
import { namesRound } from "./rounds.js";

export function slotOf({ slotKey }: FunctionNode, slot: number): string {
  return `^${String(slot)}@${String(slotKey)}`;
}

/** The same for a function of the same file by its id. */
export function slotIn(maker: FunctionNode, id: number, slot: number): string {
  return `^${String(slot)}@${String(maker.slotKey - maker.graph.id + id)}`;
}

/** The function stands in another, which made it. */
export function isMadeIn({ file, graph }: FunctionNode, maker: FunctionNode): boolean {
  return file === maker.file && graph.parent === maker.graph.id;
}

/** What a bound function was given, and no slot of one of its own. */
export function isOfBound(component: string): boolean {
  return component.startsWith("^bound");
}

/** The slot that a component means. */
export function slotNumber(component: string): number {
  return Number.parseInt(component.slice(1), 10);
}

/** What lies in another function's closure is nothing that this one can see; a way round may begin with its slots. */
export function isOfAnother(callee: FunctionNode, { components: [first, second] }: AccessPath): boolean {
  if (first === undefined || (!isRound(first) && !isSlot(first))) return false;
  for (const slot of isRound(first) ? [...namesRound(first), second] : [first])
    if (slot !== undefined && isSlot(slot) && isSlotOf(callee, slot)) return false;
  return true;
}

function isSlotOf(callee: FunctionNode, slot: string): boolean {
  return isOfBound(slot) || slot.endsWith(`@${String(callee.slotKey)}`);
}

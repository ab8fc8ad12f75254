/**
 * The slots of closures as components of access paths: `^0@17` is slot 0 of the function 17, whichever copy of it. A
 * place that holds several functions so tells whose variables are whose.
 */
import type { AccessPath } from "./access-path.js";
import type { FunctionNode } from "./program.js";

export function slotOf({ slotKey }: FunctionNode, slot: number): string {
  return `^${String(slot)}@${String(slotKey)}`;
}

/** The same for a function of the same file by its id. */
export function slotIn(maker: FunctionNode, id: number, slot: number): string {
  return `^${String(slot)}@${String(maker.slotKey - maker.graph.id + id)}`;
}

export function isSlot(component: string | undefined): boolean {
  return component?.startsWith("^") === true;
}

/** The slot that a component means. */
export function slotNumber(component: string): number {
  return Number.parseInt(component.slice(1), 10);
}

/** What lies in another function's closure is nothing that this one can see. */
export function isOfAnother(callee: FunctionNode, { components: [first] }: AccessPath): boolean {
  if (first?.startsWith("^") !== true || first.startsWith("^bound")) return false;
  return !first.endsWith(`@${String(callee.slotKey)}`);
}

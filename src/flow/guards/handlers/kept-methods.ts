/** Own classes that are made on one of a package (`class OurPipe extends ValidationPipe`): is what that does still done? */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import { definitionOf } from "../../paths/value-places.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { PointsTo } from "../../points-to/points-to.js";
import { chainOf } from "../../program/class-chain.js";
import type { FunctionNode } from "../../program/program.js";
import { successors } from "../../program/successors.js";

/** An own class or an object of it, and the method that is called. */
export interface MadeHandler {
  readonly self: Extract<AbstractValue, { kind: "class" | "instance" }>;
  readonly method: string;
}

/**
 * Nothing is written anew that the package calls, but for the method if it comes back only with what the package's own
 * made of the same.
 */
export function keepsMethod(pointsTo: PointsTo, { self, method }: MadeHandler): boolean {
  return chainOf(pointsTo, self.class).every(
    (each) =>
      each.kind !== "class" ||
      each.class.graph.members.every(({ name, function: id, static: isStatic }) => {
        const node = id === null ? undefined : pointsTo.program.memberOf(each.class, id);
        if (name.kind === "name" && name.name === method && !isStatic)
          return node !== undefined && leavesToParent(node, method);
        // What own code calls is a helper of its own; what nobody calls may stand for a method of the package's.
        return isStatic || node === undefined || pointsTo.callersOf(node).length > 0;
      }),
  );
}

/** `return super.transform(value, metadata)` on every way, whatever else is done. */
function leavesToParent(node: FunctionNode, method: string): boolean {
  const isChanging = node.code.some(
    (each) => each.kind === "store" && definitionOf(node, each.object)?.kind === "parameter",
  );
  if (isChanging) return false;
  const ofParent = (value: ValueId): boolean => {
    const made = definitionOf(node, value);
    if (made?.kind === "await") return ofParent(made.value);
    return made?.kind === "call" && isParentsOwn(node, made, method);
  };
  const seen = new Set<number>();
  const queue = [0];
  for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
    const block = node.graph.blocks[position];
    if (block === undefined || seen.has(position)) continue;
    seen.add(position);
    const { end, handler, instructions } = block;
    const isPast = instructions.some((each) => each.kind === "await" && ofParent(each.value));
    if (end.kind === "return" && !isPast && (end.value === null || !ofParent(end.value))) return false;
    // What the parent's method throws may be caught.
    for (const id of [...(isPast ? [] : successors(end)), ...(handler === null ? [] : [handler])]) {
      const next = node.blockById.get(id);
      if (next !== undefined) queue.push(next);
    }
  }
  return true;
}

/** `super.transform(value, metadata)`, with what the method itself was given. */
function isParentsOwn(node: FunctionNode, call: InstructionOf<"call">, method: string): boolean {
  const callee = definitionOf(node, call.callee);
  return (
    callee?.kind === "super-load" &&
    callee.property.kind === "name" &&
    callee.property.name === method &&
    call.arguments.every(({ value }, index) => {
      const given = definitionOf(node, value);
      return given?.kind === "parameter" && given.index === index;
    })
  );
}

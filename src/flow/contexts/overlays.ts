/**
 * Parameters that are laid over something else (`{ ...row, ...changes }`, `Object.assign(copy, this, changes)`), and
 * the names that a literal at the call certainly has: what had them before is gone in that run.
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";

/** What is laid over what an object holds already. */
export function overlaidOperands(node: FunctionNode, each: Instruction, point: number): readonly ValueId[] {
  if (each.kind === "copy-properties") {
    const isFirst = !(node.uses[each.target] ?? []).some((use) => use < point);
    return isFirst ? [] : [each.source];
  }
  return each.kind === "call" && each.name === "Object.assign"
    ? each.arguments.slice(1).flatMap(({ value, spread }) => (spread ? [] : [value]))
    : [];
}

/** The names that an object literal is written out with; null for any other value. */
export function namesInLiteral(node: FunctionNode, value: ValueId): ReadonlySet<string> | null {
  const made = originOf(node, value);
  const definition = node.definitions[made];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "object") return null;
  const names = (node.uses[made] ?? []).flatMap((point) => {
    const store = node.code[point];
    return store?.kind === "store" &&
      store.object === made &&
      store.initial &&
      store.accessor === undefined &&
      store.property.kind === "name"
      ? [store.property.name]
      : [];
  });
  return new Set(names);
}

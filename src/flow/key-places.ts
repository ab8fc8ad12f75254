/** Where the keys come from that a function uses. */
import type { ValueId } from "../contracts/file-graph.js";
import type { KeyPlace } from "./fact.js";
import type { FunctionNode } from "./program.js";

const mostHops = 8;

/** Where a key comes from: the value behind its names, or the pair whose first element it is. */
export function placeOf(node: FunctionNode, key: ValueId): KeyPlace {
  const value = originOf(node, key);
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return { value, isPair: false };
  const { instruction } = definition;
  return instruction.kind === "load" &&
    instruction.property.kind === "name" &&
    instruction.property.name === "0"
    ? { value: originOf(node, instruction.object), isPair: true }
    : { value, isPair: false };
}

export function isSamePlace(one: KeyPlace, other: KeyPlace): boolean {
  return one.value === other.value && one.isPair === other.isPair;
}

/** The value behind the names that it is given. */
export function originOf(node: FunctionNode, value: ValueId): ValueId {
  let origin = value;
  for (let hops = 0; hops < mostHops; hops++) {
    const definition = node.definitions[origin];
    if (definition?.kind !== "instruction") break;
    const { instruction } = definition;
    if (instruction.kind !== "declare" && instruction.kind !== "cast") break;
    origin = instruction.value;
  }
  return origin;
}

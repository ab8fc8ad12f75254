/** Where the keys come from that a function uses. */
import type { Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { KeyPlace } from "../tabulation/fact.js";
import type { FunctionNode } from "../program/program.js";

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
    const before = instruction.kind === "template" ? onlyPart(instruction) : namedValue(instruction);
    if (before === null) break;
    origin = before;
  }
  return origin;
}

function namedValue(instruction: Instruction): ValueId | null {
  return instruction.kind === "declare" || instruction.kind === "cast" ? instruction.value : null;
}

/** `String(key)`. */
function onlyPart({ texts, values }: InstructionOf<"template">): ValueId | null {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 && texts.every((text) => text === "") ? only : null;
}

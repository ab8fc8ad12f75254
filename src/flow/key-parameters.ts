/** Parameters that name properties in a function. */
import type { ValueId } from "../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";

export class KeyParameters {
  private readonly keys = new Map<number, readonly number[]>();

  /** Parameters whose value (or an element of it) is used as a computed property name. */
  of(callee: FunctionNode): readonly number[] {
    let found = this.keys.get(callee.index);
    if (found === undefined) {
      const set = new Set<number>();
      for (const instruction of callee.code) {
        if (!("property" in instruction) || instruction.property.kind !== "computed") continue;
        const index = parameterBehind(callee, instruction.property.value);
        if (index !== null) set.add(index);
      }
      found = [...set].sort((a, b) => a - b);
      this.keys.set(callee.index, found);
    }
    return found;
  }
}

/** The parameter that a value is, or is an element of. */
function parameterBehind(node: FunctionNode, value: ValueId): number | null {
  let current = value;
  for (let hops = 0; hops < 6; hops++) {
    const definition = node.definitions[current];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    if (instruction.kind === "parameter") return instruction.index;
    if (instruction.kind === "declare" || instruction.kind === "cast") current = instruction.value;
    else if (instruction.kind === "iterate") current = instruction.object;
    else return null;
  }
  return null;
}

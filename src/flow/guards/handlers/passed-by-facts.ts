/** Marked handlers that what is known of a request leads past. */
import type { FunctionNode } from "../../program/program.js";
import type { GivenFacts } from "./given-facts.js";

/** What is given leads past all that a marked handler asks, to a plain yes: `if (isPublic) return true`. */
export function isPassedBy(handler: FunctionNode, facts: GivenFacts | null): boolean {
  if (facts === null) return false;
  return handler.graph.blocks.some(({ end }) => {
    if (end.kind !== "branch") return false;
    const known = facts.valueOf(handler, end.value);
    if (known?.isTold !== true) return false;
    const isYes = end.test === "truthy" ? Boolean(known.value) : known.value != null;
    return saysYes(handler, isYes ? end.then : end.else);
  });
}

/** From here, only a constant that is truthy is returned, and nothing is called before. */
function saysYes(handler: FunctionNode, start: number): boolean {
  const { blocks } = handler.graph;
  let at = handler.blockById.get(start);
  for (let hops = 0; at !== undefined && hops < blocks.length; hops++) {
    const block = blocks[at];
    if (block === undefined || block.instructions.some(({ kind }) => kind === "call")) return false;
    if (block.end.kind === "jump") at = handler.blockById.get(block.end.to);
    else {
      const value = block.end.kind === "return" ? block.end.value : null;
      const definition = value === null ? undefined : handler.definitions[value];
      return (
        definition?.kind === "instruction" &&
        definition.instruction.kind === "constant" &&
        Boolean(definition.instruction.value)
      );
    }
  }
  return false;
}

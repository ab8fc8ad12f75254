/** What a loop does in each of its rounds, as far as its instructions alone tell. */
import type { BlockId, Instruction, InstructionOf } from "../../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";

/** Blocks that follow one another without a branch. */
const longestStart = 6;

/** What each round of a loop begins with: instructions that are run whatever happens, but for what throws. */
export function* startOfRound(node: FunctionNode, body: BlockId): Generator<readonly [Instruction, number]> {
  let position = node.blockById.get(body);
  const seen = new Set<number>();
  while (position !== undefined && !seen.has(position) && seen.size < longestStart) {
    seen.add(position);
    const block = node.graph.blocks[position];
    const start = node.blockStart[position] ?? 0;
    for (const [index, instruction] of (block?.instructions ?? []).entries())
      yield [instruction, start + index];
    position = block?.end.kind === "jump" ? node.blockById.get(block.end.to) : undefined;
  }
}

/** A write under a key that is not constant: in a loop it may go through the keys of a list. */
export function isKeyedStore(instruction: Instruction): instruction is InstructionOf<"store"> {
  return (
    instruction.kind === "store" &&
    instruction.property.kind === "computed" &&
    !instruction.initial &&
    instruction.accessor === undefined
  );
}

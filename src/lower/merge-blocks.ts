/** Joins a block with its only successor where nothing else leads there, so that straight code is one block. */
import type { ValueId } from "../contracts/file-graph.js";
import type { OpenBlock } from "./open-block.js";

export interface Merged {
  readonly blocks: OpenBlock[];
  /** The block that a block became a part of, or itself. */
  readonly blockOf: (block: OpenBlock) => OpenBlock;
}

/** `blocks` must be in reverse post order, which the result keeps. */
export function mergeStraightLines(
  blocks: readonly OpenBlock[],
  resolve: (value: ValueId) => ValueId,
): Merged {
  const into = new Map<OpenBlock, OpenBlock>();
  const merge = (first: OpenBlock): void => {
    for (;;) {
      const next = first.end?.kind === "jump" ? first.end.to : null;
      if (next === null || next === first || into.has(next)) return;
      if (next.predecessors.length !== 1 || next.phis.length > 0 || !sameExceptions(first, next, resolve))
        return;
      for (const instruction of next.instructions) first.instructions.push(instruction);
      first.end = next.end;
      first.throws ||= next.throws;
      into.set(next, first);
    }
  };
  for (const block of blocks) if (!into.has(block)) merge(block);
  const blockOf = (block: OpenBlock): OpenBlock => into.get(block) ?? block;
  return { blocks: blocks.filter((block) => !into.has(block)), blockOf };
}

/**
 * A handler's phi has one input a throwing block: two blocks can be one only if they bring the same values.
 * The second block's inputs are then dropped. A block in which nothing throws takes the handler of what follows.
 */
function sameExceptions(first: OpenBlock, second: OpenBlock, resolve: (value: ValueId) => ValueId): boolean {
  if (first.handler === null && !first.throws) {
    first.handler = second.handler;
    return true;
  }
  if (first.handler !== second.handler) return false;
  const { handler } = first;
  if (handler === null || handler.phis.length === 0) return true;
  for (const phi of handler.phis) {
    const values = [first, second].map((block) => phi.inputs.find((input) => input.block === block)?.value);
    if (values[0] === undefined || values[1] === undefined || resolve(values[0]) !== resolve(values[1]))
      return false;
  }
  for (const phi of handler.phis) {
    phi.inputs.splice(
      phi.inputs.findIndex((input) => input.block === second),
      1,
    );
  }
  return true;
}

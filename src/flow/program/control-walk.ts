/** Where control may come in one run of a function, as far as its conditions are decided. */
import type { BlockId, Terminator, ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";

export interface ControlWalk {
  /** Positions of blocks in the graph. */
  readonly blocks: ReadonlySet<number>;
  readonly goes: (from: BlockId, to: BlockId) => boolean;
}

/** Follows control from the start of a block (by position); `truthOf` says what is known of a condition. */
export function walkFrom(
  node: FunctionNode,
  start: number,
  truthOf: (condition: ValueId) => boolean | null,
): ControlWalk {
  const blocks = new Set<number>([start]);
  const edges = new Set<string>();
  const queue = [start];
  for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
    const block = node.graph.blocks[position];
    if (block === undefined) continue;
    const targets = targetsOf(block.end, truthOf);
    for (const id of block.handler === null ? targets : [...targets, block.handler]) {
      edges.add(`${String(block.id)}>${String(id)}`);
      const target = node.blockById.get(id);
      if (target === undefined || blocks.has(target)) continue;
      blocks.add(target);
      queue.push(target);
    }
  }
  return { blocks, goes: (from, to) => edges.has(`${String(from)}>${String(to)}`) };
}

function targetsOf(end: Terminator, truthOf: (condition: ValueId) => boolean | null): readonly BlockId[] {
  switch (end.kind) {
    case "jump":
      return [end.to];
    case "loop":
      return [end.body, end.exit];
    case "branch": {
      const truth = end.test === "truthy" ? truthOf(end.value) : null;
      if (truth === null) return [end.then, end.else];
      return [truth ? end.then : end.else];
    }
    default:
      return [];
  }
}

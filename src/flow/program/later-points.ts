/** What of a function may still run behind a point, as long as none of some points is passed. */
import type { FunctionNode } from "./program.js";

export interface LaterPoints {
  /** Does control come to the point? */
  readonly reaches: (point: number) => boolean;
  /** Does control come to the end of the function? */
  readonly ends: boolean;
}

/** Follows control from behind `start`; it stops at each point of `stops`, which itself is reached. */
export function laterPoints(node: FunctionNode, start: number, stops: ReadonlySet<number>): LaterPoints {
  const reached = new Set<number>();
  const seen = new Set<number>();
  const queue: { readonly block: number; readonly from: number }[] = [];
  let ends = false;
  const push = (id: number): void => {
    const block = node.blockById.get(id);
    if (block === undefined || seen.has(block)) return;
    seen.add(block);
    queue.push({ block, from: node.blockStart[block] ?? 0 });
  };
  queue.push({ block: node.blockOf[start] ?? 0, from: start + 1 });
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const block = node.graph.blocks[next.block];
    if (block === undefined) continue;
    const end = (node.blockStart[next.block] ?? 0) + block.instructions.length;
    let point = next.from;
    while (point < end && !stops.has(point)) reached.add(point++);
    if (point < end) reached.add(point);
    else if (block.end.kind === "jump") push(block.end.to);
    else if (block.end.kind === "branch") [block.end.then, block.end.else].forEach(push);
    else if (block.end.kind === "loop") [block.end.body, block.end.exit].forEach(push);
    else ends = true;
  }
  return { reaches: (point) => reached.has(point), ends };
}

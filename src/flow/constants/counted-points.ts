/** How many times something has happened when a point of a function is reached, where every way to it agrees. */
import type { BlockId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";

/** Null: it depends on the way. */
type Count = number | null;

/** What an instruction does to the count: so many more, from the beginning again, or no longer known. */
export type Counting = number | "restart" | "unknown";

/** The counts of a function; what is reached with unlike counts is left out. */
export interface Counts {
  /** Before each point that counts, also one of which it is not known how much. */
  readonly points: ReadonlyMap<number, number>;
  /** At the end of each block, by its position. */
  readonly ends: ReadonlyMap<number, number>;
}

export function countsOf(node: FunctionNode, counting: (point: number) => Counting | null): Counts {
  const before = new Map<number, Count>();
  const queue: number[] = [];
  const reach = (id: BlockId, count: Count): void => {
    const block = node.blockById.get(id);
    if (block === undefined) return;
    const present = before.get(block);
    if (present === null || present === count) return;
    before.set(block, present === undefined ? count : null);
    queue.push(block);
  };
  const [first] = node.graph.blocks;
  if (first !== undefined) reach(first.id, 0);
  const points = new Map<number, number>();
  const ends = new Map<number, number>();
  for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
    const block = node.graph.blocks[position];
    if (block === undefined) continue;
    const start = before.get(position) ?? null;
    let count = start;
    block.instructions.forEach((_, index) => {
      const point = (node.blockStart[position] ?? 0) + index;
      const how = counting(point);
      if (how === null) return;
      if (how !== "restart" && count !== null) points.set(point, count);
      else points.delete(point);
      count = how === "restart" ? 0 : how === "unknown" || count === null ? null : count + how;
    });
    if (count === null) ends.delete(position);
    else ends.set(position, count);
    const { end, handler } = block;
    if (handler !== null) reach(handler, count === start ? start : null);
    if (end.kind === "jump") reach(end.to, count);
    const ways =
      end.kind === "branch" ? [end.then, end.else] : end.kind === "loop" ? [end.body, end.exit] : [];
    for (const id of ways) reach(id, count);
  }
  return { points, ends };
}

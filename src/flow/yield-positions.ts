/** Which of the values that a generator gives a `yield` is, where every way to it has passed as many. */
import type { BlockId } from "../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";

/** Null: it depends. */
type Count = number | null;

const known = new WeakMap<FunctionNode, ReadonlyMap<number, number>>();

/** The position of the value that the `yield` at a point gives, from 0; null where it is not always the same. */
export function yieldPosition(node: FunctionNode, point: number): number | null {
  let positions = known.get(node);
  if (positions === undefined) {
    positions = findPositions(node);
    known.set(node, positions);
  }
  return positions.get(point) ?? null;
}

function findPositions(node: FunctionNode): ReadonlyMap<number, number> {
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
  const positions = new Map<number, number>();
  for (let position = queue.pop(); position !== undefined; position = queue.pop()) {
    const block = node.graph.blocks[position];
    if (block === undefined) continue;
    const start = before.get(position) ?? null;
    let count = start;
    block.instructions.forEach((instruction, index) => {
      if (instruction.kind !== "yield") return;
      const point = (node.blockStart[position] ?? 0) + index;
      if (count === null || instruction.delegate) positions.delete(point);
      else positions.set(point, count);
      count = count === null || instruction.delegate ? null : count + 1;
    });
    const { end, handler } = block;
    if (handler !== null) reach(handler, count === start ? start : null);
    if (end.kind === "jump") reach(end.to, count);
    const ways =
      end.kind === "branch" ? [end.then, end.else] : end.kind === "loop" ? [end.body, end.exit] : [];
    for (const id of ways) reach(id, count);
  }
  return positions;
}

/** What a loop does in each of its rounds, as far as its instructions alone tell. */
import type { BlockId, Instruction, InstructionOf } from "../../contracts/file-graph.js";
import type { FunctionNode } from "./program.js";

/** Blocks that follow one another without a branch. */
const longestStart = 6;

type Step = readonly [Instruction, number];

/**
 * What each round of a loop begins with: instructions that are run whatever happens, but for what throws out of the
 * loop. What an exception that the loop itself catches may pass over does not count.
 */
export function* startOfRound(node: FunctionNode, head: number): Generator<Step> {
  const body = bodyOf(node, head);
  if (body !== null) yield* startOf(node, body, node.graph.blocks[head]?.handler ?? null);
}

/** Where a round begins, by the position of the block at the head of the loop; null: it is none. */
export function bodyOf(node: FunctionNode, head: number): BlockId | null {
  const end = node.graph.blocks[head]?.end;
  return end?.kind === "loop" ? end.body : end?.kind === "branch" ? end.then : null;
}

/** The same of a function, until it waits for something. */
export function* startOfRun(node: FunctionNode): Generator<Step> {
  const [first] = node.graph.blocks;
  if (first === undefined || node.graph.generator) return;
  for (const step of startOf(node, first.id, null)) {
    if (step[0].kind === "await") return;
    yield step;
  }
}

function* startOf(node: FunctionNode, first: BlockId, handler: BlockId | null): Generator<Step> {
  let position = node.blockById.get(first);
  const seen = new Set<number>();
  while (position !== undefined && !seen.has(position) && seen.size < longestStart) {
    seen.add(position);
    const block = node.graph.blocks[position];
    if (block?.handler !== handler) return;
    const start = node.blockStart[position] ?? 0;
    for (const [index, instruction] of block.instructions.entries()) yield [instruction, start + index];
    position = block.end.kind === "jump" ? node.blockById.get(block.end.to) : undefined;
  }
}

/** Positions of the blocks that a round of the loop may come through. */
export function blocksOfLoop(node: FunctionNode, head: number): ReadonlySet<number> {
  const found = new Set<number>();
  const body = bodyOf(node, head);
  const pending: BlockId[] = body === null ? [] : [body];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const position = node.blockById.get(id);
    if (position === head || position === undefined || found.has(position)) continue;
    found.add(position);
    const block = node.graph.blocks[position];
    if (block?.handler != null) pending.push(block.handler);
    const end = block?.end;
    if (end?.kind === "jump") pending.push(end.to);
    else if (end?.kind === "branch") pending.push(end.then, end.else);
    else if (end?.kind === "loop") pending.push(end.body, end.exit);
  }
  return found;
}

const changes = new WeakMap<FunctionNode, Map<number | null, readonly (readonly [Change, number])[]>>();

/** All changes of properties in the rounds of a loop, or in a function. */
export function changesIn(node: FunctionNode, head: number | null): readonly (readonly [Change, number])[] {
  let known = changes.get(node);
  if (known === undefined)
    changes.set(node, (known = new Map<number | null, readonly (readonly [Change, number])[]>()));
  let found = known.get(head);
  if (found === undefined) known.set(head, (found = [...findChanges(node, head)]));
  return found;
}

function* findChanges(node: FunctionNode, head: number | null): Generator<readonly [Change, number]> {
  const blocks = head === null ? null : blocksOfLoop(node, head);
  for (const [point, instruction] of node.code.entries())
    if (isPropertyChange(instruction) && blocks?.has(node.blockOf[point] ?? -1) !== false)
      yield [instruction, point];
}

type Change = InstructionOf<"store" | "delete">;

/** A property is deleted, or written over other than by a setter or getter that is defined. */
export function isPropertyChange(instruction: Instruction): instruction is Change {
  if (instruction.kind === "delete") return true;
  return instruction.kind === "store" && !instruction.initial && instruction.accessor === undefined;
}

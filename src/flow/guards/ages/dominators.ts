/** Blocks that control has passed wherever it is in another one, and the sides of tests that it took there. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";

const known = new WeakMap<FunctionNode, readonly ReadonlySet<number>[]>();
const comings = new WeakMap<FunctionNode, readonly (readonly number[])[]>();

/** A test that control has passed, with the side that it took. */
export interface Taken {
  readonly position: number;
  readonly value: ValueId;
  readonly side: "then" | "else";
  /** Where the side begins. */
  readonly start: number;
}

/** The tests that came out in one way only wherever control is in the block. */
export function sidesTaken(node: FunctionNode, block: number): readonly Taken[] {
  const passed = dominatorsOf(node)[block] ?? new Set();
  return [...passed].flatMap((position) => {
    const end = node.graph.blocks[position]?.end;
    if (end?.kind !== "branch" || end.then === end.else) return [];
    return (["then", "else"] as const).flatMap((side) => {
      const start = node.blockById.get(end[side]);
      // What several ways lead to is no side.
      const isSide = start !== undefined && passed.has(start) && comingTo(node)[start]?.length === 1;
      return isSide ? [{ position, value: end.value, side, start }] : [];
    });
  });
}

/** Is the block on that side of the test? */
export function isOnSide(node: FunctionNode, { start }: Taken, block: number): boolean {
  return dominatorsOf(node)[block]?.has(start) === true;
}

/** By position: the blocks on every way from the start, itself among them. */
export function dominatorsOf(node: FunctionNode): readonly ReadonlySet<number>[] {
  let found = known.get(node);
  if (found === undefined) known.set(node, (found = find(node)));
  return found;
}

function find(node: FunctionNode): readonly ReadonlySet<number>[] {
  const { blocks } = node.graph;
  const before = comingTo(node);
  const found: (Set<number> | null)[] = blocks.map((_, position) => (position === 0 ? new Set([0]) : null));
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (let position = 1; position < blocks.length; position++) {
      const sets = (before[position] ?? []).flatMap((each) => found[each] ?? []);
      const [first, ...others] = sets;
      if (first === undefined) continue;
      const common = new Set([...first].filter((each) => others.every((other) => other.has(each))));
      common.add(position);
      if (common.size === found[position]?.size) continue;
      found[position] = common;
      isChanged = true;
    }
  }
  return found.map((each) => each ?? new Set());
}

/** By position: the blocks from which control comes. */
export function comingTo(node: FunctionNode): readonly (readonly number[])[] {
  let found = comings.get(node);
  if (found === undefined) comings.set(node, (found = findComing(node)));
  return found;
}

function findComing(node: FunctionNode): readonly (readonly number[])[] {
  const { blocks } = node.graph;
  const before: number[][] = blocks.map(() => []);
  blocks.forEach((block, position) => {
    const { end } = block;
    const targets =
      end.kind === "jump"
        ? [end.to]
        : end.kind === "branch"
          ? [end.then, end.else]
          : end.kind === "loop"
            ? [end.body, end.exit]
            : [];
    for (const id of block.handler === null ? targets : [...targets, block.handler]) {
      const target = node.blockById.get(id);
      if (target !== undefined) before[target]?.push(position);
    }
  });
  return before;
}

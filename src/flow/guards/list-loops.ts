/** Loops over lists, by the block at their head: behind one in which a guard is asked each time, all elements are agreed to. */
import type { BlockId, ValueId } from "../../contracts/file-graph.js";
import { countedList } from "../program/counted-loops.js";
import { successors } from "../program/successors.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";

export interface ListLoop {
  readonly list: ValueId;
  readonly exit: BlockId;
  /** Positions of the blocks from which the next round begins. */
  readonly backs: readonly number[];
  /** Positions of the blocks of a round. */
  readonly body: ReadonlySet<number>;
}

const none: ReadonlyMap<number, ListLoop> = new Map();
const known = new WeakMap<FunctionNode, ReadonlyMap<number, ListLoop>>();

export function listLoopsOf(node: FunctionNode): ReadonlyMap<number, ListLoop> {
  let found = known.get(node);
  if (found === undefined) known.set(node, (found = findLoops(node)));
  return found;
}

function findLoops(node: FunctionNode): ReadonlyMap<number, ListLoop> {
  const found = node.graph.blocks.flatMap((_, position): [number, ListLoop][] => {
    const loop = loopAt(node, position);
    return loop === null ? [] : [[position, loop]];
  });
  return found.length === 0 ? none : new Map(found);
}

function loopAt(node: FunctionNode, position: number): ListLoop | null {
  const end = node.graph.blocks[position]?.end;
  const sides =
    end?.kind === "loop"
      ? { body: end.body, exit: end.exit, list: iteratedIn(node, end.body) }
      : end?.kind === "branch"
        ? { body: end.then, exit: end.else, list: countedOver(node, end.value, position) }
        : null;
  if (sides?.list == null) return null;
  const { body, exit, list } = sides;
  const rounds = roundsOf(node, position, body, exit);
  return rounds.backs.length === 0 ? null : { list, exit, ...rounds };
}

/** `for (const child of children)` */
function iteratedIn(node: FunctionNode, body: BlockId): ValueId | null {
  const block = node.graph.blocks[node.blockById.get(body) ?? -1];
  const first = block?.instructions.find(({ kind }) => kind === "iterate");
  return first?.kind === "iterate" && first.mode !== "in" ? originOf(node, first.object) : null;
}

/** `for (let index = 0; index < children.length; index++)` */
function countedOver(node: FunctionNode, test: ValueId, head: number): ValueId | null {
  const counted = countedList(node, test, head);
  return counted === null ? null : originOf(node, counted.list);
}

/** The blocks inside, and those of them that lead back to the head. */
function roundsOf(
  node: FunctionNode,
  head: number,
  start: BlockId,
  exit: BlockId,
): Pick<ListLoop, "backs" | "body"> {
  const first = node.blockById.get(start);
  const behind = node.blockById.get(exit);
  const body = new Set<number>(first === undefined ? [] : [first]);
  const backs: number[] = [];
  for (const position of body) {
    const block = node.graph.blocks[position];
    if (block === undefined) continue;
    for (const id of block.handler === null
      ? successors(block.end)
      : [...successors(block.end), block.handler]) {
      const next = node.blockById.get(id);
      if (next === head) backs.push(position);
      else if (next !== undefined && next !== behind) body.add(next);
    }
  }
  return { backs, body };
}

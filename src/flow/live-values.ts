/**
 * Where in a function a value still matters: until the last instruction on any way that concerns it. A fact about it
 * ends there, so that a function of thousands of statements costs as much as its values live long.
 */
import type { Base, Fact } from "./fact.js";
import type { FunctionNode } from "./program.js";
import type { TouchedValues } from "./touched-values.js";

interface FunctionUses {
  /** Points that concern each value, in order. */
  readonly points: ReadonlyMap<Base, readonly number[]>;
  /** Blocks at whose end each value is used: it is returned or thrown, or goes into a phi of the next block. */
  readonly ends: ReadonlyMap<Base, readonly number[]>;
  /** Blocks before each block, those that it is the handler of among them. */
  readonly predecessors: readonly (readonly number[])[];
  /** The first block of the outermost loop that each block stands in; Infinity outside loops. */
  readonly loopStarts: readonly number[];
  /** Blocks that each value outlives, and those that what its object holds does. */
  readonly outlived: Map<Base, ReadonlySet<number>>;
  readonly held: Map<Base, ReadonlySet<number>>;
}

export class LiveValues {
  private readonly functions = new Map<number, FunctionUses | null>();

  constructor(private readonly touched: TouchedValues) {}

  /** The point in a block from which on nothing concerns a fact any more; Infinity if something behind the block does. */
  endOf(node: FunctionNode, block: number, { base, path }: Fact): number {
    if (base < 0) return Infinity;
    const uses = this.usesIn(node);
    // The object that a loop made may have been put somewhere before the loop makes the next.
    const isHeld = path.components.length > 0;
    if (uses === null || this.outlived(uses, node, base, isHeld).has(block)) return Infinity;
    const points = uses.points.get(base) ?? [];
    const last = points[countBelow(points, endOfBlock(node, block)) - 1] ?? -1;
    return last >= (node.blockStart[block] ?? 0) ? last + 1 : 0;
  }

  private outlived(uses: FunctionUses, node: FunctionNode, base: Base, isHeld: boolean): ReadonlySet<number> {
    const known = isHeld ? uses.held : uses.outlived;
    let found = known.get(base);
    if (found === undefined) {
      found = findOutlived(uses, node, base, isHeld);
      known.set(base, found);
    }
    return found;
  }

  /** Null for a function that has an instruction which concerns every value. */
  private usesIn(node: FunctionNode): FunctionUses | null {
    let found = this.functions.get(node.index);
    if (found === undefined) {
      found = this.findUses(node);
      this.functions.set(node.index, found);
    }
    return found;
  }

  private findUses(node: FunctionNode): FunctionUses | null {
    const points = new Map<Base, number[]>();
    for (let point = 0; point < node.code.length; point++) {
      const bases = this.touched.basesAt(node, point);
      if (bases === null) return null;
      for (const base of bases) add(points, base, point);
    }
    const predecessors = predecessorsIn(node);
    const loopStarts = loopStartsOf(predecessors);
    return {
      points,
      ends: endUses(node),
      predecessors,
      loopStarts,
      outlived: new Map<Base, ReadonlySet<number>>(),
      held: new Map<Base, ReadonlySet<number>>(),
    };
  }
}

function endUses(node: FunctionNode): Map<Base, number[]> {
  const ends = new Map<Base, number[]>();
  node.graph.blocks.forEach(({ phis, end }, position) => {
    if ((end.kind === "return" || end.kind === "throw") && end.value !== null) add(ends, end.value, position);
    for (const phi of phis) {
      for (const { block, value } of phi.inputs) {
        const from = node.blockById.get(block);
        if (from !== undefined) add(ends, value, from);
      }
    }
  });
  return ends;
}

function predecessorsIn(node: FunctionNode): number[][] {
  const found: number[][] = node.graph.blocks.map(() => []);
  node.graph.blocks.forEach(({ end, handler }, position) => {
    const next =
      end.kind === "jump"
        ? [end.to]
        : end.kind === "branch"
          ? [end.then, end.else]
          : end.kind === "loop"
            ? [end.body, end.exit]
            : [];
    for (const id of handler === null ? next : [...next, handler]) {
      const target = node.blockById.get(id);
      if (target !== undefined) found[target]?.push(position);
    }
  });
  return found;
}

/** Blocks stand in an order in which only loops lead back. */
function loopStartsOf(predecessors: readonly (readonly number[])[]): number[] {
  const starts = predecessors.map(() => Infinity);
  predecessors.forEach((list, start) => {
    for (const end of list)
      for (let block = start; block <= end; block++) starts[block] = Math.min(starts[block] ?? start, start);
  });
  return starts;
}

/** Backwards from each use to where the value is made; if told so, on round the loop that this stands in. */
function findOutlived(
  uses: FunctionUses,
  node: FunctionNode,
  base: Base,
  goesRound: boolean,
): ReadonlySet<number> {
  const outlived = new Set<number>();
  const definition = node.definitions[base];
  const home =
    definition === undefined
      ? 0
      : definition.kind === "phi"
        ? definition.block
        : (node.blockOf[definition.point] ?? 0);
  const first = goesRound ? (uses.loopStarts[home] ?? Infinity) : Infinity;
  const made = definition?.kind === "instruction" ? definition.point : -1;
  const queue: number[] = [];
  const leave = (block: number): void => {
    if (outlived.has(block) || block < Math.min(first, home)) return;
    outlived.add(block);
    if (block !== home || first !== Infinity) queue.push(block);
  };
  for (const block of uses.ends.get(base) ?? []) leave(block);
  for (const point of uses.points.get(base) ?? []) {
    const block = node.blockOf[point] ?? 0;
    // At home it is there before it is made only where it came round a loop.
    if (block !== home || point < made || first !== Infinity)
      for (const before of uses.predecessors[block] ?? []) leave(before);
  }
  for (let block = queue.pop(); block !== undefined; block = queue.pop())
    for (const before of uses.predecessors[block] ?? []) leave(before);
  return outlived;
}

function add(lists: Map<Base, number[]>, base: Base, entry: number): void {
  const list = lists.get(base);
  if (list === undefined) lists.set(base, [entry]);
  else list.push(entry);
}

function endOfBlock(node: FunctionNode, block: number): number {
  return (node.blockStart[block] ?? 0) + (node.graph.blocks[block]?.instructions.length ?? 0);
}

/** How many of the ordered numbers are below a limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

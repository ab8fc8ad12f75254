/** Blocks from which something is reached that concerns facts about a value: no fact about it need go elsewhere. */
import type { FactEnds } from "../ways/fact-ends.js";
import type { Base } from "../tabulation/fact.js";
import type { FunctionNode } from "./program.js";
import { successors } from "./successors.js";
import type { TouchedValues } from "../tabulation/touched-values.js";

interface FunctionBlocks {
  /** By position: the positions of the blocks before it. */
  readonly before: readonly (readonly number[])[];
  /** Blocks that hand a value to a phi. */
  readonly phis: ReadonlyMap<Base, ReadonlySet<number>>;
  /** The first block of the outermost loop that each block stands in; Infinity outside loops. */
  readonly loopStarts: readonly number[];
  readonly live: Map<Base, ReadonlySet<number>>;
}

export class LiveBlocks {
  private readonly functions = new Map<number, FunctionBlocks>();

  constructor(
    private readonly touched: TouchedValues,
    private readonly ends: FactEnds,
  ) {}

  has(node: FunctionNode, base: Base, block: number): boolean {
    let known = this.functions.get(node.index);
    if (known === undefined) this.functions.set(node.index, (known = blocksOf(node)));
    let live = known.live.get(base);
    if (live === undefined) known.live.set(base, (live = this.find(node, base, known)));
    return live.has(block);
  }

  private find(
    node: FunctionNode,
    base: Base,
    { before, phis, loopStarts }: FunctionBlocks,
  ): ReadonlySet<number> {
    const live = new Set<number>();
    const queue: number[] = [];
    const home = homeOf(node, base);
    // Not only back to where the value is made: in the next round of a loop it may be the same object.
    const first = Math.min(home, loopStarts[home] ?? Infinity);
    const reach = (block: number): void => {
      if (live.has(block) || block < first) return;
      live.add(block);
      queue.push(block);
    };
    for (const point of this.touched.pointsOf(node, base)) reach(node.blockOf[point] ?? 0);
    phis.get(base)?.forEach(reach);
    this.ends.blocksOf(node, base).forEach(reach);
    for (let block = queue.pop(); block !== undefined; block = queue.pop()) before[block]?.forEach(reach);
    return live;
  }
}

function blocksOf(node: FunctionNode): FunctionBlocks {
  const before: number[][] = node.graph.blocks.map(() => []);
  const phis = new Map<Base, Set<number>>();
  node.graph.blocks.forEach(({ end, handler, phis: own }, block) => {
    const after = handler === null ? successors(end) : [...successors(end), handler];
    for (const id of after) before[node.blockById.get(id) ?? -1]?.push(block);
    for (const { inputs } of own)
      for (const { block: from, value } of inputs) {
        const position = node.blockById.get(from);
        if (position === undefined) continue;
        const known = phis.get(value);
        if (known === undefined) phis.set(value, new Set([position]));
        else known.add(position);
      }
  });
  return { before, phis, loopStarts: loopStartsOf(before), live: new Map() };
}

/** The block in which a value is made; what comes in from outside is there from the first on. */
function homeOf(node: FunctionNode, base: Base): number {
  const definition = base < 0 ? undefined : node.definitions[base];
  if (definition === undefined) return 0;
  return definition.kind === "phi" ? definition.block : (node.blockOf[definition.point] ?? 0);
}

/** Blocks stand in an order in which only loops lead back. */
function loopStartsOf(before: readonly (readonly number[])[]): number[] {
  const starts = before.map(() => Infinity);
  before.forEach((list, start) => {
    for (const end of list)
      for (let block = start; block <= end; block++) starts[block] = Math.min(starts[block] ?? start, start);
  });
  return starts;
}

/**
 * Ways of control that one run of a function surely does not take, found in one pass along its blocks: what comes
 * over such a way to a phi is no alternative there.
 */
import type { BlockId, Terminator, ValueId } from "../../contracts/file-graph.js";
import type { Side } from "../program/sides.js";
import { successors } from "../program/successors.js";
import type { FunctionNode } from "../program/program.js";

type Branch = Extract<Terminator, { kind: "branch" }>;

export class TakenWays<Answer> {
  /** What is known of values already, in this run. */
  readonly answers = new Map<ValueId, Answer>();
  /** By position: the blocks that each block is known to go on to; undefined where that is not known yet. */
  private readonly after: (readonly BlockId[] | undefined)[] = [];
  /** Blocks, by position, that control surely does not come to. */
  private readonly passedBy = new Set<number>();

  constructor(private readonly node: FunctionNode) {}

  /** Blocks stand in an order in which only loops lead back, so a condition is asked when all before it are known. */
  follow(sideOf: (end: Branch) => Side | null): void {
    const { blocks } = this.node.graph;
    const entered = new Set<BlockId>(blocks.slice(0, 1).map((block) => block.id));
    const ledBack = this.loopStarts();
    blocks.forEach(({ id, end, handler }, position) => {
      if (!entered.has(id) && !ledBack.has(id)) {
        this.after[position] = [];
        this.passedBy.add(position);
        return;
      }
      const next = successors(end, end.kind === "branch" ? sideOf(end) : null);
      const all = handler === null ? next : [...next, handler];
      this.after[position] = all;
      for (const each of all) entered.add(each);
    });
  }

  /** False if control surely does not go from the one block to the other. */
  mayGo(from: BlockId, to: BlockId): boolean {
    return this.after[this.node.blockById.get(from) ?? -1]?.includes(to) !== false;
  }

  /** False if control surely does not come to the block at the position. */
  mayCome(position: number): boolean {
    return !this.passedBy.has(position);
  }

  private loopStarts(): ReadonlySet<BlockId> {
    const starts = new Set<BlockId>();
    this.node.graph.blocks.forEach(({ end, handler }, position) => {
      for (const to of handler === null ? successors(end) : [...successors(end), handler])
        if ((this.node.blockById.get(to) ?? 0) <= position) starts.add(to);
    });
    return starts;
  }
}

/** From open blocks to the contract's: trivial and unused phis go, straight lines merge, blocks and values are numbered. */
import type { Block, Instruction, Phi, Terminator, ValueId } from "../contracts/file-graph.js";
import type { FunctionBuilder } from "./function-builder.js";
import { renameOperands, renumberResult } from "./instruction-values.js";
import { mergeStraightLines } from "./merge-blocks.js";
import type { OpenBlock, OpenPhi, OpenTerminator } from "./open-block.js";
import { targetsOf } from "./open-block.js";
import { keepUsedPhis, removeTrivialPhis } from "./phi-cleanup.js";

export interface FinishedBody {
  readonly body: { readonly blocks: readonly Block[]; readonly valueCount: number };
  /** The final number of a value that the builder gave. */
  readonly value: (raw: ValueId) => ValueId;
}

export function finishFunction(builder: FunctionBuilder): FinishedBody {
  const all = reversePostOrder(builder.entry);
  const resolve = removeTrivialPhis(all, builder);
  builder.entry.instructions.unshift(...builder.prologue);
  const merged = mergeStraightLines(all, resolve);
  const blocks = merged.blocks;
  keepUsedPhis(blocks, resolve);
  return new Numbering(blocks, resolve, merged.blockOf).finish();
}

/** Blocks that control can reach, so that dominators come before what they dominate; iterative. */
function reversePostOrder(entry: OpenBlock): OpenBlock[] {
  const seen = new Set<OpenBlock>([entry]);
  const order: OpenBlock[] = [];
  const stack: { readonly block: OpenBlock; readonly next: OpenBlock[] }[] = [
    { block: entry, next: successors(entry) },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const block = top.next.pop();
    if (block === undefined) {
      order.push(top.block);
      stack.pop();
    } else if (!seen.has(block)) {
      seen.add(block);
      stack.push({ block, next: successors(block) });
    }
  }
  return order.reverse();
}

/** In the order in which they should be listed; the walk takes them from the end. */
function successors(block: OpenBlock): OpenBlock[] {
  const targets = targetsOf(block.end);
  return block.handler === null ? targets : [...targets, block.handler];
}

class Numbering {
  private readonly blockIds = new Map<OpenBlock, number>();
  private readonly values = new Map<ValueId, ValueId>();

  constructor(
    private readonly blocks: readonly OpenBlock[],
    private readonly resolve: (value: ValueId) => ValueId,
    private readonly blockOf: (block: OpenBlock) => OpenBlock,
  ) {
    blocks.forEach((block, id) => this.blockIds.set(block, id));
    for (const block of blocks) {
      for (const phi of block.phis) this.values.set(phi.out, this.values.size);
      for (const instruction of block.instructions)
        if ("out" in instruction) this.values.set(instruction.out, this.values.size);
    }
  }

  finish(): FinishedBody {
    const body = { blocks: this.blocks.map((block) => this.block(block)), valueCount: this.values.size };
    return { body, value: this.value };
  }

  private readonly value = (raw: ValueId): ValueId => {
    const value = this.values.get(this.resolve(raw));
    if (value === undefined) throw new Error(`value ${String(raw)} has no definition`);
    return value;
  };

  private id(block: OpenBlock): number {
    const id = this.blockIds.get(this.blockOf(block));
    if (id === undefined) throw new Error("a block that is not reachable is referred to");
    return id;
  }

  private block(block: OpenBlock): Block {
    return {
      id: this.id(block),
      handler: block.handler === null ? null : this.id(block.handler),
      phis: block.phis.map((phi) => this.phi(phi)),
      instructions: this.instructions(block.instructions),
      end: this.terminator(block.end),
    };
  }

  private phi(phi: OpenPhi): Phi {
    return {
      out: this.value(phi.out),
      inputs: phi.inputs.map((input) => ({ block: this.id(input.block), value: this.value(input.value) })),
    };
  }

  private instructions(instructions: readonly Instruction[]): readonly Instruction[] {
    for (const instruction of instructions) {
      renameOperands(instruction, this.value);
      renumberResult(instruction, this.value);
    }
    return instructions;
  }

  private terminator(end: OpenTerminator | null): Terminator {
    switch (end?.kind) {
      case undefined:
      case "unreachable":
        return { kind: "unreachable" };
      case "jump":
        return { kind: "jump", to: this.id(end.to) };
      case "branch":
        return { ...end, value: this.value(end.value), then: this.id(end.then), else: this.id(end.else) };
      case "loop":
        return { ...end, body: this.id(end.body), exit: this.id(end.exit) };
      case "return":
        return { ...end, value: end.value === null ? null : this.value(end.value) };
      case "throw":
        return { ...end, value: this.value(end.value) };
    }
  }
}

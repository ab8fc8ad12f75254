/**
 * Builds one function in SSA form while its syntax is walked once (Braun et al., "Simple and Efficient Construction
 * of Static Single Assignment Form", 2013). Reading a variable where several ways meet makes a phi at once and looks
 * its inputs up later from a work list, so neither long functions nor deep nests of branches recurse; phis that turn
 * out to be trivial are taken out by `finish-function.ts`.
 */
import type { Span } from "../base/location.js";
import type { Instruction, ValueId } from "../contracts/file-graph.js";
import type { TypeReference } from "../contracts/type-reference.js";
import type { Effect, Producing } from "./instruction-values.js";
import { canThrow, completeInstruction } from "./instruction-values.js";
import type { OpenBlock, OpenPhi, OpenTerminator, Region, VariableKey } from "./open-block.js";
import { createBlock, targetsOf } from "./open-block.js";

export class FunctionBuilder {
  readonly entry = createBlock();
  /** Instructions that stand before everything else: captured values, `this`, `undefined`. */
  readonly prologue: Instruction[] = [];
  /** Where instructions go; null where control cannot come. */
  current: OpenBlock | null = this.entry;
  region: Region | null = null;
  private values = 0;
  private undefinedConstant: ValueId | null = null;
  private readonly unfilled: {
    readonly block: OpenBlock;
    readonly key: VariableKey;
    readonly phi: OpenPhi;
  }[] = [];

  constructor(private readonly at: Span) {
    this.entry.sealed = true;
  }

  get reachable(): boolean {
    return this.current !== null;
  }

  get valueCount(): number {
    return this.values;
  }

  newBlock(): OpenBlock {
    return createBlock();
  }

  /** Continues in a block whose predecessors are not all known yet (a loop header). */
  start(block: OpenBlock): void {
    if (block.predecessors.length === 0) {
      this.current = null;
      return;
    }
    this.region?.blocks.push(block);
    this.current = block;
  }

  /** Continues in a block that gets no further predecessors; dead where it has none. */
  enter(block: OpenBlock): void {
    this.seal(block);
    this.start(block);
  }

  /** No further predecessors: phis that waited for them can be filled. */
  seal(block: OpenBlock): void {
    if (block.sealed) return;
    block.sealed = true;
    for (const { key, phi } of block.incomplete) this.unfilled.push({ block, key, phi });
    this.fillPhis();
  }

  private end(end: OpenTerminator): void {
    const block = this.current;
    if (block === null) return;
    block.end = end;
    for (const target of targetsOf(end)) {
      if (target.predecessors.at(-1) !== block) target.predecessors.push(block);
    }
    this.current = null;
  }

  jump(to: OpenBlock): void {
    this.end({ kind: "jump", to });
  }

  branch(test: "truthy" | "defined", value: ValueId, yes: OpenBlock, no: OpenBlock, at: Span): void {
    this.end({ kind: "branch", test, value, then: yes, else: no, at });
  }

  loop(body: OpenBlock, exit: OpenBlock, at: Span): void {
    this.end({ kind: "loop", body, exit, at });
  }

  return(value: ValueId | null, at: Span): void {
    this.end({ kind: "return", value, at });
  }

  throw(value: ValueId, at: Span): void {
    if (this.current !== null) this.current.throws = true;
    this.end({ kind: "throw", value, at });
  }

  /** Emits an instruction that defines a value. In dead code nothing is emitted and the value is `undefined`. */
  define(body: Producing, at: Span): ValueId {
    if (this.current === null) return this.undefinedValue();
    const out = this.values++;
    this.emit(completeInstruction(body, out, at));
    return out;
  }

  /** Emits an instruction that defines no value. */
  effect(body: Effect, at: Span): void {
    if (this.current !== null) this.emit(completeInstruction(body, null, at));
  }

  /** Says of a call just made that what it gives is of a type. */
  satisfy(value: ValueId, type: TypeReference): void {
    const made = this.current?.instructions.at(-1);
    if (made?.kind === "call" && made.out === value)
      this.current?.instructions.splice(-1, 1, { ...made, satisfies: type });
  }

  private emit(instruction: Instruction): void {
    const block = this.current;
    if (block === null) return;
    block.instructions.push(instruction);
    if (!block.throws && canThrow(instruction)) block.throws = true;
  }

  /** Emits at the very start of the function, so that the value can be used everywhere. */
  defineFirst(body: Producing, at: Span): ValueId {
    const out = this.values++;
    this.prologue.push(completeInstruction(body, out, at));
    return out;
  }

  undefinedValue(): ValueId {
    this.undefinedConstant ??= this.defineFirst(
      { kind: "constant", value: null, type: "undefined" },
      this.at,
    );
    return this.undefinedConstant;
  }

  /** Starts guarding: what follows throws to `handler`. `start` is where the guarded syntax starts. */
  openRegion(handler: OpenBlock, start: number): Region {
    const region: Region = { handler, blocks: [], start };
    const body = this.newBlock();
    this.jump(body);
    this.region = region;
    this.enter(body);
    return region;
  }

  /** Ends guarding; the handler then has all predecessors. Current code must have left the region. */
  closeRegion(region: Region, outer: Region | null): void {
    this.region = outer;
    for (const block of region.blocks) {
      if (!block.throws) continue;
      block.handler = region.handler;
      region.handler.predecessors.push(block);
    }
    this.seal(region.handler);
  }

  /**
   * Gives a variable a value. In a guarded block the handler must see what the variable held at each point that may
   * throw, so a write after such a point starts a new block: within one block a variable has one value.
   */
  write(key: VariableKey, value: ValueId, seenByHandler: boolean): void {
    if (this.current === null) return;
    if (seenByHandler && this.region !== null && this.current.throws) {
      const next = this.newBlock();
      this.jump(next);
      this.enter(next);
    }
    this.current.definitions.set(key, value);
  }

  read(key: VariableKey): ValueId {
    if (this.current === null) return this.undefinedValue();
    const value = this.find(key, this.current);
    this.fillPhis();
    return value;
  }

  /** The value of a variable at the end of a block, with phis where ways meet. */
  private find(key: VariableKey, start: OpenBlock): ValueId {
    const passed: OpenBlock[] = [];
    let block = start;
    let value: ValueId;
    for (;;) {
      const known = block.definitions.get(key);
      const only = block.predecessors[0];
      if (known !== undefined) {
        value = known;
        break;
      }
      if (block.sealed && only !== undefined && block.predecessors.length === 1) {
        passed.push(block);
        block = only;
        continue;
      }
      if (block.sealed && only === undefined) value = this.undefinedValue();
      else value = this.addPhi(block, key);
      break;
    }
    for (const each of passed) each.definitions.set(key, value);
    return value;
  }

  private addPhi(block: OpenBlock, key: VariableKey): ValueId {
    const phi: OpenPhi = { out: this.values++, inputs: [] };
    block.phis.push(phi);
    block.definitions.set(key, phi.out);
    if (block.sealed) this.unfilled.push({ block, key, phi });
    else block.incomplete.push({ key, phi });
    return phi.out;
  }

  private fillPhis(): void {
    for (let next = this.unfilled.pop(); next !== undefined; next = this.unfilled.pop()) {
      for (const block of next.block.predecessors)
        next.phi.inputs.push({ block, value: this.find(next.key, block) });
    }
  }
}

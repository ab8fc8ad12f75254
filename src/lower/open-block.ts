/** Blocks, phis and terminators while a function is being built; `finish-function.ts` turns them into the contract's. */
import type { Instruction, ValueId } from "../contracts/file-graph.js";
import type { Span } from "../base/location.js";

/** What SSA construction tells apart: a variable, or a temporary that joins values of several branches. */
export type VariableKey = object;

export interface OpenPhi {
  readonly out: ValueId;
  readonly inputs: { block: OpenBlock; value: ValueId }[];
}

export type OpenTerminator =
  | { readonly kind: "jump"; readonly to: OpenBlock }
  | {
      readonly kind: "branch";
      readonly test: "truthy" | "defined";
      readonly value: ValueId;
      readonly then: OpenBlock;
      readonly else: OpenBlock;
      readonly at: Span;
    }
  | { readonly kind: "loop"; readonly body: OpenBlock; readonly exit: OpenBlock; readonly at: Span }
  | { readonly kind: "return"; readonly value: ValueId | null; readonly at: Span }
  | { readonly kind: "throw"; readonly value: ValueId; readonly at: Span }
  | { readonly kind: "unreachable" };

export interface OpenBlock {
  /** Where exceptions go; decided when the guarded region ends, null for blocks in which nothing can throw. */
  handler: OpenBlock | null;
  readonly phis: OpenPhi[];
  readonly instructions: Instruction[];
  end: OpenTerminator | null;
  readonly predecessors: OpenBlock[];
  readonly definitions: Map<VariableKey, ValueId>;
  /** All predecessors are known. */
  sealed: boolean;
  /** An instruction that may throw has been emitted. */
  throws: boolean;
  /** Phis that wait for the predecessors to be known. */
  readonly incomplete: { readonly key: VariableKey; readonly phi: OpenPhi }[];
}

/** The blocks of a `try` body and the block that receives what they throw. */
export interface Region {
  readonly handler: OpenBlock;
  readonly blocks: OpenBlock[];
  /** Offset where the guarded statement starts: what is declared after it is unknown to the handler. */
  readonly start: number;
}

export function createBlock(): OpenBlock {
  return {
    handler: null,
    phis: [],
    instructions: [],
    end: null,
    predecessors: [],
    definitions: new Map(),
    sealed: false,
    throws: false,
    incomplete: [],
  };
}

/** The blocks that a terminator leads to. */
export function targetsOf(end: OpenTerminator | null): OpenBlock[] {
  switch (end?.kind) {
    case "jump":
      return [end.to];
    case "branch":
      return [end.then, end.else];
    case "loop":
      return [end.body, end.exit];
    default:
      return [];
  }
}

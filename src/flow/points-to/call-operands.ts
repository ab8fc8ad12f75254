import type { PointerNode } from "./pointer-graph.js";

/** The operands of a call as pointer nodes, whatever form the call has. */
export interface Operands {
  readonly receiver: PointerNode | null;
  readonly arguments: readonly { readonly node: PointerNode; readonly spread: boolean }[];
  readonly out: PointerNode;
  /** What is assigned, for `form: assign`. */
  readonly value?: PointerNode;
  /** What each `*` of a model's path stands for. */
  readonly names?: readonly string[];
}

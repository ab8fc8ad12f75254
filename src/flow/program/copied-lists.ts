/** Copies of lists, as they are made where each element is to be gone through: `[...steps]`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "./program.js";

/** From a list to what it was made of. */
const mostHops = 6;

/** The list of which `[...list]` is a copy, where nothing else is put into it. */
export function copiedWhole(node: FunctionNode, value: ValueId): ValueId | null {
  const made = definitionOf(node, value);
  if (made?.kind !== "array") return null;
  const puts = (node.uses[made.out] ?? []).flatMap((point) => {
    const use = node.code[point];
    return use?.kind === "store" || use?.kind === "append-elements" ? [use] : [];
  });
  const [only, ...more] = puts;
  return only?.kind === "append-elements" && only.target === made.out && more.length === 0
    ? only.source
    : null;
}

/** A list, as it is gone through. */
export interface Taken {
  readonly list: ValueId;
  readonly isFromEnd: boolean;
}

/** `wrappers.toReversed()`, `[...wrappers].reverse()`: the list itself, from its other end. */
export function turned(node: FunctionNode, { list, isFromEnd }: Taken): Taken {
  let each: Taken = { list, isFromEnd };
  for (let hops = 0; hops < mostHops; hops++) {
    const made = definitionOf(node, each.list);
    if (made?.kind === "call" && made.receiver !== null && made.arguments.length === 0) {
      const isTurning = /\.(?:toReversed|reverse)$/u.test(made.name);
      if (!isTurning && !/\.slice$/u.test(made.name)) return each;
      each = { list: made.receiver, isFromEnd: each.isFromEnd !== isTurning };
    } else {
      const copied = copiedWhole(node, each.list);
      if (copied === null) return each;
      each = { ...each, list: copied };
    }
  }
  return each;
}

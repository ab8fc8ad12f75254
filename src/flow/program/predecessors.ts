/** Which blocks control comes from, by position. */
import type { FunctionNode } from "./program.js";

export interface Predecessor {
  readonly position: number;
  /** Which way of a branch. */
  readonly side: "then" | "else" | null;
  /** What was thrown somewhere in the block comes from there, not what its end goes on with. */
  readonly isThrown: boolean;
}

const known = new WeakMap<FunctionNode, readonly (readonly Predecessor[])[]>();

/** By position. A loop and a handler are entered from more than one place, and are told so. */
export function predecessorsOf(node: FunctionNode): readonly (readonly Predecessor[])[] {
  let found = known.get(node);
  if (found === undefined) known.set(node, (found = findPredecessors(node)));
  return found;
}

function findPredecessors(node: FunctionNode): readonly (readonly Predecessor[])[] {
  const found: Predecessor[][] = node.graph.blocks.map(() => []);
  const add = (id: number, ...added: readonly Predecessor[]): void => {
    found[node.blockById.get(id) ?? -1]?.push(...added);
  };
  node.graph.blocks.forEach(({ end, handler }, position) => {
    const plain: Predecessor = { position, side: null, isThrown: false };
    const thrown: Predecessor = { ...plain, isThrown: true };
    if (handler !== null) add(handler, thrown, thrown);
    if (end.kind === "jump") add(end.to, plain);
    if (end.kind === "branch") {
      add(end.then, { ...plain, side: "then" });
      add(end.else, { ...plain, side: "else" });
    }
    if (end.kind === "loop") {
      add(end.body, plain, plain);
      add(end.exit, plain, plain);
    }
  });
  return found;
}

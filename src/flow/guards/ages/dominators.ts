/** Blocks that control has passed wherever it is in another one. */
import type { FunctionNode } from "../../program/program.js";

const known = new WeakMap<FunctionNode, readonly ReadonlySet<number>[]>();

/** By position: the blocks on every way from the start, itself among them. */
export function dominatorsOf(node: FunctionNode): readonly ReadonlySet<number>[] {
  let found = known.get(node);
  if (found === undefined) known.set(node, (found = find(node)));
  return found;
}

function find(node: FunctionNode): readonly ReadonlySet<number>[] {
  const { blocks } = node.graph;
  const before: number[][] = blocks.map(() => []);
  blocks.forEach((block, position) => {
    const { end } = block;
    const targets =
      end.kind === "jump"
        ? [end.to]
        : end.kind === "branch"
          ? [end.then, end.else]
          : end.kind === "loop"
            ? [end.body, end.exit]
            : [];
    for (const id of block.handler === null ? targets : [...targets, block.handler]) {
      const target = node.blockById.get(id);
      if (target !== undefined) before[target]?.push(position);
    }
  });
  const found: (Set<number> | null)[] = blocks.map((_, position) => (position === 0 ? new Set([0]) : null));
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (let position = 1; position < blocks.length; position++) {
      const sets = (before[position] ?? []).flatMap((each) => found[each] ?? []);
      const [first, ...others] = sets;
      if (first === undefined) continue;
      const common = new Set([...first].filter((each) => others.every((other) => other.has(each))));
      common.add(position);
      if (common.size === found[position]?.size) continue;
      found[position] = common;
      isChanged = true;
    }
  }
  return found.map((each) => each ?? new Set());
}

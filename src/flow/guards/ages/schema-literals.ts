/** Plain objects that schemas are made of, or are: what is written into them where they are made. */
import type { InstructionOf } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";

interface Store {
  readonly point: number;
  readonly written: InstructionOf<"copy-properties"> | InstructionOf<"store">;
}

interface Literal {
  readonly node: FunctionNode;
  readonly stores: readonly Store[];
}

export function literalAt({ program }: PointsTo, site: string): Literal | null {
  const [owner, point] = site.split(":").map(Number);
  const node = owner === undefined ? undefined : program.functions[owner];
  const made = point === undefined ? undefined : node?.code[point];
  if (node === undefined || made?.kind !== "object") return null;
  const stores = (node.uses[made.out] ?? []).flatMap((use): Store[] => {
    const store = node.code[use];
    const isInto =
      (store?.kind === "copy-properties" && store.target === made.out) ||
      (store?.kind === "store" && store.object === made.out);
    return isInto ? [{ point: use, written: store }] : [];
  });
  return { node, stores };
}

/** What is copied into an object or list where it is made: `{ ...source }`, `[...source]`. */
import type { Span } from "../../base/location.js";
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue, Site } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "./program.js";

export interface Copy {
  readonly node: FunctionNode;
  readonly point: number;
  readonly target: ValueId;
  readonly source: ValueId;
  readonly at: Span;
}

const nothing: readonly Copy[] = [];

export function copiesInto(pointsTo: PointsTo, object: AbstractValue): readonly Copy[] {
  if (object.kind !== "object") return nothing;
  const { node, maker } = madeAt(pointsTo, object.site);
  if (node === undefined || (maker?.kind !== "object" && maker?.kind !== "array")) return nothing;
  return (node.uses[maker.out] ?? []).flatMap((point): Copy[] => {
    const copy = node.code[point];
    return (copy?.kind === "copy-properties" || copy?.kind === "append-elements") && copy.target === maker.out
      ? [{ node, point, target: maker.out, source: copy.source, at: copy.at }]
      : [];
  });
}

/** `{ id, ...rest }`: the object holds what another one does, but for some properties. */
export function isRestOfAnother(pointsTo: PointsTo, object: AbstractValue): boolean {
  return object.kind === "object" && madeAt(pointsTo, object.site).maker?.kind === "object-rest";
}

/** Where an object is made, by what. */
export function madeAt(
  pointsTo: PointsTo,
  site: Site,
): { readonly node: FunctionNode | undefined; readonly maker: Instruction | undefined } {
  const [owner, made] = site.split(":").map(Number);
  const node = owner === undefined ? undefined : pointsTo.program.functions[owner];
  return { node, maker: made === undefined ? undefined : node?.code[made] };
}

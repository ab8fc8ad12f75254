/** What a function gives back that is the same constant wherever control may leave it. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Constant } from "../constants/constant-operations.js";
import type { FunctionNode } from "../program/program.js";

export function commonResult(
  { graph }: FunctionNode,
  mayCome: (block: number) => boolean,
  evaluate: (value: ValueId) => Constant | null,
): Constant | null {
  let common: Constant | null = null;
  for (const [position, { end }] of graph.blocks.entries()) {
    if (end.kind !== "return" || !mayCome(position)) continue;
    const constant: Constant | null = end.value === null ? { value: undefined } : evaluate(end.value);
    if (constant === null || (common !== null && constant.value !== common.value)) return null;
    common = constant;
  }
  return common;
}

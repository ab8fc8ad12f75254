import type ts from "typescript";
import type { Argument } from "../../contracts/file-graph.js";
import type { FunctionLowering } from "../function-lowering.js";

export function lowerArguments(l: FunctionLowering, nodes: readonly ts.Expression[] | undefined): Argument[] {
  return (nodes ?? []).map((node) => {
    const spread = l.ts.isSpreadElement(node);
    const inner = spread ? node.expression : node;
    return { value: l.expression(inner), spread, at: l.span(inner) };
  });
}

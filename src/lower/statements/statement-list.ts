/** Statements one after another; what `using` declares among them is disposed of when they are left. */
import type ts from "typescript";
import type { FunctionLowering } from "../function-lowering.js";
import { disposedIn, lowerDisposed } from "./disposal.js";

export function lowerStatements(l: FunctionLowering, nodes: readonly ts.Node[]): void {
  for (const [index, node] of nodes.entries()) {
    l.statement(node);
    const resources = l.ts.isVariableStatement(node) ? disposedIn(l, node.declarationList) : [];
    if (resources.length === 0 || !l.reachable) continue;
    lowerDisposed(l, resources, node.end, () => {
      lowerStatements(l, nodes.slice(index + 1));
    });
    return;
  }
}

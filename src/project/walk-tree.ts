import type ts from "typescript";
import type { TypeScript } from "./typescript-instance.js";

/**
 * Shows `visit` a node and everything below it, each node before its children and siblings in order; what stands below
 * a node for which it says `"skip"` is left out. It keeps its own stack: a sum of thousands of operands is no depth.
 */
export function walkTree(ts: TypeScript, root: ts.Node, visit: (node: ts.Node) => unknown): void {
  const stack = [root];
  const children: ts.Node[] = [];
  const collect = (child: ts.Node): void => {
    children.push(child);
  };
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (visit(node) === "skip") continue;
    ts.forEachChild(node, collect);
    for (let child = children.pop(); child !== undefined; child = children.pop()) stack.push(child);
  }
}

/** The same for what stands below a node. */
export function walkBelow(ts: TypeScript, root: ts.Node, visit: (node: ts.Node) => unknown): void {
  walkTree(ts, root, (node) => (node === root ? undefined : visit(node)));
}

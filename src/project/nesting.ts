import type ts from "typescript";
import type { TypeScript } from "./typescript-instance.js";

/**
 * Syntax inside syntax beyond which a file is not analysed. The compiler recurses over it with many frames a level,
 * and its stack ends at 900 calls inside each other, or a chain of 1,000; nobody writes a tenth of that.
 */
export const deepestNesting = 900;

/** Is syntax nested beyond the limit? The operands of a sum, which are taken in a loop, and `.` are no level. */
export function isNestedTooDeeply(ts: TypeScript, source: ts.SourceFile): boolean {
  const nodes: ts.Node[] = [source];
  const depths: number[] = [0];
  let chained: ts.Node | undefined;
  let depth = 0;
  const collect = (child: ts.Node): void => {
    nodes.push(child);
    depths.push(child === chained ? depth : depth + 1);
  };
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    depth = depths.pop() ?? 0;
    if (depth > deepestNesting) return true;
    chained = ts.isBinaryExpression(node)
      ? node.left
      : ts.isPropertyAccessExpression(node)
        ? node.expression
        : undefined;
    ts.forEachChild(node, collect);
  }
  return false;
}

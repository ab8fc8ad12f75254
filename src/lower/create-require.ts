import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";

/** `createRequire(import.meta.url)` */
export function makesRequire(ts: TypeScript, node: ts.Node, source: ts.SourceFile): boolean {
  return ts.isCallExpression(node) && /(^|\.)createRequire$/.test(node.expression.getText(source));
}

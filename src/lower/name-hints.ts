/** Names for functions, classes and object literals that get theirs from what they are assigned to. */
import type ts from "typescript";
import type { FileLowering, NameHint } from "./file-lowering.js";

export function hintName(file: FileLowering, value: ts.Node | undefined, hint: NameHint): void {
  const { ts } = file;
  let node = value;
  while (
    node !== undefined &&
    (ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isTypeAssertionExpression(node) ||
      ts.isNonNullExpression(node))
  ) {
    node = node.expression;
  }
  if (node === undefined) return;
  if (
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isClassExpression(node) ||
    ts.isObjectLiteralExpression(node)
  )
    file.hints.set(node, hint);
}

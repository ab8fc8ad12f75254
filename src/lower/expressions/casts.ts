/** `x as T`, `<T>x` and, in JavaScript, `/** @type {T} *\/ (x)`. */
import type ts from "typescript";
import type { ValueId } from "../../contracts/file-graph.js";
import type { TypeScript } from "../../project/typescript-instance.js";
import { FormTable } from "../form-table.js";
import type { FunctionLowering } from "../function-lowering.js";
import { readType } from "../written-types.js";

export function castForms(ts: TypeScript): FormTable<ValueId> {
  const { SyntaxKind } = ts;
  const table = new FormTable<ValueId>();
  table.add(SyntaxKind.AsExpression, ts.isAsExpression, (l, node) =>
    lowerCast(l, node, node.type, l.expression(node.expression)),
  );
  table.add(SyntaxKind.TypeAssertionExpression, ts.isTypeAssertionExpression, (l, node) =>
    lowerCast(l, node, node.type, l.expression(node.expression)),
  );
  table.add(SyntaxKind.SatisfiesExpression, ts.isSatisfiesExpression, (l, node) => {
    const value = l.expression(node.expression);
    l.builder.satisfy(value, readType(l.file, node.type));
    return value;
  });
  table.add(SyntaxKind.ExpressionWithTypeArguments, ts.isExpressionWithTypeArguments, (l, node) =>
    l.expression(node.expression),
  );
  table.add(SyntaxKind.ParenthesizedExpression, ts.isParenthesizedExpression, (l, node) => {
    const value = l.expression(node.expression);
    const type = l.file.isJavaScript ? l.ts.getJSDocType(node) : undefined;
    return type === undefined ? value : lowerCast(l, node, type, value);
  });
  return table;
}

/** `as const` says nothing about where a value comes from, and lowers to nothing. */
export function lowerCast(
  l: FunctionLowering,
  node: ts.Expression,
  type: ts.TypeNode,
  value: ValueId,
): ValueId {
  if (l.ts.isConstTypeReference(type)) return value;
  return l.define({ kind: "cast", value, type: readType(l.file, type), typeAt: l.span(type) }, l.span(node));
}

/** Parentheses that a `@type` comment stands before. */
export function isJsDocCast(l: FunctionLowering, node: ts.ParenthesizedExpression): boolean {
  return l.file.isJavaScript && l.ts.getJSDocTypeTag(node) !== undefined;
}

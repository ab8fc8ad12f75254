import type ts from "typescript";
import type { Project } from "../project/project.js";
import { bare } from "./declaration-sites.js";

/** `{ Nuts: "nuts", Milk: "milk" } as const`: names for the values of a column, as an enum has them. */
export function isEnumLike(ts: Project["ts"], initializer: ts.Expression): boolean {
  const isConst = ts.isAsExpression(initializer) && initializer.type.getText() === "const";
  const inner = bare(ts, initializer);
  const frozen =
    ts.isCallExpression(inner) && inner.expression.getText() === "Object.freeze"
      ? inner.arguments[0]
      : undefined;
  const literal = bare(ts, frozen ?? inner);
  if (!ts.isObjectLiteralExpression(literal) || literal.properties.length === 0) return false;
  const isLiteral = literal.properties.every(
    (property) =>
      ts.isPropertyAssignment(property) &&
      (ts.isStringLiteralLike(property.initializer) || ts.isNumericLiteral(property.initializer)),
  );
  return isConst || frozen !== undefined || isLiteral;
}

/** The name of X in `(typeof X)[keyof typeof X]`, the type of its values; undefined for any other type. */
export function enumLikeName(ts: Project["ts"], type: ts.TypeQueryNode): ts.Identifier | undefined {
  let node: ts.Node = type;
  while (ts.isParenthesizedTypeNode(node.parent)) node = node.parent;
  const isOfValues = ts.isIndexedAccessTypeNode(node.parent) && node.parent.objectType === node;
  return isOfValues && ts.isIdentifier(type.exprName) ? type.exprName : undefined;
}

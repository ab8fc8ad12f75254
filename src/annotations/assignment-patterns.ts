import type ts from "typescript";
import type { Project } from "../project/project.js";

/**
 * The type that an object literal on the left of an assignment takes apart; undefined where the literal is a
 * value. The checker itself gives the literal's own type there.
 */
export function assignedType(project: Project, pattern: ts.Node): ts.Type | undefined {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const { parent } = pattern;
  if (ts.isParenthesizedExpression(parent)) return assignedType(project, parent);
  if (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    parent.left === pattern
  ) {
    // `{ a: { b } = fallback } = value`: the inner pattern is a part of the outer one.
    return assignedType(project, parent) ?? checker.getTypeAtLocation(parent.right);
  }
  if (ts.isForOfStatement(parent) && parent.initializer === pattern)
    return elementType(project, checker.getTypeAtLocation(parent.expression));
  if (ts.isPropertyAssignment(parent) && parent.initializer === pattern) {
    const outer = assignedType(project, parent.parent);
    const property =
      outer === undefined || ts.isComputedPropertyName(parent.name)
        ? undefined
        : checker.getPropertyOfType(checker.getNonNullableType(outer), parent.name.text);
    return property === undefined ? undefined : checker.getTypeOfSymbolAtLocation(property, pattern);
  }
  if (!ts.isArrayLiteralExpression(parent)) return undefined;
  const list = assignedType(project, parent);
  return list === undefined ? undefined : elementType(project, list);
}

/** What a list holds. */
export function elementType(project: Project, type: ts.Type): ts.Type | undefined {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const indexed = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  if (indexed !== undefined) return indexed;
  const isReference =
    (type.flags & ts.TypeFlags.Object) !== 0 &&
    ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
  return isReference ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
}

/**
 * The type that is expected of a literal which a callback gives back, where it comes out of a generic call:
 * `const pupils: Pupil[] = rows.map((row) => ({ name: row.name }))`. The checker answers with what it inferred.
 */
import type ts from "typescript";
import type { Project } from "../project/project.js";
import { elementType } from "./assignment-patterns.js";

export function expectedOfCall(project: Project, literal: ts.Expression): ts.Type | undefined {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const callback = callbackOf(project, literal);
  const call = callback?.parent;
  if (callback === undefined || call === undefined || !ts.isCallExpression(call)) return undefined;
  const expected = checker.getContextualType(call);
  const declaration = expected && checker.getResolvedSignature(call)?.getDeclaration();
  const result = declaration?.type;
  if (expected === undefined || declaration === undefined || result === undefined) return undefined;
  const handed = declaration.parameters[call.arguments.indexOf(callback)]?.type;
  const given =
    handed !== undefined && ts.isFunctionTypeNode(handed) ? nameOf(project, handed.type) : undefined;
  if (given === undefined) return undefined;
  if (nameOf(project, result) === given) return expected;
  return ts.isArrayTypeNode(result) && nameOf(project, result.elementType) === given
    ? elementType(project, expected)
    : undefined;
}

/** The function of which a literal is the result, where it is handed to a call. */
function callbackOf(
  { ts }: Project,
  literal: ts.Expression,
): ts.ArrowFunction | ts.FunctionExpression | undefined {
  let node: ts.Node = literal;
  while (ts.isParenthesizedExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (ts.isArrowFunction(parent) && parent.body === node) return parent;
  if (!ts.isReturnStatement(parent)) return undefined;
  const maker = ts.findAncestor(parent, (each) => ts.isFunctionLike(each));
  return maker !== undefined && (ts.isArrowFunction(maker) || ts.isFunctionExpression(maker))
    ? maker
    : undefined;
}

function nameOf({ ts }: Project, type: ts.TypeNode): string | undefined {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : undefined;
}

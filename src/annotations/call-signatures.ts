import type ts from "typescript";
import type { Project } from "../project/project.js";

/**
 * The signature that a call goes to. One that is neither overloaded nor generic is the same whatever the arguments
 * are, so they are not checked: that is where most of a type check's time goes. None where what is called is of no
 * type or cannot be called, as a package's decorator, of which only the name is known.
 */
export function signatureOf(project: Project, node: ts.CallExpression): ts.Signature | undefined {
  const checker = project.program.getTypeChecker();
  if (isSuperOrImport(project, node)) return checker.getResolvedSignature(node);
  const callee = calleeType(project, node);
  if (callee === undefined) return undefined;
  const [only, ...others] = checker.getSignaturesOfType(callee, project.ts.SignatureKind.Call);
  const isPlain = only !== undefined && others.length === 0 && (only.typeParameters?.length ?? 0) === 0;
  return isPlain ? only : checker.getResolvedSignature(node);
}

/** The type of a call's result, by the same short way; none where nothing is known of it (`any`). */
export function resultType(project: Project, node: ts.CallExpression): ts.Type | undefined {
  const checker = project.program.getTypeChecker();
  if (isSuperOrImport(project, node)) return checker.getTypeAtLocation(node);
  // What is called on a value of no type is of no type, whatever it is given.
  if (calleeType(project, node) === undefined) return undefined;
  const type = signatureOf(project, node)?.getReturnType() ?? checker.getTypeAtLocation(node);
  return (type.flags & project.ts.TypeFlags.Any) === 0 ? type : undefined;
}

/** The type of what is called; none where it is of no type or cannot be called. */
function calleeType(project: Project, { expression }: ts.CallExpression): ts.Type | undefined {
  const { ts } = project;
  if (isMemberOfUntyped(project, expression)) return undefined;
  const checker = project.program.getTypeChecker();
  const type = checker.getTypeAtLocation(expression);
  if ((type.flags & ts.TypeFlags.Any) !== 0) return undefined;
  const called = checker.getApparentType(checker.getNonNullableType(type));
  return checker.getSignaturesOfType(called, ts.SignatureKind.Call).length === 0 ? undefined : type;
}

/** `select(columns).where(filter)`: what an untyped call gave has untyped members, and no argument need be looked at. */
function isMemberOfUntyped(project: Project, callee: ts.Expression): boolean {
  const { ts } = project;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  let object: ts.Expression = callee.expression;
  while (ts.isParenthesizedExpression(object) || ts.isNonNullExpression(object)) object = object.expression;
  if (ts.isPropertyAccessExpression(object)) return isMemberOfUntyped(project, object);
  if (!ts.isCallExpression(object) || isSuperOrImport(project, object)) return false;
  // In a script the checker knows what `require` gives.
  if (ts.isIdentifier(object.expression) && object.expression.text === "require") return false;
  return resultType(project, object) === undefined;
}

function isSuperOrImport({ ts }: Project, { expression }: ts.CallExpression): boolean {
  return expression.kind === ts.SyntaxKind.SuperKeyword || expression.kind === ts.SyntaxKind.ImportKeyword;
}

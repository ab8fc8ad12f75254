import type ts from "typescript";
import type { Project } from "../project/project.js";

/**
 * The signature that a call goes to. One that is neither overloaded nor generic is the same whatever the arguments
 * are, so they are not checked: that is where most of a type check's time goes. None where the callee has no type.
 */
export function signatureOf(project: Project, node: ts.CallExpression): ts.Signature | undefined {
  const checker = project.program.getTypeChecker();
  const callee = checker.getTypeAtLocation(node.expression);
  if ((callee.flags & project.ts.TypeFlags.Any) !== 0) return undefined;
  const [only, ...others] = checker.getSignaturesOfType(callee, project.ts.SignatureKind.Call);
  const isPlain = only !== undefined && others.length === 0 && (only.typeParameters?.length ?? 0) === 0;
  return isPlain ? only : checker.getResolvedSignature(node);
}

/** The type of a call's result, by the same short way. */
export function resultType(project: Project, node: ts.CallExpression): ts.Type {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const { kind } = node.expression;
  if (kind === ts.SyntaxKind.SuperKeyword || kind === ts.SyntaxKind.ImportKeyword)
    return checker.getTypeAtLocation(node);
  const callee = checker.getTypeAtLocation(node.expression);
  // What is called on a value of no type is of no type, whatever it is given.
  if ((callee.flags & ts.TypeFlags.Any) !== 0) return callee;
  return signatureOf(project, node)?.getReturnType() ?? checker.getTypeAtLocation(node);
}

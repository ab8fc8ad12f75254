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
  return callee === undefined ? undefined : signatureAmong(project, node, callee);
}

function signatureAmong(
  project: Project,
  node: ts.CallExpression,
  callee: ts.Type,
): ts.Signature | undefined {
  const checker = project.program.getTypeChecker();
  const [only, ...others] = checker.getSignaturesOfType(callee, project.ts.SignatureKind.Call);
  const isPlain = only !== undefined && others.length === 0 && (only.typeParameters?.length ?? 0) === 0;
  return isPlain ? only : checker.getResolvedSignature(node);
}

/** The type of a call's result, by the same short way; none where nothing is known of it (`any`). */
export function resultType(project: Project, node: ts.CallExpression): ts.Type | undefined {
  const checker = project.program.getTypeChecker();
  if (isSuperOrImport(project, node)) return checker.getTypeAtLocation(node);
  // Asked once: it asks the call before it in a chain, so that asking twice would double with each link.
  const callee = calleeType(project, node);
  // What is called on a value of no type is of no type, whatever it is given.
  if (callee === undefined) return undefined;
  const type = signatureAmong(project, node, callee)?.getReturnType() ?? checker.getTypeAtLocation(node);
  return (type.flags & project.ts.TypeFlags.Any) === 0 ? type : undefined;
}

/** What is called is of no type or cannot be called, so that the call gives nothing that is known. */
export function isUntypedCall(project: Project, node: ts.CallExpression): boolean {
  return !isSuperOrImport(project, node) && calleeType(project, node) === undefined;
}

/** The type of what is called; none where it is of no type or cannot be called. */
function calleeType(project: Project, { expression }: ts.CallExpression): ts.Type | undefined {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const type =
    ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.name)
      ? memberType(project, expression, expression.name.text)
      : checker.getTypeAtLocation(expression);
  if (type === undefined || (type.flags & ts.TypeFlags.Any) !== 0) return undefined;
  const called = checker.getApparentType(checker.getNonNullableType(type));
  return checker.getSignaturesOfType(called, ts.SignatureKind.Call).length === 0 ? undefined : type;
}

/**
 * The type of a member that is called. A method is what its object's type says; of a member of what has no type, or
 * that its type does not have, nothing is known.
 */
function memberType(
  project: Project,
  access: ts.PropertyAccessExpression,
  name: string,
): ts.Type | undefined {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  if (access.expression.kind === ts.SyntaxKind.SuperKeyword) return checker.getTypeAtLocation(access);
  const object = objectType(project, access.expression);
  if (object === undefined || (object.flags & ts.TypeFlags.Any) !== 0) return undefined;
  const holder = checker.getApparentType(checker.getNonNullableType(object));
  const property = checker.getPropertyOfType(holder, name);
  if (property === undefined)
    return checker.getIndexInfosOfType(holder).length === 0 ? undefined : checker.getTypeAtLocation(access);
  if ((property.flags & ts.SymbolFlags.Method) === 0) return checker.getTypeAtLocation(access);
  const type = checker.getTypeOfSymbol(property);
  return type.isUnion() ? checker.getTypeAtLocation(access) : type;
}

/** What an untyped call gives is of no type, and no argument need be looked at. */
function objectType(project: Project, object: ts.Expression): ts.Type | undefined {
  const { ts } = project;
  let inner = object;
  while (ts.isParenthesizedExpression(inner) || ts.isNonNullExpression(inner)) inner = inner.expression;
  // In a script the checker knows what `require` gives.
  if (ts.isCallExpression(inner) && !isRequire(ts, inner)) return resultType(project, inner);
  return project.program.getTypeChecker().getTypeAtLocation(object);
}

function isRequire(ts: Project["ts"], { expression }: ts.CallExpression): boolean {
  return ts.isIdentifier(expression) && expression.text === "require";
}

function isSuperOrImport({ ts }: Project, { expression }: ts.CallExpression): boolean {
  return expression.kind === ts.SyntaxKind.SuperKeyword || expression.kind === ts.SyntaxKind.ImportKeyword;
}

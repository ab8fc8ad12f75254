/**
 * Types that are known without the checker looking at arguments: what an untyped call gives or hands to a callback
 * has no type, and what a class makes is no matter of what its constructor is given.
 */
import type ts from "typescript";
import type { Project } from "../project/project.js";
import { isUntypedCall, resultType } from "./call-signatures.js";

/** Nothing is known of the value that a name declares: it comes out of an untyped call. */
export function isUntypedName(project: Project, name: ts.Node): boolean {
  const { ts } = project;
  if (!ts.isIdentifier(name)) return false;
  let declaration = name.parent;
  if (!("name" in declaration) || declaration.name !== name) return false;
  while (ts.isBindingElement(declaration)) {
    if (declaration.initializer !== undefined || declaration.dotDotDotToken !== undefined) return false;
    declaration = declaration.parent.parent;
  }
  if (ts.isParameter(declaration)) return isUntypedParameter(project, declaration);
  return (
    ts.isVariableDeclaration(declaration) &&
    declaration.type === undefined &&
    declaration.initializer !== undefined &&
    !isScript(declaration) &&
    isUntypedValue(project, declaration.initializer)
  );
}

function isUntypedParameter(
  project: Project,
  { type, initializer, dotDotDotToken, parent }: ts.ParameterDeclaration,
): boolean {
  const { ts } = project;
  if (type !== undefined || initializer !== undefined || dotDotDotToken !== undefined) return false;
  if ((!ts.isArrowFunction(parent) && !ts.isFunctionExpression(parent)) || isScript(parent)) return false;
  const call = parent.parent;
  return ts.isCallExpression(call) && call.expression !== parent && isUntypedCall(project, call);
}

function isUntypedValue(project: Project, value: ts.Expression): boolean {
  const { ts } = project;
  if (ts.isAwaitExpression(value) || ts.isParenthesizedExpression(value) || ts.isNonNullExpression(value))
    return isUntypedValue(project, value.expression);
  return ts.isCallExpression(value) && resultType(project, value) === undefined;
}

/** The type of what `new` makes, where its arguments have no say in it; null where the checker has to be asked. */
export function constructedType(project: Project, node: ts.NewExpression): ts.Type | null {
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  const made = checker.getTypeAtLocation(node.expression);
  const declaration = made.getSymbol()?.valueDeclaration;
  if (declaration !== undefined && ts.isClassLike(declaration) && isRestricted(ts, declaration)) return null;
  const signatures = checker.getSignaturesOfType(made, ts.SignatureKind.Construct);
  const types = new Set(signatures.map((signature) => signature.getReturnType()));
  const [only, ...others] = types;
  return only === undefined ||
    others.length > 0 ||
    signatures.some(({ typeParameters }) => (typeParameters?.length ?? 0) > 0)
    ? null
    : only;
}

/**
 * `throw new HttpException(…)` of a package, of which only the class's name is known: the type of all that it can
 * make, since neither arguments nor the place say more; null where they may.
 */
export function madeByPackage(project: Project, node: ts.NewExpression): ts.Type | null {
  const { ts } = project;
  if (node.typeArguments !== undefined || isExpected(ts, node)) return null;
  const checker = project.program.getTypeChecker();
  const symbol = checker.getTypeAtLocation(node.expression).getSymbol();
  const declaration = symbol?.valueDeclaration;
  return symbol !== undefined &&
    declaration !== undefined &&
    ts.isClassDeclaration(declaration) &&
    isOnlyNamed(ts, declaration) &&
    project.originOf(declaration.getSourceFile()).kind === "package"
    ? checker.getDeclaredTypeOfSymbol(symbol)
    : null;
}

/** Of its members a stand-in has an identity, and a constructor that takes anything. */
function isOnlyNamed(ts: Project["ts"], { members, heritageClauses }: ts.ClassDeclaration): boolean {
  return (
    heritageClauses === undefined &&
    members.every(
      (member) =>
        (ts.isPropertyDeclaration(member) && ts.isPrivateIdentifier(member.name)) ||
        (ts.isConstructorDeclaration(member) &&
          member.parameters.every(
            ({ type, dotDotDotToken }) => type?.getText() === "any[]" && dotDotDotToken !== undefined,
          )),
    )
  );
}

/** The place of an expression may say of what type it is. */
function isExpected(ts: Project["ts"], { parent }: ts.Expression): boolean {
  return !(
    ts.isThrowStatement(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isPropertyAccessExpression(parent) ||
    (ts.isVariableDeclaration(parent) && parent.type === undefined)
  );
}

/** Not everybody may make one: abstract, or with a constructor that is not public. */
function isRestricted(ts: Project["ts"], declaration: ts.ClassLikeDeclaration): boolean {
  return (
    declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) === true ||
    declaration.members.some(
      (member) => ts.isConstructorDeclaration(member) && (member.modifiers?.length ?? 0) > 0,
    )
  );
}

/** Comments have types in a script. */
function isScript(node: ts.Node): boolean {
  return /\.[cm]?jsx?$/.test(node.getSourceFile().fileName);
}

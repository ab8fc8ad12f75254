import type ts from "typescript";
import type { FilePath } from "../base/keys.js";
import { type DeclarationId, declarationId } from "../contracts/annotation.js";
import type { Project } from "../project/project.js";
import { declarationPath, isLiteralMaker, nameText } from "../project/symbol-keys.js";
import type { TypeScript } from "../project/typescript-instance.js";
import { isColumnList, isMaking, tableName } from "./table-names.js";

/** What a declaration is for annotations: a type, something that holds a value, or something that is called. */
export type Site = "type" | "value" | "function";

/** The declarations that a comment on this node speaks of; none where a tag means nothing. */
export function declarationsAt(ts: TypeScript, node: ts.Node): readonly ts.Node[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations;
  if (ts.isVariableDeclarationList(node)) return node.declarations;
  if (ts.isExportAssignment(node))
    return ts.isFunctionLike(node.expression) || ts.isClassLike(node.expression) ? [node.expression] : [];
  if (ts.isExpressionStatement(node)) return assignedMember(ts, node.expression) ? [node.expression] : [];
  if (ts.isPropertyDeclaration(node) || siteOf(ts, node) !== undefined) return [node];
  return [];
}

/** `this.x = …` in a constructor, `exports.x = …`, `X.prototype.y = …`: declarations in plain JavaScript. */
function assignedMember(ts: TypeScript, node: ts.Expression): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    isJavaScript(node)
  );
}

function isJavaScript(node: ts.Node): boolean {
  return /\.[cm]?jsx?$/.test(node.getSourceFile().fileName);
}

export function siteOf(ts: TypeScript, node: ts.Node): Site | undefined {
  if (
    ts.isInterfaceDeclaration(node) ||
    ts.isClassLike(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isJSDocTypedefTag(node)
  )
    return "type";
  if (ts.isGetAccessor(node) || ts.isSetAccessor(node)) return "value";
  if (
    ts.isConstructorDeclaration(node) ||
    ts.isConstructSignatureDeclaration(node) ||
    ts.isIndexSignatureDeclaration(node)
  )
    return undefined;
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isCallSignatureDeclaration(node)
  )
    return "function";
  if (!isValueDeclaration(ts, node)) return undefined;
  return functionsOf(ts, node).length > 0 ||
    (typeNodeOf(node) !== undefined && isFunctionType(ts, typeNodeOf(node)))
    ? "function"
    : "value";
}

function isValueDeclaration(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isBinaryExpression(node) ||
    ts.isJSDocPropertyTag(node)
  );
}

function isFunctionType(ts: TypeScript, type: ts.TypeNode | undefined): boolean {
  if (type === undefined) return false;
  if (ts.isParenthesizedTypeNode(type)) return isFunctionType(ts, type.type);
  return ts.isFunctionTypeNode(type) || ts.isConstructorTypeNode(type);
}

export function typeNodeOf(node: ts.Node): ts.TypeNode | undefined {
  return (node as { type?: ts.TypeNode }).type;
}

export function initializerOf(ts: TypeScript, node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node)) return node.right;
  return (node as { initializer?: ts.Expression }).initializer;
}

/** The function bodies that a declaration gives a name to; for a wrapped handler, the one that is wrapped. */
export function functionsOf(ts: TypeScript, node: ts.Node): readonly ts.Node[] {
  if (ts.isFunctionLike(node)) return [node];
  const initializer = initializerOf(ts, node);
  const value = initializer === undefined || ts.isParameter(node) ? undefined : bare(ts, initializer);
  return value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? [value] : [];
}

/** `asyncHandler(async (req) => …)`: functions handed to the call that makes the declared value. */
export function wrappedFunctions(ts: TypeScript, node: ts.Node): readonly ts.Node[] {
  const initializer = initializerOf(ts, node);
  const value = initializer === undefined ? undefined : bare(ts, initializer);
  if (value === undefined || !ts.isCallExpression(value)) return [];
  return value.arguments
    .map((argument) => bare(ts, argument))
    .filter((argument) => ts.isArrowFunction(argument) || ts.isFunctionExpression(argument));
}

/** Without parentheses, casts and `!`. */
export function bare(ts: TypeScript, node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  )
    inner = inner.expression;
  return inner;
}

/** Whether the declared value may be a function although none is written there. */
export function mayBeFunction(ts: TypeScript, node: ts.Node): boolean {
  if (ts.isParameter(node) || ts.isGetAccessor(node) || ts.isSetAccessor(node)) return false;
  const type = typeNodeOf(node);
  if (type !== undefined)
    return ts.isTypeReferenceNode(type) || ts.isTypeQueryNode(type) || ts.isIntersectionTypeNode(type);
  const initializer = initializerOf(ts, node);
  if (ts.isShorthandPropertyAssignment(node)) return true;
  const value = initializer === undefined ? undefined : bare(ts, initializer);
  return (
    value !== undefined &&
    (ts.isCallExpression(value) ||
      ts.isIdentifier(value) ||
      ts.isPropertyAccessExpression(value) ||
      ts.isConditionalExpression(value) ||
      ts.isNewExpression(value) ||
      ts.isClassExpression(value) ||
      ts.isBinaryExpression(value) ||
      ts.isAwaitExpression(value))
  );
}

/** The nodes that name what is declared: one, or those of a binding pattern. */
export function nameNodes(ts: TypeScript, node: ts.Node): readonly ts.Node[] {
  if (ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)) return [node.left.name];
  const name = ts.getNameOfDeclaration(node as ts.Declaration);
  if (name === undefined) return [];
  if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) {
    return name.elements.flatMap((element) => (ts.isBindingElement(element) ? nameNodes(ts, element) : []));
  }
  return [name];
}

/** The identity of a declaration by its name, in own files and stand-ins alike. */
export function idOfName(project: Project, name: ts.Node): DeclarationId {
  const source = name.getSourceFile();
  return declarationId(pathOf(project, source), name.getStart(source));
}

export function pathOf(project: Project, source: ts.SourceFile): FilePath {
  const origin = project.originOf(source);
  return origin.kind === "own" ? origin.path : source.fileName;
}

/** Identities of everything that a declaration names. */
export function idsOf(project: Project, declaration: ts.Node): DeclarationId[] {
  return nameNodes(project.ts, declaration).map((name) => idOfName(project, name));
}

/** Where annotations of a function are looked up: its name, its own start, and its `function` or `=>`. */
export function functionIds(
  project: Project,
  declaration: ts.Node,
  functions: readonly ts.Node[],
): DeclarationId[] {
  const { ts } = project;
  const ids = idsOf(project, declaration);
  for (const node of functions) {
    const source = node.getSourceFile();
    ids.push(declarationId(pathOf(project, source), node.getStart(source)));
    if (ts.isArrowFunction(node))
      ids.push(declarationId(pathOf(project, source), node.equalsGreaterThanToken.getStart(source)));
    if (ts.isFunctionExpression(node) || (ts.isFunctionDeclaration(node) && node.name === undefined)) {
      const keyword = node.getChildren(source).find((child) => child.kind === ts.SyntaxKind.FunctionKeyword);
      if (keyword !== undefined) ids.push(declarationId(pathOf(project, source), keyword.getStart(source)));
      if (node.name !== undefined) ids.push(idOfName(project, node.name));
    }
  }
  return [...new Set(ids)];
}

/** As findings name it: `Child.email`, `ChildSchema.email`, `nickname`; the way from the enclosing function or file. */
export function displayName(ts: TypeScript, declaration: ts.Node, name: ts.Node): string {
  const names: string[] = [nameText(ts, name as ts.DeclarationName) ?? "?"];
  const isProperty =
    !ts.isVariableDeclaration(declaration) &&
    !ts.isParameter(declaration) &&
    !ts.isBindingElement(declaration) &&
    !ts.isFunctionDeclaration(declaration);
  if (!isProperty && !isParameterProperty(ts, declaration)) return names[0] ?? "?";
  for (let node: ts.Node = declaration.parent; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isConstructorDeclaration(node) || isColumnList(ts, node)) continue;
    const own = containerName(ts, node) ?? tableName(ts, node);
    if (own !== undefined) names.unshift(own);
    if (ts.isFunctionLike(node) && !ts.isFunctionTypeNode(node) && !isLiteralMaker(ts, node)) break;
    if (ts.isModuleDeclaration(node) || isMaking(ts, node, own)) break;
  }
  return names.join(".");
}

function containerName(ts: TypeScript, node: ts.Node): string | undefined {
  if (ts.isBinaryExpression(node) || ts.isModuleDeclaration(node)) return undefined;
  if (ts.isVariableDeclaration(node) || ts.isParameter(node))
    return ts.isIdentifier(node.name) ? node.name.text : undefined;
  const named =
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isJSDocTypedefTag(node);
  if (!named) return undefined;
  const name = ts.getNameOfDeclaration(node);
  return name === undefined ? undefined : nameText(ts, name);
}

export function isParameterProperty(ts: TypeScript, node: ts.Node): boolean {
  return ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent);
}

/** The key of a declaration that can be named from its file, by the names that lead to it. */
export function declarationKey(project: Project, declaration: ts.Node, name: ts.Node): string {
  const { ts } = project;
  const source = declaration.getSourceFile();
  const file = pathOf(project, source);
  const path =
    ts.isParameter(declaration) || ts.isBinaryExpression(declaration)
      ? classMemberPath(ts, declaration, name)
      : declarationPath(
          ts,
          ts.isJSDocPropertyTag(declaration) ? declaration : nameOwner(ts, name, declaration),
        );
  return path === undefined ? idOfName(project, name) : `file:${file}#${path}`;
}

function nameOwner(ts: TypeScript, name: ts.Node, declaration: ts.Node): ts.Node {
  return ts.isBindingElement(name.parent) ? name.parent : declaration;
}

function classMemberPath(ts: TypeScript, declaration: ts.Node, name: ts.Node): string | undefined {
  if (!isParameterProperty(ts, declaration) && !ts.isBinaryExpression(declaration)) return undefined;
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    if (!ts.isClassLike(node)) continue;
    const owner = declarationPath(ts, node);
    return owner === undefined ? undefined : `${owner}.${nameText(ts, name as ts.DeclarationName) ?? "?"}`;
  }
  return ts.isBinaryExpression(declaration) ? nameText(ts, name as ts.DeclarationName) : undefined;
}

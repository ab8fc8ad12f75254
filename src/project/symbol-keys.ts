import type ts from "typescript";
import { fileKey, type SymbolKey } from "../base/keys.js";
import type { ModuleTarget, SourceOrigin } from "./project.js";
import type { TypeScript } from "./typescript-instance.js";

export interface SymbolKeyContext {
  readonly ts: TypeScript;
  readonly checker: ts.TypeChecker;
  originOf(sourceFile: ts.SourceFile): SourceOrigin;
  moduleOf(from: string, specifier: string): ModuleTarget;
}

/**
 * The stable key of what a symbol declares: `file:src/db.ts#Store.save`, `npm:pg#Pool`, `node:fs#writeFile`,
 * `lib#Array.map`. An import counts as what it imports. Members follow their owner with a dot, static ones
 * too; a private name keeps its `#`; a default export is `default` unless it has a name in its own file.
 * Undefined for what cannot be named from its file: locals, anonymous types, type parameters.
 */
export function symbolKeyOf(context: SymbolKeyContext, symbol: ts.Symbol): SymbolKey | undefined {
  const foreign = foreignImportKey(context, symbol);
  if (foreign !== undefined) return foreign;
  const target = resolveAlias(context, symbol);
  const declaration = target.valueDeclaration ?? target.declarations?.[0];
  if (declaration === undefined) return undefined;
  const origin = context.originOf(declaration.getSourceFile());
  const path = declarationPath(context.ts, declaration);
  if (path === undefined) return undefined;
  switch (origin.kind) {
    case "own":
      return fileKey(origin.path, path);
    case "package":
      return `${origin.module}#${path.replace(/^\$default\./, "").replace(/^\$default$/, "default")}`;
    case "library":
      // `declare global` inside a module of the library.
      return `lib#${path.replace(/^global\./, "")}`;
  }
}

function resolveAlias({ ts, checker }: SymbolKeyContext, symbol: ts.Symbol): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

/**
 * An import from a package is named by its import declaration alone, through re-exports of own files, so that
 * the answer is the same whether the package's declarations are there or not.
 */
function foreignImportKey(context: SymbolKeyContext, symbol: ts.Symbol, depth = 0): SymbolKey | undefined {
  const { ts, checker } = context;
  if ((symbol.flags & ts.SymbolFlags.Alias) === 0 || depth > 20) return undefined;
  const declaration = symbol.declarations?.[0];
  const named = declaration === undefined ? undefined : importOf(ts, declaration);
  if (declaration === undefined || named === undefined) return undefined;
  const origin = context.originOf(declaration.getSourceFile());
  if (origin.kind !== "own") return undefined;
  if (named.specifier === undefined) {
    const local = ts.isExportSpecifier(declaration)
      ? checker.getExportSpecifierLocalTargetSymbol(declaration)
      : undefined;
    return local === undefined || local === symbol ? undefined : foreignImportKey(context, local, depth + 1);
  }
  const target = context.moduleOf(origin.path, named.specifier);
  if (target === null) return undefined;
  if ("module" in target) return named.name === "" ? target.module : `${target.module}#${named.name}`;
  const next = checker.getImmediateAliasedSymbol?.(symbol);
  return next === undefined || next === symbol ? undefined : foreignImportKey(context, next, depth + 1);
}

/** Specifier and imported name of an import or re-export; no specifier for `export { x }`. */
function importOf(
  ts: TypeScript,
  declaration: ts.Declaration,
): { readonly specifier: string | undefined; readonly name: string } | undefined {
  const specifierOf = (node: ts.Expression | undefined): string | undefined =>
    node !== undefined && ts.isStringLiteral(node) ? node.text : undefined;
  if (ts.isImportSpecifier(declaration)) {
    return {
      specifier: specifierOf(declaration.parent.parent.parent.moduleSpecifier),
      name: (declaration.propertyName ?? declaration.name).text,
    };
  }
  if (ts.isImportClause(declaration))
    return { specifier: specifierOf(declaration.parent.moduleSpecifier), name: "default" };
  if (ts.isNamespaceImport(declaration))
    return { specifier: specifierOf(declaration.parent.parent.moduleSpecifier), name: "" };
  if (ts.isNamespaceExport(declaration))
    return { specifier: specifierOf(declaration.parent.moduleSpecifier), name: "" };
  if (ts.isExportSpecifier(declaration))
    return {
      specifier: specifierOf(declaration.parent.parent.moduleSpecifier),
      name: (declaration.propertyName ?? declaration.name).text,
    };
  if (
    ts.isImportEqualsDeclaration(declaration) &&
    ts.isExternalModuleReference(declaration.moduleReference)
  ) {
    return { specifier: specifierOf(declaration.moduleReference.expression), name: "" };
  }
  return undefined;
}

/** The names that lead from the file to a declaration: `Store.save`; undefined inside a function. */
export function declarationPath(ts: TypeScript, declaration: ts.Node): string | undefined {
  const names: string[] = [];
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    const declaresProperty =
      ts.isConstructorDeclaration(node) &&
      ts.isParameter(declaration) &&
      ts.isParameterPropertyDeclaration(declaration, node);
    if (declaresProperty) continue;
    if (
      names.length > 0 &&
      ts.isFunctionLike(node) &&
      !ts.isFunctionTypeNode(node) &&
      !isLiteralMaker(ts, node)
    )
      return undefined;
    const name = ownName(ts, node);
    if (name !== undefined) names.unshift(name);
    else if (names.length === 0) return undefined;
  }
  return names.join(".");
}

/** `table("users", (t) => ({ email: t.text() }))`: the function only makes the literal that the call is given. */
export function isLiteralMaker(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.isArrowFunction(node) &&
    ts.isCallExpression(node.parent) &&
    ts.isParenthesizedExpression(node.body) &&
    ts.isObjectLiteralExpression(node.body.expression)
  );
}

function ownName(ts: TypeScript, node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node))
    return ts.isIdentifier(node.name) ? node.name.text : undefined;
  if (isNamedDeclaration(ts, node)) {
    const name = ts.getNameOfDeclaration(node);
    if (name === undefined) return isDefaultExport(ts, node) ? "default" : undefined;
    return nameText(ts, name);
  }
  return ts.isExportAssignment(node) ? "default" : undefined;
}

function isNamedDeclaration(ts: TypeScript, node: ts.Node): node is ts.Declaration {
  return (
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isEnumMember(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isGetAccessor(node) ||
    ts.isSetAccessor(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

function isDefaultExport(ts: TypeScript, node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false)
  );
}

/** A property's or declaration's name as text; undefined where it is computed. */
export function nameText(ts: TypeScript, name: ts.DeclarationName | ts.PropertyName): string | undefined {
  if (
    ts.isIdentifier(name) ||
    ts.isPrivateIdentifier(name) ||
    ts.isStringLiteralLike(name) ||
    ts.isNumericLiteral(name)
  )
    return name.text;
  if (ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression)) return name.expression.text;
  return undefined;
}

import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";
import { bare, nameNodes } from "./declaration-sites.js";

/** What a file declares at its top, by name, namespaces' members as `Outer.Inner`; `default` for an unnamed default export. */
export function topLevelDeclarations(ts: TypeScript, source: ts.SourceFile): Map<string, ts.Node[]> {
  const found = new Map<string, ts.Node[]>();
  const add = (name: string, node: ts.Node): void => {
    found.set(name, [...(found.get(name) ?? []), node]);
  };
  for (const statement of source.statements) addStatement(ts, statement, add);
  return found;
}

/** What a file exports as its default: a declaration, an expression, or what the name that stands there declares. */
export function defaultDeclarations(ts: TypeScript, source: ts.SourceFile): readonly ts.Node[] {
  const named = topLevelDeclarations(ts, source);
  return source.statements.flatMap((statement): readonly ts.Node[] => {
    if (ts.isExportAssignment(statement)) {
      const value = bare(ts, statement.expression);
      return ts.isIdentifier(value) ? (named.get(value.text) ?? []) : [value];
    }
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      if (statement.moduleSpecifier !== undefined || exportClause === undefined) return [];
      if (!ts.isNamedExports(exportClause)) return [];
      return exportClause.elements.flatMap(({ name, propertyName }) =>
        name.text === "default" ? (named.get((propertyName ?? name).text) ?? []) : [],
      );
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    return modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ? [statement] : [];
  });
}

function addStatement(
  ts: TypeScript,
  statement: ts.Statement,
  add: (name: string, node: ts.Node) => void,
): void {
  if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations)
      for (const name of nameNodes(ts, declaration)) add(name.getText(), declaration);
  } else if (ts.isExportAssignment(statement)) add("default", bare(ts, statement.expression));
  else if (ts.isModuleDeclaration(statement)) {
    if (statement.body !== undefined && ts.isModuleBlock(statement.body))
      for (const inner of statement.body.statements) addStatement(ts, inner, add);
  } else if (
    ts.isInterfaceDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isFunctionDeclaration(statement)
  ) {
    add(statement.name?.text ?? "default", statement);
  } else if (ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)) {
    for (const name of nameNodes(ts, statement.expression)) add(name.getText(), statement.expression);
  }
  for (const doc of (statement as { jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []) {
    for (const tag of doc.tags ?? [])
      if (ts.isJSDocTypedefTag(tag) && tag.name !== undefined) add(tag.name.text, tag);
  }
}

/** Imports have no instructions; exports name cells, and some fill them. */
import type ts from "typescript";
import type { TypeScript } from "../project/typescript-instance.js";
import type { FileLowering } from "./file-lowering.js";
import { FormTable } from "./form-table.js";
import type { FunctionLowering } from "./function-lowering.js";
import { hasModifier, isAmbient, isExported } from "./modifiers.js";
import { hintName } from "./name-hints.js";
import { keywordSpan } from "./functions.js";

const defaultCell = "*default";

export function moduleForms(ts: TypeScript): FormTable<void> {
  const { SyntaxKind } = ts;
  const table = new FormTable<void>();
  table.add(SyntaxKind.ExportAssignment, ts.isExportAssignment, lowerExportAssignment);
  table.add(SyntaxKind.ImportEqualsDeclaration, ts.isImportEqualsDeclaration, lowerImportAlias);
  return table;
}

/** `export default v` fills the cell `*default`; `export = v` replaces `module.exports`. */
function lowerExportAssignment(l: FunctionLowering, node: ts.ExportAssignment): void {
  const { ts } = l;
  const at = l.span(node);
  const { expression } = node;
  if (ts.isArrowFunction(expression) || ts.isFunctionExpression(expression)) {
    const nameAt =
      ts.isFunctionExpression(expression) && expression.name !== undefined
        ? l.span(expression.name)
        : keywordSpan(l.file, expression);
    hintName(l.file, expression, { name: "default", path: "default", nameAt });
  } else hintName(l.file, expression, { name: "default", path: "default", nameAt: l.span(expression) });
  const value = l.expression(expression);
  if (node.isExportEquals === true) l.effect({ kind: "module-exports-write", value }, at);
  else l.effect({ kind: "cell-write", cell: defaultCell, value }, at);
}

/** `import A = Space.B` is another name for a value. */
function lowerImportAlias(l: FunctionLowering, node: ts.ImportEqualsDeclaration): void {
  const { ts } = l;
  if (ts.isExternalModuleReference(node.moduleReference) || node.isTypeOnly) return;
  const variable = l.variableOf(node.name);
  if (variable === undefined) return;
  const at = l.span(node);
  const value = readEntity(l, node.moduleReference);
  l.write(
    variable,
    l.define({ kind: "declare", value, name: node.name.text, nameAt: l.span(node.name), type: null }, at),
    at,
  );
}

function readEntity(l: FunctionLowering, name: ts.EntityName): number {
  if (l.ts.isIdentifier(name)) return l.expression(name);
  const object = readEntity(l, name.left);
  return l.define(
    { kind: "load", object, property: { kind: "name", name: name.right.text }, nameAt: l.span(name.right) },
    l.span(name),
  );
}

/** What the file exports, in the order of its statements. */
export function readExports(file: FileLowering): void {
  const { ts } = file;
  for (const statement of file.source.statements) {
    if (ts.isExportDeclaration(statement)) readExportDeclaration(file, statement);
    else if (ts.isExportAssignment(statement)) {
      if (statement.isExportEquals !== true)
        file.exports.push({ kind: "cell", name: "default", cell: defaultCell });
    } else if (isExported(ts, statement) && !isAmbient(ts, statement, file.source))
      readExportedStatement(file, statement);
  }
}

function readExportedStatement(file: FileLowering, statement: ts.Statement): void {
  const { ts } = file;
  if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) exportNames(file, declaration.name);
    return;
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement);
  if (!named || (ts.isFunctionDeclaration(statement) && statement.body === undefined)) return;
  const { name } = statement;
  const cell =
    name === undefined
      ? defaultCell
      : ts.isIdentifier(name)
        ? file.bindings.variableOf(name)?.cell
        : undefined;
  if (cell === undefined) return;
  const isDefault = hasModifier(ts, statement, ts.SyntaxKind.DefaultKeyword);
  addCell(file, isDefault ? "default" : cell, cell);
}

/** A namespace or enum that merges with another declaration is exported once. */
function addCell(file: FileLowering, name: string, cell: string): void {
  if (!file.exports.some((each) => each.kind === "cell" && each.name === name))
    file.exports.push({ kind: "cell", name, cell });
}

function exportNames(file: FileLowering, name: ts.BindingName): void {
  const { ts } = file;
  if (ts.isIdentifier(name)) addCell(file, name.text, name.text);
  else for (const element of name.elements) if (ts.isBindingElement(element)) exportNames(file, element.name);
}

function readExportDeclaration(file: FileLowering, node: ts.ExportDeclaration): void {
  const { ts } = file;
  const clause = node.exportClause;
  const specifier =
    node.moduleSpecifier !== undefined && ts.isStringLiteralLike(node.moduleSpecifier)
      ? node.moduleSpecifier.text
      : null;
  if (node.isTypeOnly && specifier === null) return;
  if (clause === undefined) {
    if (specifier !== null) file.exports.push({ kind: "all", specifier });
    return;
  }
  if (ts.isNamespaceExport(clause)) {
    if (specifier !== null)
      file.exports.push({ kind: "from", name: clause.name.text, specifier, imported: "*" });
    return;
  }
  for (const each of clause.elements) {
    const local = (each.propertyName ?? each.name).text;
    if (specifier !== null)
      file.exports.push({ kind: "from", name: each.name.text, specifier, imported: local });
    else if (!each.isTypeOnly) exportLocal(file, each.name.text, local);
  }
}

function exportLocal(file: FileLowering, name: string, local: string): void {
  const variable = file.bindings.moduleScope.variables.get(local);
  if (variable === undefined) return;
  const imported = file.bindings.imports[variable.importIndex];
  if (imported === undefined) addCell(file, name, variable.cell);
  else file.exports.push({ kind: "from", name, specifier: imported.specifier, imported: imported.name });
}

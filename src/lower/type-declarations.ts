/** Interfaces, type aliases and JSDoc typedefs of the module level, also inside namespaces (`Api.Child`). */
import type ts from "typescript";
import type { TypeDeclaration } from "../contracts/file-graph.js";
import type { FileLowering } from "./file-lowering.js";
import { joinPath } from "./path-names.js";
import { readHeritage, readMembers, readType } from "./types.js";

export function readTypeDeclarations(file: FileLowering): void {
  readStatements(file, file.source.statements, "");
  if (!file.isJavaScript) return;
  for (const statement of [...file.source.statements, file.source.endOfFileToken]) {
    for (const comment of commentsOf(statement)) readComment(file, comment);
  }
}

function readStatements(file: FileLowering, statements: readonly ts.Statement[], prefix: string): void {
  const { ts } = file;
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement)) readInterface(file, statement, prefix);
    else if (ts.isTypeAliasDeclaration(statement)) {
      add(file, statement, prefix, { extends: [], type: readType(file, statement.type) });
    } else if (ts.isModuleDeclaration(statement)) readNamespace(file, statement, prefix);
  }
}

function readNamespace(file: FileLowering, node: ts.ModuleDeclaration, prefix: string): void {
  const { ts } = file;
  const { body } = node;
  // `declare global` and `declare module "m"` add to other scopes; their types are read under their plain names.
  const inner =
    ts.isIdentifier(node.name) && (node.flags & ts.NodeFlags.GlobalAugmentation) === 0
      ? joinPath(prefix, node.name.text)
      : prefix;
  if (body === undefined) return;
  if (ts.isModuleBlock(body)) readStatements(file, body.statements, inner);
  else if (ts.isModuleDeclaration(body)) readNamespace(file, body, inner);
}

function readInterface(file: FileLowering, node: ts.InterfaceDeclaration, prefix: string): void {
  const parents =
    node.heritageClauses?.flatMap((clause) => clause.types.map((type) => readHeritage(file, type))) ?? [];
  add(file, node, prefix, { extends: parents, type: readMembers(file, node.members) });
}

function add(
  file: FileLowering,
  node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
  prefix: string,
  rest: Pick<TypeDeclaration, "extends" | "type">,
): void {
  file.types.push({
    name: joinPath(prefix, node.name.text),
    nameAt: file.span(node.name),
    parameters: (node.typeParameters ?? []).map((parameter) => parameter.name.text),
    ...rest,
  });
}

/** JSDoc comments hang on the statement that follows, or on the end of the file. */
function commentsOf(node: ts.Node): readonly ts.JSDoc[] {
  return (node as { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? [];
}

/** `@typedef`, `@callback`, and `@import` where the compiler knows it (from 5.5 on). */
function readComment(file: FileLowering, comment: ts.JSDoc): void {
  const { ts } = file;
  const { isJSDocImportTag } = ts as { readonly isJSDocImportTag?: typeof ts.isJSDocImportTag };
  const tags = comment.tags ?? [];
  const parameters = tags.flatMap((tag) =>
    ts.isJSDocTemplateTag(tag) ? tag.typeParameters.map((parameter) => parameter.name.text) : [],
  );
  for (const tag of tags) {
    if (ts.isJSDocCallbackTag(tag) && tag.name !== undefined) {
      const { name } = tag;
      file.types.push({
        name: name.text,
        nameAt: file.span(name),
        parameters,
        extends: [],
        type: { kind: "function", result: null },
      });
    } else if (ts.isJSDocTypedefTag(tag) && tag.name !== undefined && tag.typeExpression !== undefined) {
      const { name, typeExpression } = tag;
      file.types.push({
        name: name.text,
        nameAt: file.span(name),
        parameters,
        extends: [],
        type: readType(file, typeExpression),
      });
    } else if (isJSDocImportTag?.(tag) === true) readImportTag(file, tag);
  }
}

function readImportTag(file: FileLowering, tag: ts.JSDocImportTag): void {
  const { ts } = file;
  const named = tag.importClause?.namedBindings;
  if (!ts.isStringLiteralLike(tag.moduleSpecifier)) return;
  const specifier = tag.moduleSpecifier.text;
  file.mention(specifier);
  const add = (local: ts.Identifier, name: string): void => {
    file.typeImports.push({ local: local.text, specifier, name, typeOnly: true, at: file.span(local) });
  };
  if (tag.importClause?.name !== undefined) add(tag.importClause.name, "default");
  if (named === undefined) return;
  if (ts.isNamespaceImport(named)) add(named.name, "*");
  else for (const each of named.elements) add(each.name, (each.propertyName ?? each.name).text);
}

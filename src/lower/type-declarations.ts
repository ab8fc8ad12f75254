/** Interfaces, type aliases and JSDoc typedefs of the module level, also inside namespaces (`Api.Child`). */
import type ts from "typescript";
import type { TypeDeclaration } from "../contracts/type-reference.js";
import { typedefWithMarks } from "../project/typedef-comments.js";
import type { FileLowering } from "./file-lowering.js";
import { joinPath } from "./path-names.js";
import { readHeritage, readMembers, readType } from "./written-types.js";

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

/** `@typedef`, `@callback` and `@import`. */
function readComment(file: FileLowering, comment: ts.JSDoc): void {
  const { ts } = file;
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
      const whole = typedefWithMarks(ts, comment)?.typeExpression;
      file.types.push({
        name: name.text,
        nameAt: file.span(name),
        parameters,
        extends: [],
        type: readType(file, whole ?? typeExpression),
      });
    } else if (tag.tagName.text === "import") readImportTag(file, tag);
  }
}

/** `@import d, { A as B } from "m"`, read from its text: TypeScript knows the tag from 5.5 on only. */
function readImportTag(file: FileLowering, tag: ts.JSDocTag): void {
  const text = file.source.text.slice(tag.pos, tag.end);
  const parts = /^@import\s+([\s\S]*?)\s*from\s*(["'])([^"']+)\2/.exec(text);
  const clause = parts?.[1];
  const specifier = parts?.[3];
  if (clause === undefined || specifier === undefined) return;
  file.mention(specifier);
  const start = tag.pos + text.indexOf(clause, "@import".length);
  const add = (local: string, name: string, offset: number): void => {
    file.typeImports.push({
      local,
      specifier,
      name,
      typeOnly: true,
      at: [start + offset, start + offset + local.length],
    });
  };
  const first = /^([\w$]+)/.exec(clause)?.[1];
  if (first !== undefined) add(first, "default", 0);
  const space = /\*\s*as\s+([\w$]+)/.exec(clause);
  if (space?.[1] !== undefined) add(space[1], "*", space.index + space[0].length - space[1].length);
  const open = clause.indexOf("{");
  if (open === -1) return;
  for (const each of clause.slice(open).matchAll(/([\w$]+)(?:\s+as\s+([\w$]+))?/g)) {
    const local = each[2] ?? each[1] ?? "";
    add(local, each[1] ?? "", open + each.index + each[0].length - local.length);
  }
}

import type ts from "typescript";
import type { FieldId, FunctionAnnotation } from "../contracts/annotation.js";
import type { Project } from "../project/project.js";
import type { CollectedMarks } from "./collect-marks.js";
import { markAliasUses } from "./data-aliases.js";
import { isEnumLike } from "./enum-like.js";
import { isObjectAlias } from "./object-alias.js";
import {
  functionIds,
  functionsOf,
  idOfName,
  idsOf,
  nameNodes,
  siteOf,
  wrappedFunctions,
} from "./declaration-sites.js";
import { isChildData, type Marks } from "./marks.js";
import { markWholeType, type WholeTypeContext } from "./mark-whole-type.js";
import { isSchemaKey, schemaOutput } from "./schema-types.js";
import { reportStray } from "./stray-tags.js";
import type { TableBuilder } from "./table-builder.js";

/** Turns what was written into fields and roles: types first, since their properties inherit from them. */
export function applyMarks(project: Project, collected: CollectedMarks, table: TableBuilder): void {
  const context: WholeTypeContext = { project, table, marks: collected.marks, usedExceptions: new Set() };
  markAliasUses(project, collected);
  const entries = [...collected.marks];
  for (const [declaration, marks] of entries) if (isChildData(marks)) markType(context, declaration, marks);
  for (const [declaration, marks] of entries) if (isChildData(marks)) markValue(context, declaration, marks);
  for (const [declaration, marks] of entries) markRoles(project, table, declaration, marks);
  for (const [declaration, marks] of entries) reportStray(context, declaration, marks);
}

function markType(context: WholeTypeContext, declaration: ts.Node, marks: Marks): void {
  const { project } = context;
  const { ts } = project;
  const checker = project.program.getTypeChecker();
  if (siteOf(ts, declaration) === "type") {
    if (ts.isEnumDeclaration(declaration)) return;
    const symbol = symbolOf(checker, ts, declaration);
    if (symbol === undefined) return;
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const isAlias = ts.isTypeAliasDeclaration(declaration) || ts.isJSDocTypedefTag(declaration);
    if (!isAlias || isObjectAlias(project, type)) markWholeType(context, declaration, type, marks);
    return;
  }
  const shape = wholeShape(project, declaration);
  if (shape !== undefined) markWholeType(context, declaration, shape, marks);
}

function symbolOf(checker: ts.TypeChecker, ts: Project["ts"], declaration: ts.Node): ts.Symbol | undefined {
  const name = ts.getNameOfDeclaration(declaration as ts.Declaration);
  return (
    (name === undefined ? undefined : checker.getSymbolAtLocation(name)) ??
    (declaration as { symbol?: ts.Symbol }).symbol
  );
}

/** The properties that a marked variable stands for: a schema's keys, or the members of an enum-like object. */
function wholeShape(project: Project, declaration: ts.Node): ts.Type | undefined {
  const { ts } = project;
  if (
    !ts.isVariableDeclaration(declaration) ||
    declaration.initializer === undefined ||
    !ts.isIdentifier(declaration.name)
  )
    return undefined;
  const checker = project.program.getTypeChecker();
  const type = checker.getTypeAtLocation(declaration.name);
  const output = schemaOutput(project, type, declaration);
  if (output !== undefined) return output;
  return isEnumLike(ts, declaration.initializer) ? type : undefined;
}

function markValue(
  { project, table, marks: all }: WholeTypeContext,
  declaration: ts.Node,
  marks: Marks,
): void {
  const { ts } = project;
  const site = siteOf(ts, declaration);
  const container = containerMarks(ts, all, declaration);
  if (site === "function") table.addReturn(declaration, marks, container);
  if (site !== "value" || wholeShape(project, declaration) !== undefined) return;
  const form = isSchemaKey(project, declaration) ? "schema" : marks.form;
  const formed: Marks = form === undefined ? marks : { ...marks, form };
  for (const name of nameNodes(ts, declaration)) {
    const id = table.addNamed(declaration, name, formed, container);
    // The getter and the setter of one property are one field.
    if (ts.isGetAccessor(declaration) || ts.isSetAccessor(declaration))
      linkAccessors(project, table, name, id);
    if (ts.isJSDocPropertyTag(declaration)) addToTypedef(project, table, declaration, id);
  }
}

/** The checker does not know all properties of a typedef: it ends at the first tag on the line of one. */
function addToTypedef(project: Project, table: TableBuilder, tag: ts.JSDocPropertyTag, id: FieldId): void {
  const { ts } = project;
  const typedef = ts.findAncestor(tag, ts.isJSDocTypedefTag);
  if (typedef?.name === undefined || !ts.isIdentifier(tag.name)) return;
  table.addInherited(idOfName(project, typedef.name), tag.name.text, id);
}

function linkAccessors(project: Project, table: TableBuilder, name: ts.Node, id: string): void {
  const symbol = project.program.getTypeChecker().getSymbolAtLocation(name);
  for (const other of symbol?.declarations ?? [])
    for (const each of idsOf(project, other)) table.byDeclaration.set(each, id);
}

/** What an enclosing type or variable says for its properties. */
function containerMarks(
  ts: Project["ts"],
  all: ReadonlyMap<ts.Node, Marks>,
  declaration: ts.Node,
): Marks | undefined {
  for (let node = declaration.parent; !ts.isSourceFile(node); node = node.parent) {
    const marks = all.get(node);
    if (
      marks !== undefined &&
      (siteOf(ts, node) === "type" || ts.isVariableDeclaration(node) || ts.isPropertySignature(node))
    )
      return marks;
    if (ts.isFunctionLike(node) && !ts.isConstructorDeclaration(node)) return undefined;
  }
  return undefined;
}

function markRoles(project: Project, table: TableBuilder, declaration: ts.Node, marks: Marks): void {
  if (marks.roles.length === 0) return;
  const { ts } = project;
  const roles = marks.roles.map(({ raw, ...role }): FunctionAnnotation => ({
    ...role,
    location: table.locateTag(declaration, raw),
  }));
  const functions = functionsOf(ts, declaration);
  const ids = functionIds(
    project,
    declaration,
    functions.length > 0 ? functions : wrappedFunctions(ts, declaration),
  );
  table.addRoles(declaration, [...new Set([...ids, ...overloadIds(project, declaration)])], roles);
}

/** A tag on one overload speaks of the function. */
function overloadIds(project: Project, declaration: ts.Node): string[] {
  const { ts } = project;
  if (
    !ts.isFunctionDeclaration(declaration) &&
    !ts.isMethodDeclaration(declaration) &&
    !ts.isMethodSignature(declaration)
  )
    return [];
  const symbol =
    declaration.name === undefined
      ? undefined
      : project.program.getTypeChecker().getSymbolAtLocation(declaration.name);
  return (symbol?.declarations ?? [])
    .filter((each) => each.parent === declaration.parent)
    .flatMap((each) => idsOf(project, each));
}

import type ts from "typescript";
import type { Project } from "../project/project.js";
import { nameText } from "../project/symbol-keys.js";
import { dataKindOf, isLibrary, nestedType } from "./data-kind.js";
import { declarationKey, idOfName, idsOf, nameNodes } from "./declaration-sites.js";
import { isChildData, type Marks, noMarks } from "./marks.js";
import type { TableBuilder } from "./table-builder.js";

export interface WholeTypeContext {
  readonly project: Project;
  readonly table: TableBuilder;
  readonly marks: ReadonlyMap<ts.Node, Marks>;
  /** `@notChildData` tags that took something out of a marked type. */
  readonly usedExceptions: Set<ts.Node>;
}

interface MarkedType {
  readonly declaration: ts.Node;
  readonly name: ts.Node;
  readonly marks: Marks;
}

const mostDepth = 6;

/** Marks every data property of a type: inherited ones and those of anonymous nested types too. */
export function markWholeType(
  context: WholeTypeContext,
  declaration: ts.Node,
  type: ts.Type,
  marks: Marks,
): void {
  const { ts } = context.project;
  const name = nameNodes(ts, declaration)[0] ?? declaration;
  markProperties(context, { declaration, name, marks }, type, [], marks);
}

function markProperties(
  context: WholeTypeContext,
  marked: MarkedType,
  type: ts.Type,
  path: readonly string[],
  container: Marks,
): void {
  if (path.length > mostDepth) return;
  const checker = context.project.program.getTypeChecker();
  for (const property of propertiesOf(checker, type)) {
    const declaration = property.declarations?.[0];
    if (declaration === undefined || !isDataProperty(context.project, property, declaration)) continue;
    const name = nameNodes(context.project.ts, declaration)[0];
    if (name === undefined) continue;
    markProperty(context, marked, { property, declaration, name }, path, container);
  }
}

/** Of a union, every member's. */
function propertiesOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Symbol[] {
  if (!type.isUnion()) return checker.getPropertiesOfType(type);
  return type.types.flatMap((each) =>
    (each as { symbol?: ts.Symbol }).symbol === undefined && !each.isIntersection()
      ? []
      : [...checker.getPropertiesOfType(each)],
  );
}

interface Property {
  readonly property: ts.Symbol;
  readonly declaration: ts.Declaration;
  readonly name: ts.Node;
}

function markProperty(
  context: WholeTypeContext,
  marked: MarkedType,
  found: Property,
  path: readonly string[],
  container: Marks,
): void {
  const { project, table, marks: all } = context;
  const checker = project.program.getTypeChecker();
  const { property, declaration, name } = found;
  const own = all.get(declaration) ?? noMarks();
  if (own.notChildData !== undefined) {
    context.usedExceptions.add(declaration);
    for (const id of idsOf(project, declaration)) table.excluded.add(id);
    return;
  }
  const text = nameText(project.ts, name as ts.DeclarationName) ?? property.name;
  const names = [...path, text];
  const inner: Marks = { ...container, ...definedOf(own) };
  const type = checker.getTypeOfSymbolAtLocation(property, declaration);
  const kind = isChildData(own) ? "data" : dataKindOf(project, type);
  if (kind === "nested") markProperties(context, marked, nestedType(project, type), names, inner);
  if (kind !== "data") return;
  const display = [markedName(context, marked), ...names].join(".");
  const isOwn =
    declaration.getSourceFile() === marked.declaration.getSourceFile() &&
    declaration.pos >= marked.declaration.pos &&
    declaration.end <= marked.declaration.end;
  if (isOwn || path.length > 0) table.addNamed(declaration, name, own, container, { path: display });
  else markInherited(context, marked, found, names, display, container);
}

/** Child data of this type only: the same property of a sibling type is nobody's. */
function markInherited(
  context: WholeTypeContext,
  marked: MarkedType,
  { declaration, name }: Property,
  names: readonly string[],
  display: string,
  container: Marks,
): void {
  const { project, table, marks } = context;
  if (isMarkedContainer(context, declaration)) return;
  const owner = idOfName(project, marked.name);
  const key = `${declarationKey(project, marked.declaration, marked.name)}.${names.join(".")}`;
  const id = table.addField(
    key,
    display,
    table.locate(name),
    `${owner}.${names.join(".")}`,
    marks.get(declaration) ?? noMarks(),
    container,
  );
  table.addInherited(owner, names.join("."), id);
}

/** The type that declares the property is marked itself: then it is that type's. */
function isMarkedContainer({ marks }: WholeTypeContext, declaration: ts.Node): boolean {
  for (
    let node = declaration.parent as ts.Node | undefined;
    node !== undefined;
    node = node.parent as ts.Node | undefined
  ) {
    if (isChildData(marks.get(node))) return true;
  }
  return false;
}

function markedName({ project }: WholeTypeContext, { name }: MarkedType): string {
  return nameText(project.ts, name as ts.DeclarationName) ?? "default";
}

function definedOf(marks: Marks): Partial<Marks> {
  return Object.fromEntries(
    Object.entries(marks).filter(([key, value]) => value !== undefined && value !== null && key !== "roles"),
  );
}

/** Fields, not methods; not what the library's or a package's base class brings along. */
function isDataProperty(project: Project, property: ts.Symbol, declaration: ts.Declaration): boolean {
  const { ts } = project;
  if (
    (property.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Function | ts.SymbolFlags.Prototype)) !== 0 ||
    isLibrary(project, property)
  )
    return false;
  if (ts.isGetAccessor(declaration) || ts.isSetAccessor(declaration) || ts.isMethodDeclaration(declaration))
    return false;
  const origin = project.originOf(declaration.getSourceFile());
  return origin.kind === "own" || (origin.kind === "package" && origin.module === "npm:@prisma/client");
}

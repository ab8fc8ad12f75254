import type ts from "typescript";
import { findLineStarts, locate, type Location } from "../base/location.js";
import type {
  AnnotationProblem,
  AnnotationTable,
  DeclarationId,
  EntityDeclaration,
  Field,
  FieldId,
  FunctionAnnotation,
} from "../contracts/annotation.js";
import type { Category } from "../contracts/vocabulary.js";
import type { Project } from "../project/project.js";
import {
  declarationKey,
  displayName,
  functionIds,
  functionsOf,
  idOfName,
  nameNodes,
  pathOf,
  siteOf,
} from "./declaration-sites.js";
import { type Marks, type RawTag } from "./marks.js";

/** The table while it is being filled. */
export class TableBuilder {
  readonly fields = new Map<FieldId, Field>();
  readonly byDeclaration = new Map<DeclarationId, FieldId>();
  readonly byKey = new Map<string, FieldId>();
  readonly functions = new Map<DeclarationId, FunctionAnnotation[]>();
  readonly roleNames = new Set<string>();
  readonly roleTypes = new Set<DeclarationId>();
  readonly inherited = new Map<DeclarationId, Map<string, FieldId>>();
  readonly returns = new Map<DeclarationId, FieldId>();
  readonly excluded = new Set<DeclarationId>();
  readonly entities: EntityDeclaration[] = [];
  readonly #lineStarts = new WeakMap<ts.SourceFile, readonly number[]>();

  constructor(
    readonly project: Project,
    readonly problems: AnnotationProblem[],
  ) {}

  /** Marks what a name declares. A name that is marked already keeps what was said first. */
  addNamed(
    declaration: ts.Node,
    name: ts.Node,
    marks: Marks,
    container: Marks | undefined,
    options: { readonly path?: string; readonly key?: string } = {},
  ): FieldId {
    const { ts } = this.project;
    const declarationOfName = idOfName(this.project, name);
    const known = this.byDeclaration.get(declarationOfName);
    if (known !== undefined) return known;
    const id = this.addField(
      options.key ?? declarationKey(this.project, declaration, name),
      options.path ?? displayName(ts, declaration, name),
      this.locate(name),
      declarationOfName,
      marks,
      container,
    );
    this.byDeclaration.set(declarationOfName, id);
    return id;
  }

  addField(
    key: string,
    name: string,
    declaration: Location,
    fallbackId: string,
    marks: Marks,
    container: Marks | undefined,
  ): FieldId {
    const id = this.fields.has(key) ? fallbackId : key;
    const category: Category = marks.category ?? container?.category ?? "other";
    const form = marks.form ?? container?.form ?? "tag";
    const field: Field = {
      id,
      name,
      category,
      declaration,
      form,
      purposes: marks.purposes ?? container?.purposes ?? [],
      retention: marks.retention ?? container?.retention ?? null,
    };
    this.fields.set(id, field);
    return id;
  }

  /** Says that a function's result is child data. */
  addReturn(declaration: ts.Node, marks: Marks, container: Marks | undefined): void {
    const name = nameNodes(this.project.ts, declaration)[0] ?? declaration;
    const id = this.addNamed(declaration, name, marks, container);
    for (const each of functionIds(this.project, declaration, functionsOf(this.project.ts, declaration)))
      this.returns.set(each, id);
    this.byDeclaration.set(idOfName(this.project, name), id);
  }

  addRoles(declaration: ts.Node, ids: readonly DeclarationId[], roles: readonly FunctionAnnotation[]): void {
    for (const name of nameNodes(this.project.ts, declaration)) this.roleNames.add(name.getText());
    if (siteOf(this.project.ts, declaration) === "type") for (const id of ids) this.roleTypes.add(id);
    for (const id of ids) this.functions.set(id, [...(this.functions.get(id) ?? []), ...roles]);
  }

  addInherited(type: DeclarationId, property: string, id: FieldId): void {
    const known = this.inherited.get(type) ?? new Map<string, FieldId>();
    if (!known.has(property)) known.set(property, id);
    this.inherited.set(type, known);
  }

  locate(node: ts.Node): Location {
    const source = node.getSourceFile();
    return locate(pathOf(this.project, source), this.#startsOf(source), [node.getStart(source), node.end]);
  }

  locateTag(declaration: ts.Node, tag: RawTag): Location {
    const source = declaration.getSourceFile();
    return locate(pathOf(this.project, source), this.#startsOf(source), [
      tag.at,
      tag.at + tag.name.length + 1,
    ]);
  }

  finish(): AnnotationTable {
    const names = new Set<string>();
    for (const { name } of this.fields.values()) names.add(name.slice(name.lastIndexOf(".") + 1));
    const problems = [...this.problems].sort((a, b) =>
      a.location.file < b.location.file
        ? -1
        : a.location.file > b.location.file
          ? 1
          : a.location.line - b.location.line || a.location.column - b.location.column,
    );
    const { fields, byDeclaration, byKey, functions, entities, inherited, returns, excluded } = this;
    const { roleNames, roleTypes } = this;
    return {
      fields,
      byDeclaration,
      byKey,
      functions,
      roleNames,
      roleTypes,
      entities,
      names,
      problems,
      inherited,
      returns,
      excluded,
    };
  }

  #startsOf(source: ts.SourceFile): readonly number[] {
    let starts = this.#lineStarts.get(source);
    if (starts === undefined) this.#lineStarts.set(source, (starts = findLineStarts(source.text)));
    return starts;
  }
}

/** The marked columns of a type as it is written, and its properties that have parts of their own. */
import type { AnnotationTable, DeclarationId, FieldId } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { type EntityTypes, isListType } from "../stores/entity-types.js";
import { isTransparentType } from "./transparent-types.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { SchemaFields } from "./schema-fields.js";
import type { WrittenType, WrittenTypes } from "./written-types.js";

export interface TypeColumns {
  readonly fields: Map<string, FieldId>;
  readonly parts: Map<string, WrittenType>;
  /** Where properties are declared, marked as whatever or not at all. */
  readonly declared: Map<string, DeclarationId>;
}

function noColumns(): TypeColumns {
  return { fields: new Map(), parts: new Map(), declared: new Map() };
}

export class TypedColumns {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly annotations: AnnotationTable,
    private readonly types: WrittenTypes,
    private readonly entityTypes: EntityTypes,
    private readonly schemas: SchemaFields,
  ) {}

  of({ file, type }: WrittenType): TypeColumns {
    const columns = noColumns();
    this.collect(file, type, columns, new Set());
    return columns;
  }

  private collect(file: string, type: TypeReference, columns: TypeColumns, seen: Set<string>): void {
    const again = (inner: TypeReference): void => {
      this.collect(file, inner, columns, seen);
    };
    switch (type.kind) {
      case "array":
        again(type.element);
        return;
      case "union":
      case "intersection":
        type.members.forEach(again);
        return;
      case "object":
        for (const member of type.members)
          this.member(file, member.name, member.nameAt[0], member.type, columns);
        return;
      case "named":
        if ((isTransparentType(type.name) || isListType(type.name)) && type.arguments[0] !== undefined)
          again(type.arguments[0]);
        else if ((type.name === "Pick" || type.name === "Omit") && type.arguments[0] !== undefined)
          this.narrowed(file, type, columns, seen);
        else if (type.arguments[0]?.kind === "query") this.inferred(file, type.arguments[0], columns.fields);
        else for (const key of this.types.declarationsOf(file, type.name)) this.declared(key, columns, seen);
        return;
      default:
        return;
    }
  }

  /** `z.infer<typeof schema>`: what a schema of the program lets in. */
  private inferred(
    file: string,
    { name }: Extract<TypeReference, { kind: "query" }>,
    fields: Map<string, FieldId>,
  ): void {
    for (const { path, field } of this.schemas.of(this.entityTypes.valuesNamed(file, name))) {
      const [key] = path;
      if (key !== undefined && path.length === 1) fields.set(key, field);
    }
  }

  private narrowed(
    file: string,
    type: Extract<TypeReference, { kind: "named" }>,
    columns: TypeColumns,
    seen: Set<string>,
  ): void {
    const [of, names] = type.arguments;
    if (of === undefined || names === undefined) return;
    const wanted = new Set(
      (names.kind === "union" ? names.members : [names]).flatMap((each) =>
        each.kind === "literal" ? [String(each.value)] : [],
      ),
    );
    const all = noColumns();
    this.collect(file, of, all, seen);
    const isKept = (name: string): boolean => wanted.has(name) === (type.name === "Pick");
    for (const [name, field] of all.fields) if (isKept(name)) columns.fields.set(name, field);
    for (const [name, part] of all.parts) if (isKept(name)) columns.parts.set(name, part);
    for (const [name, id] of all.declared) if (isKept(name)) columns.declared.set(name, id);
  }

  private declared(key: string, columns: TypeColumns, seen: Set<string>): void {
    if (!key.startsWith("file:") || seen.has(key)) return;
    seen.add(key);
    const hash = key.indexOf("#");
    const file = key.slice("file:".length, hash);
    const name = key.slice(hash + 1);
    const graph = this.pointsTo.program.graphOf(file);
    for (const type of graph?.types ?? []) {
      if (type.name !== name) continue;
      for (const parent of type.extends) this.collect(file, parent, columns, seen);
      this.collect(file, type.type, columns, seen);
      this.inherited(file, type.nameAt[0], columns.fields);
    }
    for (const each of graph?.classes ?? []) {
      if (each.name !== name) continue;
      if (each.extends !== null) this.collect(file, each.extends, columns, seen);
      for (const member of each.members)
        if (member.kind !== "method" && !member.static && member.name.kind === "name")
          this.member(file, member.name.name, member.nameAt[0], member.type, columns);
      const made = each.constructorFunction === null ? undefined : graph?.functions[each.constructorFunction];
      for (const parameter of made?.parameters ?? [])
        if (parameter.property && parameter.name !== null)
          this.member(file, parameter.name, parameter.nameAt[0], parameter.type, columns);
      this.inherited(file, each.nameAt[0], columns.fields);
    }
  }

  private member(
    file: string,
    name: string,
    nameStart: number,
    type: TypeReference | null,
    columns: TypeColumns,
  ): void {
    const id = declarationId(file, nameStart);
    if (!columns.declared.has(name)) columns.declared.set(name, id);
    const field = this.annotations.byDeclaration.get(id);
    if (field !== undefined) columns.fields.set(name, field);
    else if (type !== null && type.kind !== "keyword" && type.kind !== "literal")
      columns.parts.set(name, { file, type });
  }

  private inherited(file: string, nameStart: number, fields: Map<string, FieldId>): void {
    for (const [name, field] of this.annotations.inherited?.get(declarationId(file, nameStart)) ?? [])
      fields.set(name, field);
  }
}

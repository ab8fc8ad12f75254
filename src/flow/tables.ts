/**
 * What the rows of a table hold: by an entity that a schema declares, or by the type that the code writes where it
 * names the table (`db.collection<Child>("children")`, `pool.query<Child>(…)`, `private repo: Repository<Child>`).
 */
import type { AnnotationTable, EntityDeclaration, FieldId } from "../contracts/annotation.js";
import { declarationId } from "../contracts/annotation.js";
import type { ValueId } from "../contracts/file-graph.js";
import type { TypeReference } from "../contracts/type-reference.js";
import { operandsOfSite } from "./address-values.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { ClassNode, FunctionNode } from "./program.js";
import type { Writers } from "./writers.js";
import { WrittenTypes } from "./written-types.js";

export interface Table {
  /** Names that the store may go by. */
  readonly names: readonly string[];
  /** Marked columns. */
  readonly fields: ReadonlyMap<string, FieldId>;
  /** Columns that the schema declares to be encrypted. */
  readonly encrypted: ReadonlySet<string>;
  /** Properties that are objects of their own, in every row. */
  readonly parts: readonly string[];
  /** Properties that lead to other tables' rows, if a read asks for them. */
  readonly relations: readonly string[];
  /** What a property that is no column leads to: related rows, or such an object. */
  readonly related: (name: string) => { readonly table: Table; readonly isList: boolean } | null;
}

interface WrittenType {
  readonly file: string;
  readonly type: TypeReference;
}

const deepest = 4;
const transparent = new Set([
  "Promise",
  "Readonly",
  "NonNullable",
  "Partial",
  "Required",
  "PromiseLike",
  "Awaited",
  "WithId",
  "OptionalId",
  "OptionalUnlessRequiredId",
  "DeepPartial",
  "HydratedDocument",
  "Document",
  "QueryResult",
  "Exact",
]);
const lists = new Set(["Array", "ReadonlyArray", "Set"]);
const nothing: ReadonlySet<string> = new Set();

export class Tables {
  private readonly types: WrittenTypes;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly annotations: AnnotationTable,
    private readonly writers: Writers,
  ) {
    this.types = new WrittenTypes(pointsTo);
  }

  /** The entity of a name: as declared, as its client calls it, or as its table is called. */
  ofEntity(name: string): Table | null {
    const wanted = name.toLowerCase();
    const entity =
      this.annotations.entities.find((each) => each.name.toLowerCase() === wanted) ??
      this.annotations.entities.find((each) => each.table.toLowerCase() === wanted);
    return entity === undefined ? null : this.entityTable(entity);
  }

  private entityTable(entity: EntityDeclaration): Table {
    return {
      names: [...new Set([entity.name, entity.table])],
      fields: entity.fields,
      encrypted: entity.encrypted,
      related: (name) => {
        const other = entity.relations.get(name);
        const table = other === undefined ? null : this.ofEntity(other.entity);
        return table === null || other === undefined ? null : { table, isList: other.isList };
      },
      parts: [],
      relations: [...entity.relations.keys()],
    };
  }

  /** The rows' type as it is written at the call, or where its receiver comes from. */
  atCall(site: CallSite, name: string | null): Table | null {
    const written = this.argumentAt(site, 0);
    return written === null ? null : this.ofType(written, name, 0);
  }

  private ofType({ file, type }: WrittenType, name: string | null, depth: number): Table | null {
    const fields = new Map<string, FieldId>();
    const parts = new Map<string, WrittenType>();
    this.collect(file, type, fields, parts, new Set(), depth);
    if (fields.size === 0 && parts.size === 0) return null;
    return {
      names: name === null ? [] : [name],
      fields,
      encrypted: nothing,
      related: (part) => {
        const inner = parts.get(part);
        const table = inner === undefined || depth >= deepest ? null : this.ofType(inner, name, depth + 1);
        return table === null || inner === undefined ? null : { table, isList: isList(inner.type) };
      },
      parts: [...parts.keys()],
      relations: [],
    };
  }

  private collect(
    file: string,
    type: TypeReference,
    fields: Map<string, FieldId>,
    parts: Map<string, WrittenType>,
    seen: Set<string>,
    depth: number,
  ): void {
    const again = (inner: TypeReference): void => {
      this.collect(file, inner, fields, parts, seen, depth);
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
          this.member(file, member.name, member.nameAt[0], member.type, fields, parts);
        return;
      case "named":
        if ((transparent.has(type.name) || lists.has(type.name)) && type.arguments[0] !== undefined)
          again(type.arguments[0]);
        else if ((type.name === "Pick" || type.name === "Omit") && type.arguments[0] !== undefined)
          this.narrowed(file, type, fields, parts, seen, depth);
        else
          for (const key of this.types.declarationsOf(file, type.name))
            this.declared(key, fields, parts, seen, depth);
        return;
      default:
        return;
    }
  }

  private narrowed(
    file: string,
    type: Extract<TypeReference, { kind: "named" }>,
    fields: Map<string, FieldId>,
    parts: Map<string, WrittenType>,
    seen: Set<string>,
    depth: number,
  ): void {
    const [of, names] = type.arguments;
    if (of === undefined || names === undefined) return;
    const wanted = new Set(
      (names.kind === "union" ? names.members : [names]).flatMap((each) =>
        each.kind === "literal" ? [String(each.value)] : [],
      ),
    );
    const all = { fields: new Map<string, FieldId>(), parts: new Map<string, WrittenType>() };
    this.collect(file, of, all.fields, all.parts, seen, depth);
    const isKept = (name: string): boolean => wanted.has(name) === (type.name === "Pick");
    for (const [name, field] of all.fields) if (isKept(name)) fields.set(name, field);
    for (const [name, part] of all.parts) if (isKept(name)) parts.set(name, part);
  }

  private declared(
    key: string,
    fields: Map<string, FieldId>,
    parts: Map<string, WrittenType>,
    seen: Set<string>,
    depth: number,
  ): void {
    if (!key.startsWith("file:") || seen.has(key)) return;
    seen.add(key);
    const hash = key.indexOf("#");
    const file = key.slice("file:".length, hash);
    const name = key.slice(hash + 1);
    const graph = this.pointsTo.program.graphOf(file);
    for (const type of graph?.types ?? []) {
      if (type.name !== name) continue;
      for (const parent of type.extends) this.collect(file, parent, fields, parts, seen, depth);
      this.collect(file, type.type, fields, parts, seen, depth);
      this.inherited(file, type.nameAt[0], fields);
    }
    for (const each of graph?.classes ?? []) {
      if (each.name !== name) continue;
      if (each.extends !== null) this.collect(file, each.extends, fields, parts, seen, depth);
      for (const member of each.members)
        if (member.kind !== "method" && !member.static && member.name.kind === "name")
          this.member(file, member.name.name, member.nameAt[0], member.type, fields, parts);
      const made = each.constructorFunction === null ? undefined : graph?.functions[each.constructorFunction];
      for (const parameter of made?.parameters ?? [])
        if (parameter.property && parameter.name !== null)
          this.member(file, parameter.name, parameter.nameAt[0], parameter.type, fields, parts);
      this.inherited(file, each.nameAt[0], fields);
    }
  }

  private member(
    file: string,
    name: string,
    nameStart: number,
    type: TypeReference | null,
    fields: Map<string, FieldId>,
    parts: Map<string, WrittenType>,
  ): void {
    const field = this.annotations.byDeclaration.get(declarationId(file, nameStart));
    if (field !== undefined) fields.set(name, field);
    else if (type !== null && type.kind !== "keyword" && type.kind !== "literal")
      parts.set(name, { file, type });
  }

  private inherited(file: string, nameStart: number, fields: Map<string, FieldId>): void {
    for (const [name, field] of this.annotations.inherited?.get(declarationId(file, nameStart)) ?? [])
      fields.set(name, field);
  }

  private argumentAt(site: CallSite, depth: number): WrittenType | null {
    const { instruction, caller } = site;
    if (instruction.kind !== "call" || depth > 12) return null;
    const [type] = instruction.typeArguments;
    if (type !== undefined) return { file: caller.file, type };
    const { receiver } = operandsOfSite(site);
    return receiver === null ? null : this.argumentOf(caller, receiver, depth + 1);
  }

  /** The type argument of a value, where it was made or declared. */
  private argumentOf(node: FunctionNode, value: ValueId, depth: number): WrittenType | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || depth > 12) return null;
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
        return (
          firstArgument(node.file, instruction.type) ?? this.argumentOf(node, instruction.value, depth + 1)
        );
      case "cast":
        return (
          firstArgument(node.file, instruction.type) ?? this.argumentOf(node, instruction.value, depth + 1)
        );
      case "await":
        return this.argumentOf(node, instruction.value, depth + 1);
      case "parameter":
        return firstArgument(node.file, node.graph.parameters[instruction.index]?.type ?? null);
      case "load":
        return instruction.property.kind === "name"
          ? (this.memberArgument(node, instruction.property.name) ??
              this.argumentOf(node, instruction.object, depth + 1))
          : null;
      case "cell-read":
        return this.cellArgument(node.file, instruction.cell, depth);
      case "import-read": {
        for (const object of this.pointsTo.valuesOf(node, value)) {
          const made =
            object.kind === "foreign" && object.site !== null
              ? this.pointsTo.sites.get(object.site)
              : undefined;
          const found = made === undefined ? null : this.argumentAt(made, depth + 1);
          if (found !== null) return found;
        }
        return null;
      }
      case "capture": {
        const parent =
          node.graph.parent === null ? undefined : this.pointsTo.program.functionIn(node, node.graph.parent);
        const made = parent?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
        const captured = made?.kind === "function" ? made.captures[instruction.slot] : undefined;
        return parent === undefined || captured === undefined
          ? null
          : this.argumentOf(parent, captured, depth + 1);
      }
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        return site === undefined ? null : (this.argumentAt(site, depth + 1) ?? this.returnedArgument(site));
      }
      default:
        return null;
    }
  }

  private cellArgument(file: string, cell: string, depth: number): WrittenType | null {
    for (const writer of this.writers.ofCell(file, cell)) {
      const found = this.argumentOf(writer.node, writer.value, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }

  private returnedArgument(site: CallSite): WrittenType | null {
    for (const edge of site.edges.values()) {
      const found = firstArgument(edge.callee.file, edge.callee.graph.returnType);
      if (found !== null) return found;
    }
    return null;
  }

  /** `this.users`, typed as a field or a constructor's parameter property. */
  private memberArgument(node: FunctionNode, name: string): WrittenType | null {
    let scope: FunctionNode | undefined = node;
    while (scope !== undefined && scope.graph.class === null)
      scope =
        scope.graph.parent === null ? undefined : this.pointsTo.program.functionIn(scope, scope.graph.parent);
    const home = scope === undefined ? undefined : this.pointsTo.program.homeClass(scope);
    return home === undefined ? null : this.fieldArgument(home, name, 0);
  }

  private fieldArgument(home: ClassNode, name: string, depth: number): WrittenType | null {
    for (const type of this.fieldTypes(home, name)) {
      const found = firstArgument(home.file, type);
      if (found !== null) return found;
    }
    const { extends: base } = home.graph;
    if (base?.kind !== "named" || depth > deepest) return null;
    const [given, ...more] = base.arguments;
    for (const key of this.types.declarationsOf(home.file, base.name)) {
      const inherited = this.pointsTo.program.classes.find(
        (each) => `file:${each.file}#${each.graph.name}` === key && each !== home,
      );
      const found = inherited === undefined ? null : this.fieldArgument(inherited, name, depth + 1);
      if (found === null) continue;
      // `Collection<T>` of a base class means what the class gives it: `extends Store<Child>`.
      const isOpen =
        found.type.kind === "named" && this.types.declarationsOf(found.file, found.type.name).length === 0;
      if (!isOpen) return found;
      return given === undefined || more.length > 0 ? null : { file: home.file, type: given };
    }
    return null;
  }

  /** Types of a field, or of a constructor's parameter property. */
  private fieldTypes(home: ClassNode, name: string): readonly (TypeReference | null)[] {
    const made =
      home.graph.constructorFunction === null
        ? undefined
        : this.pointsTo.program.functionOf(home.file, home.graph.constructorFunction);
    return [
      ...home.graph.members.flatMap((member) =>
        member.name.kind === "name" && member.name.name === name ? [member.type] : [],
      ),
      made?.graph.parameters.find((parameter) => parameter.property && parameter.name === name)?.type ?? null,
    ];
  }
}

function firstArgument(file: string, type: TypeReference | null): WrittenType | null {
  if (type?.kind !== "named") return null;
  const [first] = type.arguments;
  if (first === undefined) return null;
  return type.name === "Promise" ? firstArgument(file, first) : { file, type: first };
}

function isList(type: TypeReference): boolean {
  return type.kind === "array" || (type.kind === "named" && lists.has(type.name));
}

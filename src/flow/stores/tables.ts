/**
 * What the rows of a table hold: by an entity that a schema declares, or by the type that the code writes where it
 * names the table (`db.collection<Child>("children")`, `pool.query<Child>(…)`, `private repo: Repository<Child>`).
 */
import type {
  AnnotationTable,
  DeclarationId,
  EntityDeclaration,
  FieldId,
} from "../../contracts/annotation.js";
import type { Address } from "../../contracts/model.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { operandsAt } from "../models/address-values.js";
import { Decorations } from "../models/decorations.js";
import { selectModels } from "../models/select-models.js";
import { bareTable, isDirect } from "./bare-tables.js";
import { reachedBy } from "./engines.js";
import { Entities } from "./entities.js";
import { columnsBelow } from "./entity-columns.js";
import type { Column, Entity } from "./entity.js";
import { mappedColumns, relatedOnce, type Table, tellsNothing } from "./table.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";
import { EntityTypes, isListType } from "./entity-types.js";
import { EventTypes } from "../tabulation/event-types.js";
import { SchemaFields } from "../sources/schema-fields.js";
import type { SchemaField } from "../sources/schema-fields.js";
import { TypedColumns } from "../sources/typed-columns.js";
import type { TypeColumns } from "../sources/typed-columns.js";
import { TypedReads } from "./typed-reads.js";
import { firstArgument, TypeArguments } from "../sources/type-arguments.js";
import type { Writers } from "../points-to/writers.js";
import { WithheldFields } from "../models/withheld-fields.js";
import { type WrittenType, WrittenTypes } from "../sources/written-types.js";

/** Of a call: what it speaks to, and whether it meets columns as they lie in the database. */
interface Client {
  readonly engines: readonly string[];
  readonly isDirect: boolean;
}

interface TypedTable extends Table {
  /** The property is of a type that is a table of its own. */
  readonly leadsToEntity: (name: string) => boolean;
}

const deepest = 4;
const nothing: ReadonlySet<string> = new Set();
const noColumns: ReadonlyMap<string, Column> = new Map();
const unknownClient: Client = { engines: [], isDirect: false };

export class Tables {
  readonly entities: Entities;
  readonly decorations: Decorations;
  readonly withheld: WithheldFields;
  private readonly columns: TypedColumns;
  private readonly typeArguments: TypeArguments;
  private readonly entityTypes: EntityTypes;
  readonly schemas: SchemaFields;
  private readonly eventTypes: EventTypes;
  private readonly made = new Map<Entity, Table>();
  private readonly declared = new Map<EntityDeclaration, Table>();
  private readonly typedReads: TypedReads;
  private readonly clients = new Map<CallSite, Client>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly annotations: AnnotationTable,
    writers: Writers,
  ) {
    this.decorations = new Decorations(pointsTo);
    this.withheld = new WithheldFields(annotations, this.decorations, pointsTo);
    this.entities = new Entities(pointsTo, this.decorations);
    const types = new WrittenTypes(pointsTo);
    this.typeArguments = new TypeArguments(pointsTo, writers, types);
    this.entityTypes = new EntityTypes(pointsTo, this.entities, types);
    this.schemas = new SchemaFields(pointsTo, annotations, types, (written) => this.markedIn(written, 0));
    this.columns = new TypedColumns(pointsTo, annotations, types, this.entityTypes, this.schemas);
    this.entities.writtenAt = (site) => this.nameAt(site);
    this.typedReads = new TypedReads(pointsTo, (site) => this.atCall(site, null));
    this.eventTypes = new EventTypes(types, pointsTo.program);
  }

  /** No table is declared, by a schema or by the program. */
  get isEmpty(): boolean {
    return this.annotations.entities.length === 0 && this.entities.isEmpty;
  }

  /** The entity of a name: as declared, as its client calls it, or as its table is called. */
  ofEntity(name: string, engines: readonly string[] = []): Table | null {
    const wanted = name.toLowerCase();
    const { entities } = this.annotations;
    const own = this.entities.named(name, engines);
    const found = reachedBy(
      [
        ...entities.filter((each) => each.name.toLowerCase() === wanted),
        ...entities.filter((each) => each.table.toLowerCase() === wanted),
        ...(own === null ? [] : [own]),
      ],
      engines,
    );
    if (found === undefined) return null;
    return "declaration" in found ? this.entityTable(found) : this.ofOwn(found);
  }

  /** What the client of a call speaks to. */
  enginesAt(site: CallSite): readonly string[] {
    return this.clientAt(site).engines;
  }

  /** The entity of a name, as the client of a call meets it. */
  ofEntityAt(site: CallSite, name: string): Table | null {
    return this.asMet(site, this.ofEntity(name, this.enginesAt(site)));
  }

  private clientAt(site: CallSite): Client {
    if (this.isEmpty) return unknownClient;
    let known = this.clients.get(site);
    if (known === undefined) {
      const matches = [...site.foreign].flatMap((callee) => selectModels(this.pointsTo, site, callee));
      known = {
        engines: [...new Set(matches.flatMap((match) => match.package.engines ?? []))],
        isDirect: matches.some(isDirect),
      };
      this.clients.set(site, known);
    }
    return known;
  }

  private asMet(site: CallSite, table: Table | null): Table | null {
    return table !== null && this.clientAt(site).isDirect ? bareTable(table) : table;
  }

  /** The spelling of a schema for the name by which its client calls an entity: only the first letter may differ. */
  spellingOf(name: string): string | null {
    const found = this.annotations.entities.find(
      (each) => each.name.slice(1) === name.slice(1) && each.name.toLowerCase() === name.toLowerCase(),
    );
    return found?.name ?? null;
  }

  /** The table of a name, or else the one that is written at the call: where the name tells of no marked column too. */
  at(site: CallSite, name: string | null, typed: "row" | "tables" = "row"): Table | null {
    const named = name === null ? null : this.ofEntityAt(site, name);
    if (named !== null && (named.fields.size > 0 || named.parts.length > 0)) return named;
    const written = this.atCall(site, name, typed);
    if (written === null) return named;
    return named !== null && named.relations.length > 0 && tellsNothing(written) ? named : written;
  }

  /** The table of a name, or else what the type says that is written with what stands at an address: `Kysely<Database>`. */
  among(site: CallSite, name: string, address: Address | null): Table | null {
    const named = address === null ? this.at(site, name) : this.ofEntity(name, this.enginesAt(site));
    if (named !== null || address === null) return named ?? this.typedReads.of(name);
    for (const value of operandsAt(site, address)) {
      const written = this.typeArguments.of(site.caller, value);
      const found = written === null ? null : this.ofType(written, [name], 0)?.related(name);
      if (found != null) return found.table;
    }
    return this.typedReads.of(name);
  }

  /** The marked properties of a written type, and those that have some of their own. */
  columnsOf(written: WrittenType): TypeColumns {
    return this.columns.of(written);
  }

  /** Where a property of the rows that a call is about is declared, by the type that is written there. */
  declarationAt(site: CallSite, property: string): DeclarationId | null {
    const written = this.typeArguments.at(site);
    return written === null ? null : (this.columns.of(written).declared.get(property) ?? null);
  }

  /** The table that a call is about by the type that is written there, where a class of the program stands for it. */
  nameAt(site: CallSite): string | null {
    const written = this.entities.isEmpty ? null : this.typeArguments.at(site);
    return written === null ? null : (this.entityTypes.of(written)?.table ?? null);
  }

  /** The same, of a method on an object of the class. */
  nameOn(home: ClassNode, site: CallSite): string | null {
    const written = this.entities.isEmpty ? null : this.typeArguments.on(home, site);
    return written === null ? null : (this.entityTypes.of(written)?.table ?? null);
  }

  /** What listeners of an event are called with, by the type that is written for the call's object. */
  ofListener(site: CallSite, event: string, index: number): Table | null {
    const events = this.typeArguments.at(site);
    const written = events === null ? null : this.eventTypes.ofListener(events, event, index);
    return written === null ? null : this.ofType(written, [], 0);
  }

  /** What a type that a package makes of a table's value, or of its type, describes. */
  ofComputed(file: string, type: TypeReference): Table | null {
    const found = this.entityTypes.ofComputed(file, type);
    if (found === null) return null;
    return "type" in found ? this.ofType(found, [], 0) : this.ofOwn(found);
  }

  /** The table of an entity that the program declares: by a class's properties, or by the keys of a schema. */
  private ofOwn(entity: Entity): Table {
    const known = this.made.get(entity);
    if (known !== undefined) return known;
    const own = this.ofKeys(this.schemas.of(entity.schemas), entity.names, entity.columns);
    const { home } = entity;
    const types: WrittenType[] =
      home === null
        ? [...entity.types]
        : [{ file: home.file, type: { kind: "named", name: home.graph.name, arguments: [] } }];
    let table: Table = own;
    for (const type of types) {
      const rows = this.ofType(type, entity.names, 0);
      const isRelation = (name: string): boolean =>
        rows?.leadsToEntity(name) === true && entity.columns.get(name)?.within !== true;
      const before: Table = table;
      table = {
        ...before,
        fields: new Map([...(rows?.fields ?? []), ...before.fields]),
        parts: [...before.parts, ...(rows?.parts ?? []).filter((name) => !isRelation(name))],
        relations: [...before.relations, ...(rows?.parts ?? []).filter(isRelation)],
        related: relatedOnce(
          (name) => before.related(name) ?? withColumns(rows?.related(name) ?? null, own, name),
        ),
      };
    }
    if (entity.relations.size > 0) table = this.withRelations(table, entity);
    this.made.set(entity, table);
    return table;
  }

  private withRelations(table: Table, { relations, engines }: Entity): Table {
    return {
      ...table,
      // Whatever its type is called (`Types.ObjectId`): the key stands there until the other row is asked for.
      parts: table.parts.filter((name) => !relations.has(name)),
      relations: [...new Set([...table.relations, ...relations.keys()])],
      related: relatedOnce((name) => {
        const other = relations.get(name);
        const rows = other === undefined ? null : this.ofEntity(other.table, engines);
        return other === undefined || rows === null
          ? table.related(name)
          : { table: rows, isList: other.isList, isSaved: other.isSaved, isKeyed: other.isKeyed };
      }),
    };
  }

  private ofKeys(
    keys: readonly SchemaField[],
    names: readonly string[],
    columns: ReadonlyMap<string, Column>,
  ): Table {
    const below = (name: string): readonly SchemaField[] =>
      keys.flatMap(({ path, ...each }) =>
        path.length > 1 && path[0] === name ? [{ path: path.slice(1), ...each }] : [],
      );
    return {
      names,
      fields: new Map(
        keys.flatMap(({ path: [name, ...more], field }): [string, FieldId][] =>
          name === undefined || more.length > 0 ? [] : [[name, field]],
        ),
      ),
      encrypted: nothing,
      columns,
      parts: [...new Set(keys.flatMap(({ path: [name, ...more] }) => (more.length > 0 ? [name ?? ""] : [])))],
      relations: [],
      related: relatedOnce((name) => {
        const inner = below(name);
        if (inner.length === 0) return null;
        const isMany = inner.every(({ path }) => path[0] === "[]");
        const rest = isMany ? inner.map(({ path, ...each }) => ({ path: path.slice(1), ...each })) : inner;
        return { table: this.ofKeys(rest, names, columnsBelow(columns, name)), isList: isMany };
      }),
    };
  }

  private entityTable(entity: EntityDeclaration): Table {
    const known = this.declared.get(entity);
    if (known !== undefined) return known;
    const relations = [...entity.relations];
    const table: Table = {
      // As a client calls it first: `prisma.songBook`.
      names: [
        ...new Set([entity.name.slice(0, 1).toLowerCase() + entity.name.slice(1), entity.name, entity.table]),
      ],
      fields: entity.fields,
      encrypted: entity.encrypted,
      columns: mappedColumns(entity.mapped),
      related: relatedOnce((name) => {
        const other = entity.relations.get(name);
        const table = other === undefined ? null : this.ofEntity(other.entity, entity.engines);
        return table === null || other === undefined ? null : { table, isList: other.isList };
      }),
      parts: relations.flatMap(([name, { isPart }]) => (isPart === true ? [name] : [])),
      relations: relations.flatMap(([name, { isPart }]) => (isPart === true ? [] : [name])),
    };
    this.declared.set(entity, table);
    return table;
  }

  /** The rows' type as it is written at the call, or where its receiver comes from. */
  atCall(site: CallSite, name: string | null, typed: "row" | "tables" = "row"): Table | null {
    const written = this.typeArguments.at(site);
    return written === null ? null : this.asMet(site, this.ofWritten(written, name, typed));
  }

  /** What a type that the program writes says of rows, or of other data. */
  ofWritten(written: WrittenType, name: string | null = null, typed: "row" | "tables" = "row"): Table | null {
    const entity = this.ofEntityType(written);
    if (entity !== null) return entity;
    const rows = this.ofType(written, name === null ? [] : [name], 0);
    return typed === "tables" ? (rows?.related(name ?? "")?.table ?? null) : rows;
  }

  /** The table that a type stands for. */
  ofEntityType(written: WrittenType): Table | null {
    const entity = this.entityOf(written);
    return entity === null ? null : this.ofOwn(entity);
  }

  entityOf(written: WrittenType): Entity | null {
    return this.entities.isEmpty ? null : this.entityTypes.of(written);
  }

  /** The type argument that is written at a call, or where its receiver comes from. */
  writtenAt(site: CallSite): WrittenType | null {
    return this.typeArguments.at(site);
  }

  /** The type of a property of what a type describes, or of the elements of a list of it. */
  partOf(written: WrittenType, property: string): WrittenType | null {
    return this.columns.of(written).parts.get(property) ?? null;
  }

  /** Where the properties of what a type describes are declared. */
  declaredIn(written: WrittenType): ReadonlyMap<string, DeclarationId> {
    return this.columns.of(written).declared;
  }

  /** `file:src/a.ts#Child` for a type that has a name, or the elements of a list of it. */
  keyOf({ file, type }: WrittenType): string | null {
    return this.entityTypes.keyOf(file, type);
  }

  /** The marked parts of what the first argument of a written type describes: `Observable<Child>`. */
  ofArgument(file: string, type: TypeReference | null): readonly SchemaField[] {
    const written = firstArgument(file, type);
    return written === null ? [] : this.markedIn(written, 0);
  }

  private ofType({ file, type }: WrittenType, names: readonly string[], depth: number): TypedTable | null {
    const { fields, parts } = this.columns.of({ file, type });
    if (fields.size === 0 && parts.size === 0) return null;
    return {
      names,
      fields,
      encrypted: nothing,
      columns: noColumns,
      leadsToEntity: (part) => {
        const inner = parts.get(part);
        return inner !== undefined && this.entityTypes.of(inner) !== null;
      },
      related: relatedOnce((part) => {
        const inner = parts.get(part);
        if (inner === undefined || depth >= deepest) return null;
        const entity = this.entityTypes.of(inner);
        const table = entity === null ? this.ofType(inner, names, depth + 1) : this.ofOwn(entity);
        return table === null ? null : { table, isList: isList(inner.type) };
      }),
      parts: [...parts.keys()],
      relations: [],
    };
  }

  /** The marked parts of what a type describes, a list's below its elements. */
  private markedIn(written: WrittenType, depth: number): readonly SchemaField[] {
    const { fields, parts } = this.columns.of(written);
    const own = [...fields].map(([name, field]): SchemaField => ({ path: [name], field, through: [] }));
    const inner =
      depth >= deepest
        ? []
        : [...parts].flatMap(([name, part]) =>
            this.markedIn(part, depth + 1).map((each) => ({ ...each, path: [name, ...each.path] })),
          );
    const all = [...own, ...inner];
    return isList(written.type) ? all.map((each) => ({ ...each, path: ["[]", ...each.path] })) : all;
  }
}

export function isList(type: TypeReference): boolean {
  return type.kind === "array" || (type.kind === "named" && isListType(type.name));
}

/** An object within the rows, of whose columns something is known. */
function withColumns(part: ReturnType<Table["related"]>, { columns }: Table, name: string): typeof part {
  const below = part === null ? new Map<string, Column>() : columnsBelow(columns, name);
  return part === null || below.size === 0 ? part : { ...part, table: { ...part.table, columns: below } };
}

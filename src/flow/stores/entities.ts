/**
 * What stands for a table: classes (by their decorators, or by a call of theirs) and what calls give, with the names
 * that the table goes by and what is known of its columns.
 */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Address, PathModel, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsOfSite, valuesAt, valuesFrom } from "../models/address-values.js";
import type { ReadValues } from "../program/read-values.js";
import { foldIn, foldValues } from "../constants/constants.js";
import type { Decoration, Decorations } from "../models/decorations.js";
import { ClassNames, type ClassName } from "./class-names.js";
import { NameWalk } from "./name-walk.js";
import { EntityIndex } from "./entity-index.js";
import type { Column, Entity, Relation } from "./entity.js";
import { relationsAt } from "./entity-relations.js";
import { collectionsMade, liesAround } from "./collections-made.js";
import { EntityColumns } from "./entity-columns.js";
import { areKnown, classInstruction, only, packageOf, spell, unknown, variableOf } from "./entity-names.js";
import type { ModelMatch } from "../../models/catalogue.js";
import { collectionAround } from "./path-names.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";
import type { WrittenType } from "../sources/written-types.js";
import { selectModels } from "../models/select-models.js";
import { plainName } from "./table-names.js";

type RoleOf<Kind extends Role["kind"]> = Extract<Role, { kind: Kind }>;

export class Entities {
  private readonly byClass = new Map<ClassNode, Entity>();
  private readonly bySite = new Map<string, Entity>();
  private readonly index = new EntityIndex();
  readonly columns: EntityColumns;
  private readonly classNames: ClassNames;
  private readonly known = new Map<AbstractValue, readonly string[]>();
  private readonly walks = new WeakMap<ReadValues, NameWalk>();
  private readonly kinds = new Map<PathModel, ReadonlySet<Role["kind"]>>();

  /** What the type names that is written for a call's object: `private children: EntityRepository<Child>`. */
  writtenAt: (site: CallSite) => string | null = () => null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly decorations: Decorations,
  ) {
    this.columns = new EntityColumns(pointsTo, decorations);
    this.classNames = new ClassNames(pointsTo);
    for (const site of pointsTo.sites.values()) if (this.says(site, "table-name")) this.classNames.read(site);
    for (const home of decorations.classes)
      for (const decoration of decorations.ofClass(home))
        for (const role of decoration.match.model.roles)
          if (role.kind === "entity") this.addClass(home, role, decoration);
    for (const site of pointsTo.sites.values()) if (this.says(site, "entity")) this.addCall(site);
    pointsTo.tablesOf = (value, read) => this.namesOf(value, read);
    if (!this.isEmpty)
      for (const site of pointsTo.sites.values())
        if (this.says(site, "relations"))
          for (const { owner, name, relation } of relationsAt(pointsTo, this, site))
            for (const each of this.alike(owner))
              (each.relations as Map<string, Relation>).set(name, relation);
  }

  /** No class and no call stands for a table. */
  get isEmpty(): boolean {
    return this.index.isEmpty;
  }

  /** The entity of a name: its table's, or the one that clients, of such engines, call it by. */
  named(name: string, engines: readonly string[] = []): Entity | null {
    return this.index.named(name, engines);
  }

  /** The entity that a value stands for, as `nameOf`. */
  standsFor(value: AbstractValue): Entity | null {
    if (value.kind === "class" || value.kind === "instance") return this.ofClass(value.class);
    const own = value.kind === "foreign" && value.site !== null ? this.bySite.get(value.site) : undefined;
    return own ?? this.named(this.nameOf(value) ?? "");
  }

  /** The table that a value stands for: an entity, an object of one, or what was made for one or came of one. */
  nameOf(value: AbstractValue): string | null {
    const [name = null, ...others] = this.namesOf(value);
    return others.length === 0 ? name : null;
  }

  /** The same of a value that stands for one of several: `db(table)`, for each of a list. */
  namesOf(value: AbstractValue, read?: ReadValues): readonly string[] {
    if (read !== undefined) return this.find(value, this.walkOf(read));
    let found = this.known.get(value);
    if (found === undefined) {
      found = this.find(value, new NameWalk((node, each) => this.pointsTo.valuesOf(node, each)));
      this.known.set(value, found);
    }
    return found;
  }

  /** Once the graph is solved, what a reader finds is the same each time. */
  private walkOf(read: ReadValues): NameWalk {
    if (!this.pointsTo.isSolved) return new NameWalk(read);
    let walk = this.walks.get(read);
    if (walk === undefined) this.walks.set(read, (walk = new NameWalk(read)));
    return walk;
  }

  /** All of them, each under every name of its own. */
  get all(): Iterable<Entity> {
    return this.index.all;
  }

  /** The value is what a call gave that stands for a table, and no part of it. */
  isTable(value: AbstractValue): boolean {
    return (
      value.kind === "foreign" &&
      value.site !== null &&
      this.bySite.has(value.site) &&
      value.path.length === 1
    );
  }

  ofClass(home: ClassNode): Entity | null {
    const seen = new Set<ClassNode>();
    for (let current: ClassNode | undefined = home; current !== undefined && !seen.has(current);) {
      seen.add(current);
      const found = this.byClass.get(current);
      if (found !== undefined) return found;
      const created: InstructionOf<"class"> | null = classInstruction(current);
      const parents: readonly AbstractValue[] =
        created?.heritage == null ? [] : [...this.pointsTo.valuesOf(current.owner, created.heritage)];
      current = parents.find((each) => each.kind === "class")?.class;
    }
    return null;
  }

  private find(value: AbstractValue, walk: NameWalk): readonly string[] {
    return walk.namesOf(value, () => {
      const own = this.findOwn(value, walk);
      return own.length > 0 && liesAround(this.pointsTo, value)
        ? own.flatMap((name) => collectionAround(name) ?? [])
        : own;
    });
  }

  private findOwn(value: AbstractValue, walk: NameWalk): readonly string[] {
    if (value.kind === "class" || value.kind === "instance") {
      const own = this.ofClass(value.class);
      return own === null ? [] : [own.table];
    }
    if (value.kind !== "foreign" || value.site === null) return [];
    const own = this.bySite.get(value.site);
    if (own !== undefined) return [own.table];
    const made = this.pointsTo.sites.get(value.site);
    if (made?.instruction.kind !== "call") return [];
    const said = this.says(made, "about") ? this.saidAt(made, value, walk) : null;
    if (said !== null) return said;
    const behind = made.instruction.new ? made.instruction.callee : operandsOfSite(made).receiver;
    if (behind === null) return [];
    const found = [...walk.read(made.caller, behind)].flatMap((each) => this.find(each, walk));
    if (found.length > 0) return [...new Set(found)].sort();
    const written = this.writtenAt(made);
    return written === null ? [] : [written];
  }

  /** What models of a call say that its result is about; null: what its object is. */
  private saidAt(
    site: CallSite,
    { path: members }: Extract<AbstractValue, { kind: "foreign" }>,
    walk: NameWalk,
  ): readonly string[] | null {
    const { read } = walk;
    const around = (value: AbstractValue): readonly string[] | null =>
      walk.goesRound(value) ? null : this.find(value, walk);
    for (const callee of site.foreign)
      for (const { model, names, package: from } of selectModels(this.pointsTo, site, callee))
        for (const role of model.roles) {
          if (role.kind !== "about") continue;
          const { path } = role;
          // What is read of a reference is none, unless it is of such a type: `reference.key`.
          if (path !== null && members.length > 1) return [];
          if (path !== null)
            return collectionsMade(this.pointsTo, site, { ...role, path }, names, around, read);
          const found = this.textsAt(site, role.entity, names, read).find(areKnown) ?? [];
          if (found.length > 0)
            return [...new Set(found.map((name) => this.tableOf(name, callee.module, from.engines) ?? name))];
        }
    return null;
  }

  /** The table that a package means by a name: `knex("users")` is not what somebody calls `users` in Drizzle. */
  private tableOf(name: string, module: string, engines: readonly string[] = []): string | null {
    const entity = this.named(name, engines);
    if (entity?.variable == null) return entity?.table ?? null;
    const { variable } = entity;
    const isMeant = plainName(variable.name) !== plainName(name) || variable.package === packageOf(module);
    return isMeant ? entity.table : null;
  }

  /** Whether a model that may hold at a call has such a role. */
  private says(site: CallSite, kind: "entity" | "about" | "relations" | "table-name"): boolean {
    for (const model of site.applied.keys()) {
      let kinds = this.kinds.get(model);
      if (kinds === undefined) {
        kinds = new Set(model.roles.map((role) => role.kind));
        this.kinds.set(model, kinds);
      }
      if (kinds.has(kind)) return true;
    }
    return false;
  }

  private addClass(home: ClassNode, role: RoleOf<"entity">, { site, match }: Decoration): void {
    const schemas = this.valuesAtAll(site, role.fields, match.names, home);
    const columns = this.columns.withPaths(site, role, schemas, this.columns.ofClass(home));
    const [first, ...others] = this.classNames.of(home);
    for (const told of [first, ...others])
      this.keep(this.make(site, role, match, home.graph.name, home, columns, schemas, told), home, null);
  }

  private addCall(site: CallSite): void {
    if (site.instruction.kind !== "call") return;
    for (const callee of site.foreign)
      for (const match of selectModels(this.pointsTo, site, callee))
        for (const role of match.model.roles)
          if (role.kind === "entity") this.addEntity(site, site.instruction, role, match);
  }

  private addEntity(
    site: CallSite,
    instruction: InstructionOf<"call">,
    role: RoleOf<"entity">,
    match: ModelMatch,
  ): void {
    const { names } = match;
    const schemas = this.valuesAtAll(site, role.fields, names);
    const isResult = role.of.root.kind === "return";
    const homes = isResult
      ? []
      : valuesAt(this.pointsTo, site, role.of, names).flatMap((each) =>
          each.kind === "class" ? [each.class] : [],
        );
    const said = this.columns.ofSchemas(site, role, schemas);
    const columns = this.columns.withPaths(site, role, schemas, said);
    for (const home of homes)
      this.keep(this.make(site, role, match, home.graph.name, home, columns, schemas), home, null);
    if (!isResult) return;
    const called = variableOf(site, instruction.out);
    const entity = this.make(site, role, match, called, null, columns, schemas);
    this.keep(entity, null, site.id);
    for (const around of this.valuesAtAll(site, role.among, names)) this.addAmong(around, entity);
  }

  /** A call that is known by two paths makes it twice. */
  private alike(own: Entity): ReadonlySet<Entity> {
    return new Set([own, this.named(own.table, own.engines) ?? own]);
  }

  /** Rows of the one are found in the table of the other, too. */
  private addAmong(around: AbstractValue, { schemas, columns, types }: Entity): void {
    const own = around.kind === "foreign" && around.site !== null ? this.bySite.get(around.site) : undefined;
    if (own === undefined) return;
    for (const other of this.alike(own)) {
      (other.schemas as AbstractValue[]).push(...schemas);
      (other.types as WrittenType[]).push(...types);
      for (const [name, column] of columns)
        if (!other.columns.has(name)) (other.columns as Map<string, Column>).set(name, column);
    }
  }

  private make(
    site: CallSite,
    role: RoleOf<"entity">,
    { names, package: from }: ModelMatch,
    called: string | null,
    home: ClassNode | null,
    columns: ReadonlyMap<string, Column>,
    schemas: readonly AbstractValue[],
    elsewhere?: ClassName,
  ): Entity {
    const said = role.name === null ? null : this.firstText(site, [role.name], names);
    const own = elsewhere?.name ?? said ?? called;
    const told = elsewhere?.table ?? this.firstText(site, role.table, names);
    const table = told ?? spell(own ?? unknown, this.classNames.spelledBy(from) ?? role.spelled);
    const [maker] = site.foreign;
    const isVariable = told !== null && home === null && role.name === null && called !== null;
    const all = [table, own, called].filter((each): each is string => each !== null && each !== unknown);
    return {
      table,
      engines: from.engines ?? [],
      names: [...new Set(all)],
      home,
      variable:
        isVariable && maker !== undefined && plainName(called) !== plainName(table)
          ? { name: called, package: packageOf(maker.module) }
          : null,
      schemas,
      madeAt: site,
      types: this.typesAt(site, schemas),
      columns,
      relations: new Map(),
      hides: this.hidesAt(site, role, names, home),
    };
  }

  /** By its own word, or else by that of a connection that the class was given to. */
  private hidesAt(
    site: CallSite,
    { hides }: RoleOf<"entity">,
    names: readonly string[],
    home: ClassNode | null,
  ): boolean {
    const places = hides.map((address) => this.valuesAtAll(site, [address], names, home));
    return only(places.map((values) => foldValues(this.pointsTo, values))) === "true";
  }

  private typesAt(site: CallSite, schemas: readonly AbstractValue[]): readonly WrittenType[] {
    const makers = schemas.flatMap((schema) =>
      schema.kind === "foreign" && schema.site !== null ? (this.pointsTo.sites.get(schema.site) ?? []) : [],
    );
    return [site, ...makers].flatMap(({ caller, instruction }) => {
      const [type] = instruction.kind === "call" ? instruction.typeArguments : [];
      return type === undefined ? [] : [{ file: caller.file, type }];
    });
  }

  private keep(entity: Entity, home: ClassNode | null, site: string | null): void {
    if (home !== null && !this.byClass.has(home)) this.byClass.set(home, entity);
    if (site !== null) this.bySite.set(site, entity);
    this.index.keep(entity);
  }

  private valuesAtAll(
    site: CallSite,
    addresses: readonly Address[],
    names: readonly string[],
    /** The class that is decorated there. */
    home: ClassNode | null = null,
  ): readonly AbstractValue[] {
    const { pointsTo } = this;
    return addresses.flatMap((address) =>
      address.root.kind === "value" && home !== null
        ? valuesFrom(pointsTo, site, [pointsTo.values.class(home)], address, undefined, names)
        : valuesAt(pointsTo, site, address, names),
    );
  }

  private firstText(
    site: CallSite,
    addresses: readonly Address[],
    names: readonly string[],
    read?: ReadValues,
  ): string | null {
    const found = this.textsAt(site, addresses, names, read);
    return only(found);
  }

  private textsAt(
    site: CallSite,
    addresses: readonly Address[],
    names: readonly string[],
    read?: ReadValues,
  ): readonly (readonly string[])[] {
    const { pointsTo } = this;
    return addresses.map((address) => {
      const values = valuesAt(pointsTo, site, address, names, read);
      return read === undefined ? foldValues(pointsTo, values) : foldIn(pointsTo, values, read);
    });
  }
}

/** Functions that are hooked to tables: what is run where rows of a table are written or deleted by a call that fires an event. */
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt } from "../models/address-values.js";
import { chainOf, methodOf } from "../program/class-chain.js";
import { foldValues } from "../constants/constants.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { RegisteredListeners } from "./registered-listeners.js";
import { plainName } from "./table-names.js";
import type { Tables } from "./tables.js";

type HookRole = Extract<Role, { kind: "hook" }>;

export interface FoundHook {
  readonly role: HookRole;
  readonly function: FunctionNode;
  /** Tables and events. */
  readonly keys: readonly string[];
  /** A method of the table's own class: it is run on objects of the class, and not on what only looks like one. */
  readonly isOfRow: boolean;
  /** Names that lead to the part of the row on which it is run. */
  readonly within: readonly string[];
}

/** A part of the rows of a table that a schema of its own describes. */
interface PartOfRows {
  readonly table: string;
  readonly path: readonly string[];
}

export class HookTables {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly tables: Tables,
  ) {}

  hooksIn(models: SiteModels): FoundHook[] {
    const found: FoundHook[] = [];
    for (const site of this.pointsTo.sites.values())
      if (site.foreign.size > 0)
        for (const match of models.at(site))
          for (const role of match.model.roles)
            if (role.kind === "hook") found.push(...this.hooksOf(site, match, role));
    const registered = new RegisteredListeners(this.pointsTo, models);
    for (const home of this.tables.decorations.classes) found.push(...this.decorated(home, registered));
    return found;
  }

  /** Methods that decorators make hooks of: of their class's table, or of those that the class says it listens to. */
  private decorated(home: ClassNode, registered: RegisteredListeners): FoundHook[] {
    const { decorations } = this.tables;
    const ofMembers = home.graph.members.flatMap(({ name }) =>
      name.kind !== "name"
        ? []
        : decorations
            .ofMember(home, name.name)
            .flatMap(({ match }) =>
              match.model.roles.flatMap((role) =>
                role.kind === "hook"
                  ? this.methodHook(role, this.method(home, name.name), this.tablesOnTopOf(home))
                  : [],
              ),
            ),
    );
    const ofClass = !registered.mayRun(home)
      ? []
      : decorations
          .ofClass(home)
          .flatMap(({ match }) =>
            match.model.roles.flatMap((role) => (role.kind === "hook" ? this.listenerHook(role, home) : [])),
          );
    return [...ofMembers, ...ofClass];
  }

  /** A class of which one method says to which tables it listens; without it, it listens to all. */
  private listenerHook(role: HookRole, home: ClassNode): FoundHook[] {
    if (role.of === null) return [];
    const listener = this.method(home, firstName(role.function));
    if (listener === null) return [];
    const told = this.method(home, firstName(role.of));
    const all = [...this.tables.entities.all].map(({ table }) => table);
    return this.methodHook(role, listener, told === null ? all : this.tablesTold(told));
  }

  /** A table, or a list of them. */
  private tablesTold(told: FunctionNode): readonly string[] {
    return [...this.pointsTo.returnNode(told).values].flatMap((value) =>
      value.kind === "object" && value.array
        ? [...this.pointsTo.fieldNode(value, "*").values].flatMap((each) => this.tablesOf(each))
        : this.tablesOf(value),
    );
  }

  private methodHook(role: HookRole, method: FunctionNode | null, tables: readonly string[]): FoundHook[] {
    if (method === null || tables.length === 0) return [];
    const isOfRow = !role.plain && role.row?.steps.some(({ kind }) => kind === "receiver") === true;
    return [
      {
        role,
        function: method,
        keys: tables.map((table) => this.keyOf(table, role.as ?? "")),
        isOfRow,
        within: [],
      },
    ];
  }

  private method(home: ClassNode, wanted: string | null): FunctionNode | null {
    return wanted === null ? null : (methodOf(this.pointsTo, home, wanted) ?? null);
  }

  /** The tables of a class, and of those that extend it. */
  private tablesOnTopOf(home: ClassNode): readonly string[] {
    const found = new Set<string>();
    for (const { home: own, table } of this.tables.entities.all)
      if (
        own !== null &&
        chainOf(this.pointsTo, own).some((each) => each.kind === "class" && each.class === home)
      )
        found.add(table);
    return [...found];
  }

  private hooksOf(site: CallSite, { names }: ModelAt, role: HookRole): FoundHook[] {
    if (role.each !== null)
      return valuesAt(this.pointsTo, site, role.each, names).flatMap((value) =>
        value.kind === "class" || value.kind === "instance" ? this.listenerHook(role, value.class) : [],
      );
    const of = role.of === null ? [] : valuesAt(this.pointsTo, site, role.of, names);
    return this.hooksAt(
      site,
      names,
      role,
      of.flatMap((value) => this.tablesOf(value, site)),
    );
  }

  private hooksAt(
    site: CallSite,
    names: readonly string[],
    role: HookRole,
    tables: readonly string[],
  ): FoundHook[] {
    const said = role.event.flatMap((address) =>
      foldValues(this.pointsTo, valuesAt(this.pointsTo, site, address, names)),
    );
    const events = role.event.length === 0 ? [""] : said;
    const keys = tables.flatMap((table) =>
      events.map((event) => this.keyOf(table, `${role.as ?? ""} ${event}`.trim())),
    );
    return valuesAt(this.pointsTo, site, role.function, names).flatMap((value) =>
      value.kind === "function" ? [{ role, function: value.function, keys, isOfRow: false, within: [] }] : [],
    );
  }

  /** Functions that are run on parts of rows before these are written, as the schema of the part says. */
  hooksOfParts(models: SiteModels): FoundHook[] {
    const parts = this.partsBySchema();
    if (parts.size === 0) return [];
    const found: FoundHook[] = [];
    for (const site of this.pointsTo.sites.values())
      if (site.foreign.size > 0)
        for (const { model, names } of models.at(site))
          for (const role of model.roles)
            if (role.kind === "hook" && role.of !== null && role.row !== null && role.as === null)
              for (const value of valuesAt(this.pointsTo, site, role.of, names))
                for (const { table, path } of parts.get(value) ?? [])
                  for (const hook of this.hooksAt(site, names, role, [table]))
                    found.push({ ...hook, within: path });
    return found;
  }

  private partsBySchema(): ReadonlyMap<AbstractValue, readonly PartOfRows[]> {
    const found = new Map<AbstractValue, PartOfRows[]>();
    const add = (schema: AbstractValue, part: PartOfRows): void => {
      const known = found.get(schema);
      if (known === undefined) found.set(schema, [part]);
      else known.push(part);
    };
    const { entities } = this.tables;
    for (const { table, schemas, home, columns } of entities.all) {
      for (const { schema, path } of entities.columns.within(schemas)) add(schema, { table, path });
      if (home === null) continue;
      const type = { kind: "named", name: home.graph.name, arguments: [] } as const;
      for (const [name, part] of this.tables.columnsOf({ file: home.file, type }).parts)
        if (columns.get(name)?.within === true)
          for (const schema of this.tables.entityOf(part)?.schemas ?? [])
            add(schema, { table, path: [name] });
    }
    return found;
  }

  /** The table that it stands for, or those that are made of the schema that it is: behind what is said of it, if `said`. */
  tablesOf(value: AbstractValue, said: CallSite | null = null): readonly string[] {
    const { entities } = this.tables;
    const table = entities.nameOf(value);
    if (table !== null) return [table];
    return [...entities.all]
      .filter(
        ({ schemas, madeAt, home }) =>
          schemas.includes(value) && (home !== null || said === null || !isBefore(madeAt, said)),
      )
      .map((made) => made.table);
  }

  keyOf(table: string, event: string): string {
    return `${plainName(table)} ${event}`;
  }
}

/** In the body of one file. */
function isBefore(one: CallSite, other: CallSite): boolean {
  return one.caller === other.caller && one.caller.graph.kind === "module" && one.point < other.point;
}

/** `value.beforeInsert.param0`: the method of a decorated class. */
function firstName({ steps: [first] }: Address): string | null {
  return first?.kind === "property" ? first.name : null;
}

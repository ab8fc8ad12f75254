/**
 * Foreign keys as they stand after all that makes and changes tables: SQL files, statements in code (migrations, a
 * schema that is made at the start), and what clients are told of relations.
 */
import { readerAlong } from "../duties/call-chains.js";
import type { Address, Role } from "../../contracts/model.js";
import { compareMigrations } from "../../models/sql/migration-order.js";
import { readSchemaChanges } from "../../models/sql/read-schema-changes.js";
import {
  foreignKeysAfter,
  type ForeignKey,
  type OnDelete,
  type SchemaChange,
} from "../../models/sql/schema-change.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt, valuesFrom } from "../models/address-values.js";
import { conditionHoldsOf } from "../models/select-models.js";
import { ColumnHolders } from "../stores/column-holders.js";
import { foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import { statementTexts } from "../stores/sql-sinks.js";
import type { Tables } from "../stores/tables.js";

type RoleOf<Kind extends Role["kind"]> = Extract<Role, { kind: Kind }>;

export interface SchemaSources {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly tables: Tables;
  readonly sqlFiles: readonly { readonly path: string; readonly text: string }[];
}

export interface Keys {
  /** Of the database: whatever deletes the row. */
  readonly ofDatabase: readonly ForeignKey[];
  /** Of the client: where it deletes rows one by one. */
  readonly ofClient: readonly ForeignKey[];
  /** The same, if it has read the rows; and those of them that every read brings along. */
  readonly ofLoaded: readonly ForeignKey[];
  readonly ofReads: readonly ForeignKey[];
  /** Of the client: where it saves the parent without the rows. */
  readonly ofOrphans: readonly OrphanKey[];
}

/** A step of the history and where it stands. */
interface Step {
  readonly path: string;
  readonly position: number;
  /** Of the texts that one call runs, those that make tables come first. */
  readonly makes: boolean;
  readonly changes: readonly SchemaChange[];
}

/** What stands at a call: where its addresses begin, and what a side is that they do not name. */
/** `columns`: the member, of the one side or the other, at which that is said. */
export interface OrphanKey extends ForeignKey {
  readonly columns: readonly string[];
}

interface Place {
  readonly site: CallSite;
  readonly names: readonly string[];
  readonly own: string | null;
  /** The member that is decorated. */
  readonly member?: string;
}

export function findForeignKeys(sources: SchemaSources): Keys {
  const history = new SchemaHistory(sources);
  const { ofClient, ofLoaded, ofReads, ofOrphans } = history;
  return { ofDatabase: foreignKeysAfter(history.inOrder()), ofClient, ofLoaded, ofReads, ofOrphans };
}

class SchemaHistory {
  readonly ofClient: ForeignKey[] = [];
  readonly ofLoaded: ForeignKey[] = [];
  readonly ofReads: ForeignKey[] = [];
  readonly ofOrphans: OrphanKey[] = [];
  private readonly steps: Step[] = [];
  private holders: ColumnHolders | null = null;

  constructor(private readonly sources: SchemaSources) {
    for (const { path, text } of sources.sqlFiles)
      this.steps.push({ path, position: 0, makes: true, changes: readSchemaChanges(text) });
    for (const site of sources.pointsTo.sites.values()) this.readSite(site);
    this.readDecorations();
  }

  inOrder(): SchemaChange[] {
    return this.steps
      .sort(
        (a, b) =>
          compareMigrations(a.path, b.path) || a.position - b.position || Number(b.makes) - Number(a.makes),
      )
      .flatMap(({ changes }) => changes);
  }

  private readSite(site: CallSite): void {
    for (const { model, names } of this.sources.models.at(site))
      for (const role of model.roles) {
        const { pointsTo } = this.sources;
        if (role.kind === "sql") {
          const texts = statementTexts(pointsTo, site, role, names);
          for (const text of texts) this.add(site, readSchemaChanges(text), /\bcreate\b/iu.test(text));
        } else if (role.kind === "cascade") this.addCascade({ site, names, own: this.holderOf(site) }, role);
        else if (role.kind === "uncascade") this.add(site, this.endOf({ site, names, own: null }, role));
      }
  }

  private readDecorations(): void {
    const { tables } = this.sources;
    for (const home of tables.decorations.classes) {
      const own = tables.entities.ofClass(home)?.table ?? null;
      for (const { name } of home.graph.members)
        if (name.kind === "name")
          for (const { site, match } of tables.decorations.ofMember(home, name.name))
            for (const role of match.model.roles)
              if (role.kind === "cascade")
                this.addCascade({ site, names: match.names, own, member: name.name }, role);
    }
  }

  private holderOf(site: CallSite): string | null {
    const { pointsTo, tables } = this.sources;
    this.holders ??= new ColumnHolders(pointsTo, tables.entities);
    return this.holders.of(site.id);
  }

  private addCascade(place: Place, role: RoleOf<"cascade">): void {
    const { pointsTo } = this.sources;
    const { site, names } = place;
    // A key that a helper makes is what this call tells it to be: `foreignKey("CASCADE")`.
    const read = readerAlong(pointsTo, []);
    if (role.each === null) {
      // What a member of a row loses is told by its name.
      const member = role.orphans ? (place.member ?? null) : null;
      this.addKeys(place, role, (address) => valuesAt(pointsTo, site, address, names, read), member);
      return;
    }
    for (const { column, values } of this.columnsAt(place, role.each)) {
      const valuesOf = (address: Address): readonly AbstractValue[] =>
        address.root.kind === "value"
          ? valuesFrom(pointsTo, site, values, address)
          : valuesAt(pointsTo, site, address, names);
      const isMeant =
        role.where.length === 0 ||
        role.where.some((condition) => conditionHoldsOf(pointsTo, site, condition, valuesOf));
      if (isMeant) this.addKeys(place, role, valuesOf, column);
    }
  }

  /** What is defined under each key of an object: `arg1.*`. */
  private columnsAt(
    { site, names }: Place,
    each: Address,
  ): { readonly column: string; readonly values: readonly AbstractValue[] }[] {
    const { pointsTo } = this.sources;
    const objects = valuesAt(pointsTo, site, { ...each, steps: each.steps.slice(0, -1) }, names);
    return objects.flatMap((object) =>
      [...pointsTo.fieldsOf(object)].map(([column, { values }]) => ({ column, values: [...values] })),
    );
  }

  private addKeys(
    { site, own }: Place,
    role: RoleOf<"cascade">,
    valuesOf: (address: Address) => readonly AbstractValue[],
    column: string | null = null,
  ): void {
    const textsOf = (addresses: readonly Address[]): readonly string[] =>
      this.textsAt(addresses.map(valuesOf)).filter((text) => text !== "undefined");
    const onDelete = actionOf(role.action.length === 0 ? ["cascade"] : textsOf(role.action));
    const children = this.tablesAt(role.child.map(valuesOf), own);
    const parents = this.tablesAt(role.parent.map(valuesOf), own);
    const columns = column === null ? textsOf(role.columns) : [column];
    const [name = null] = textsOf(role.name);
    const keys = children.flatMap((table) =>
      parents.map((parent) => ({
        kind: "key" as const,
        table,
        columns,
        name,
        parent,
        onDelete,
      })),
    );
    if (role.orphans) this.ofOrphans.push(...keys);
    else if (role.rows && role.along.length > 0) {
      this.ofLoaded.push(...keys);
      if (textsOf(role.along).includes("true")) this.ofReads.push(...keys);
    } else if (role.rows) this.ofClient.push(...keys);
    else this.add(site, keys);
  }

  private endOf({ site, names }: Place, role: RoleOf<"uncascade">): SchemaChange[] {
    const { pointsTo } = this.sources;
    const at = (addresses: readonly Address[]): readonly string[] =>
      this.textsAt(addresses.map((address) => valuesAt(pointsTo, site, address, names)));
    const columns = at(role.columns);
    const [name] = at(role.name);
    return this.tablesAt([valuesAt(pointsTo, site, role.of, names)], null).flatMap(
      (table): SchemaChange[] => {
        if (role.columns.length === 0 && role.name.length === 0) return [{ kind: "no-table", table }];
        return [
          ...(columns.length > 0 ? [{ kind: "no-key-of" as const, table, columns }] : []),
          ...(name === undefined ? [] : [{ kind: "no-key" as const, table, name }]),
        ];
      },
    );
  }

  /** Of several places the first at which something is known: the table that a value stands for, or that it names. */
  private tablesAt(places: readonly (readonly AbstractValue[])[], own: string | null): readonly string[] {
    if (places.length === 0) return own === null ? [] : [own];
    const { entities } = this.sources.tables;
    for (const values of places) {
      const found = new Set<string>();
      for (const value of values) {
        const table = entities.nameOf(value);
        if (table !== null) found.add(table);
        // `dancers.id`, `public.dancers`: one of both is the table; `dancers(id)`, `"dancers"`: that before, and within.
        else
          for (const text of this.textsAt([[value]]))
            for (const part of plain(text).split(".")) found.add(entities.named(part)?.table ?? part);
      }
      if (found.size > 0) return [...found];
    }
    return [];
  }

  private textsAt(places: readonly (readonly AbstractValue[])[]): readonly string[] {
    for (const values of places) {
      const texts = values.length === 0 ? [] : foldValues(this.sources.pointsTo, values);
      if (texts.length > 0 && !texts.includes("*")) return texts;
    }
    return [];
  }

  /** What takes a step back is not run in the course of things. */
  private add({ caller, point }: CallSite, changes: readonly SchemaChange[], makes = false): void {
    if (changes.length === 0 || isOnTheWayDown(caller)) return;
    this.steps.push({ path: caller.file, position: endOf(caller, point), makes, changes });
  }
}

function plain(text: string): string {
  return text.replace(/\s*\([^()]*\)\s*$/u, "").replaceAll('"', "");
}

/** Of several that may be meant the one that erases least. */
function actionOf(said: readonly string[]): OnDelete {
  if (said.length > 0 && said.every((each) => /^cascade$/iu.test(each))) return "cascade";
  return said.some((each) => /^set/iu.test(each)) ? "set-null" : "restrict";
}

/** The calls of a chain begin at the same place. */
function endOf({ code }: FunctionNode, point: number): number {
  const instruction = code[point];
  return instruction !== undefined && "at" in instruction ? instruction.at[1] : 0;
}

/** Part of what takes a step of the history back. */
export function isOnTheWayDown({ graph, fileGraph }: FunctionNode): boolean {
  for (let current: FunctionNode["graph"] | undefined = graph; current !== undefined;) {
    if (/(?:^|\.)(?:down|revert|rollback)$/u.test(current.path ?? current.name)) return true;
    current = current.parent === null ? undefined : fileGraph.functions[current.parent];
  }
  return false;
}

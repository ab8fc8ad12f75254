/** Which reads of stores a value comes from, and whether these tell already what it holds. */
import type { FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { foldParts } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Origins } from "../sources/origins.js";
import { ownColumns } from "./marked-columns.js";
import { columnsRead } from "./sql-sinks.js";
import { storeOfRows } from "./store-of-rows.js";
import type { StoresOf } from "./store-states.js";
import type { Table } from "./table.js";
import type { Tables } from "./tables.js";

export class RowsBehind {
  /** What comes from outside, but for rows of known tables; and but for those of which it is told what they hold. */
  private readonly besideTables: Origins;
  private readonly besideTold: Origins;
  private columns: ReadonlyMap<string, ReadonlySet<FieldId>> | null = null;
  private leading: ReadonlySet<string> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly origins: Origins,
    private readonly tables: Tables,
    private readonly models: SiteModels,
  ) {
    this.besideTables = besideReads(origins, (site) => this.readsTable(site));
    const told = besideReads(origins, (site) => this.tells(site));
    this.besideTold = told.with({ leads: (name) => this.relations().has(name) });
  }

  /** The stores that a value was read from, if it comes straight from such a call. */
  storesBehind(node: FunctionNode, value: ValueId): StoresOf {
    const site = this.siteBehind(node, value);
    return site === null
      ? { stores: [], engines: [] }
      : { stores: this.storesRead(site), engines: this.tables.enginesAt(site) };
  }

  /** The call of a store that a value was read from. */
  private siteBehind(node: FunctionNode, value: ValueId, depth = 0): CallSite | null {
    const definition = node.definitions[value];
    if (definition?.kind !== "instruction" || depth > 12) return null;
    const { instruction, point } = definition;
    switch (instruction.kind) {
      case "declare":
      case "cast":
      case "await":
        return this.siteBehind(node, instruction.value, depth + 1);
      case "load":
      case "iterate":
        return this.siteBehind(node, instruction.object, depth + 1);
      case "call": {
        const site = this.pointsTo.findSite(node, point);
        if (site !== undefined && this.storesRead(site).length > 0) return site;
        return instruction.receiver === null ? null : this.siteBehind(node, instruction.receiver, depth + 1);
      }
      default:
        return null;
    }
  }

  /** `note.text`, of a row of a table that has such a marked column. */
  isMarkedColumn(node: FunctionNode, value: ValueId): boolean {
    const read = definitionOf(node, originOf(node, value));
    if (read?.kind !== "load" || read.property.kind !== "name") return false;
    const { name } = read.property;
    const site = this.siteBehind(node, read.object);
    return site !== null && this.tablesRead(site).some((table) => table.fields.has(name));
  }

  /** The tables whose rows a call gives. */
  tablesRead(site: CallSite): readonly Table[] {
    const typed = this.models.at(site).flatMap(({ model, names }) =>
      model.roles.flatMap((role) => {
        if (role.kind === "rows")
          return [this.tables.at(site, foldParts(this.pointsTo, site, role.entity.parts, names), role.typed)];
        return role.kind === "sql" ? this.tablesOfStatements(site, role, names) : [];
      }),
    );
    const named = this.storesRead(site).map((store) => this.tables.ofEntityAt(site, store));
    return [...typed, ...named].filter((table) => table !== null);
  }

  private tablesOfStatements(
    site: CallSite,
    role: Extract<Role, { kind: "sql" }>,
    names: readonly string[],
  ): readonly (Table | null)[] {
    const written = this.tables.atCall(site, null);
    return columnsRead(this.pointsTo, site, role, names).flatMap((read) =>
      written === null
        ? read.tables.map((name) => this.tables.among(site, name, role.tables ?? null))
        : [written],
    );
  }

  private storesRead(site: CallSite): readonly string[] {
    return this.models.at(site).flatMap(({ model, names }) =>
      model.roles.flatMap((role) => {
        if (role.kind === "rows") return [storeOfRows(this.pointsTo, this.tables, site, role, names)];
        return role.kind === "sql"
          ? columnsRead(this.pointsTo, site, role, names).flatMap((each) => each.tables)
          : [];
      }),
    );
  }

  /** All of a value that comes from outside are rows of tables that are known. */
  isOfTables(node: FunctionNode, value: ValueId): boolean {
    return !this.besideTables.isOutside(node, value);
  }

  private readsTable(site: CallSite): boolean {
    return this.storesRead(site).some((name) => this.tables.ofEntity(name) !== null) || this.tells(site);
  }

  /**
   * All that is unknown of a value are rows, of which it is told where they are read that they hold the field there: as a
   * column of their own. What lies in other rows that they lead to is not.
   */
  isTold(node: FunctionNode, value: ValueId, path: readonly string[], field: FieldId): boolean {
    return this.isOfRows(node, value) && this.columnsRead().get(columnAt(path))?.has(field) === true;
  }

  private isOfRows(node: FunctionNode, value: ValueId): boolean {
    return !this.besideTold.isOutside(node, value) && !this.besideTold.isOpaque(node, value);
  }

  private tells(site: CallSite): boolean {
    return this.tablesRead(site).some((table) => table.fields.size > 0);
  }

  /** The fields of all tables whose rows the program reads, by where they lie in a row. */
  private columnsRead(): ReadonlyMap<string, ReadonlySet<FieldId>> {
    if (this.columns !== null) return this.columns;
    const found = new Map<string, Set<FieldId>>();
    for (const { path, field } of [...this.allRead()].flatMap(ownColumns)) {
      const at = columnAt(path);
      found.set(at, (found.get(at) ?? new Set()).add(field));
    }
    return (this.columns = found);
  }

  private relations(): ReadonlySet<string> {
    return (this.leading ??= new Set([...this.allRead()].flatMap((table) => table.relations)));
  }

  private allRead(): ReadonlySet<Table> {
    return new Set([...this.pointsTo.sites.values()].flatMap((site) => this.tablesRead(site)));
  }
}

/** Where something lies in a row, in whatever lists that is. */
function columnAt(path: readonly string[]): string {
  return path.filter((name) => name !== "[]" && !/^\d+$/u.test(name)).join(".");
}

/** What comes from outside beside what certain calls read. */
function besideReads(origins: Origins, isRead: (site: CallSite) => boolean): Origins {
  return origins.with({
    isRead,
    // What a method of a row, or of a part of it, gives is of the row: `child.badges.slice(1)`.
    isKnown: (node, value) => {
      const made = definitionOf(node, originOf(node, value));
      return made?.kind === "call" && made.receiver !== null && origins.isOutside(node, made.receiver);
    },
  });
}

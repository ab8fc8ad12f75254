/** Where rows enter the program: what a call of a store gives back. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { Protection } from "../../contracts/flow.js";
import type { Address, Role } from "../../contracts/model.js";
import { newRowsSeen, noteField, type RowsSeen } from "./rows-seen.js";
import { accessPath } from "../paths/access-path.js";
import { rootPlaces, writtenPaths } from "../models/address-facts.js";
import { askedNames, isUntoldAt, meantNames, namesCounted } from "../models/asked-names.js";
import { foldParts, operandsAt, valuesAt } from "../models/address-values.js";
import type { ModelAt } from "../program/model-at.js";
import type { Origins } from "../sources/origins.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { columnsPiped } from "./pipelines.js";
import { RowColumns } from "./row-columns.js";
import type { RowColumn, RowOptions } from "./row-columns.js";
import { SealedColumns } from "../protection/sealed-columns.js";
import type { StatementRead } from "./sql-sinks.js";
import { columnsRead } from "./sql-sinks.js";
import type { StoreStates } from "./store-states.js";
import { isSameName, plainName, snakeName } from "./table-names.js";
import type { Table } from "./table.js";
import type { Tables } from "./tables.js";
import { WaysAlong } from "./ways-along.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Trace } from "../tabulation/trace.js";
import { source, step } from "../tabulation/trace.js";

const noOptions: RowOptions = { objects: [], isOpen: false, related: [], left: [] };

/** The client that reads a column makes it plain again. */
type Opens = (column: RowColumn) => boolean;

type RoleOf<Kind extends Role["kind"]> = Extract<Role, { kind: Kind }>;

export class RowsRead {
  private readonly columns: RowColumns;
  private readonly sealing: SealedColumns;
  private readonly ways: WaysAlong;
  /** Calls whose result holds child data, as rows of a store. */
  readonly seen = new Map<CallSite, RowsSeen>();
  /** Calls of which it is known what comes back. */
  readonly told = new Set<CallSite>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly origins: Origins,
    private readonly tables: Tables,
    private readonly annotations: AnnotationTable,
    private readonly states: StoreStates,
  ) {
    this.columns = new RowColumns(pointsTo, origins);
    this.sealing = new SealedColumns(pointsTo);
    this.ways = new WaysAlong(pointsTo, (value) => tables.entities.standsFor(value)?.names ?? null);
  }

  /** Seeds what a call reads; true if it is told here what comes back. */
  read(site: CallSite, role: RoleOf<"rows">, { names }: ModelAt): boolean {
    const store = foldParts(this.pointsTo, site, role.entity.parts, names);
    const table =
      role.under == null
        ? this.tables.at(site, store, role.typed)
        : this.behind(site, role, role.under, names);
    if (table === null) return false;
    if (table.fields.size > 0) this.told.add(site);
    const options = this.optionsAt(site, role, names);
    if (this.picked(site, role, names)) return true;
    if (this.valuesOf(site, role, names, table)) return true;
    const { only: asked, left, shown, aliases } = this.onlyAt(site, role, names, table);
    const only = asked ?? columnsPiped(this.pointsTo, site, role, names);
    const called = (name: string): readonly string[] =>
      aliases.flatMap((each) => (isSameName(each.column, name) ? [each.name] : []));
    const place = { site, names, store, table };
    const opens: Opens = ({ path, converted }) =>
      converted || this.sealing.protectionOf(path, role.seals ?? [], place) !== null;
    this.rows(site, role.output, [], table, { ...options, left, shown }, only, names, called, opens);
    return true;
  }

  /** The rows of another table to which a property of this one leads: `await kid.toys.loadItems()`. */
  private behind(
    site: CallSite,
    { entity }: RoleOf<"rows">,
    under: Address,
    names: readonly string[],
  ): Table | null {
    const [property = ""] = this.namesAt(site, [under], names);
    const owners = entity.parts
      .filter((part) => typeof part !== "string")
      .flatMap((part) => valuesAt(this.pointsTo, site, part, names))
      .flatMap((value) => this.tables.entities.namesOf(value));
    for (const owner of owners) {
      const found = this.tables.ofEntityAt(site, owner)?.related(property);
      if (found != null) return found.table;
    }
    return null;
  }

  /** No rows come, but the values of one column; true if that is so. */
  private valuesOf(site: CallSite, role: RoleOf<"rows">, names: readonly string[], table: Table): boolean {
    const told = this.namesAt(site, role.named ?? [], names);
    if (told.length === 0 || told.some((name) => name.includes("*"))) return false;
    const columns = this.columns.of(table, noOptions, new Set(told.map((name) => plainName(lastName(name)))));
    this.put(
      site,
      role.output,
      [],
      columns.map((column) => ({ ...column, path: [] })),
      names,
    );
    return true;
  }

  /** Columns and tables that a read asks for under keys of its own; true if it does. */
  private picked(site: CallSite, role: RoleOf<"rows">, names: readonly string[]): boolean {
    const objects = (role.picked ?? [])
      .flatMap((address) => valuesAt(this.pointsTo, site, address, names))
      .filter((value) => value.kind === "object" && !value.array);
    for (const object of objects)
      for (const [key, node] of this.pointsTo.fieldsOf(object)) {
        if (key === "*" || key === "[]") continue;
        for (const value of node.values) {
          if (value.kind !== "foreign") continue;
          const name = this.tables.entities.nameOf(value);
          const engines = this.tables.entities.standsFor(value)?.engines;
          const table = name === null ? null : this.tables.ofEntity(name, engines);
          if (table === null) continue;
          const own = value.path.at(-1) ?? "";
          const field = table.fields.get(own);
          const below = (column: RowColumn): RowColumn => ({ ...column, path: [key, ...column.path] });
          const columns =
            field === undefined
              ? this.tables.entities.isTable(value)
                ? this.columns.of(table, noOptions, null).map(below)
                : []
              : this.columns.of(table, noOptions, new Set([plainName(own)])).map((column) => ({
                  ...column,
                  path: [key],
                }));
          this.put(site, role.output, [], columns, names);
        }
      }
    return objects.length > 0;
  }

  /** The options of a read, which may be handed in from where the program does not show them. */
  private optionsAt(site: CallSite, role: RoleOf<"rows">, names: readonly string[]): RowOptions {
    const { options } = role;
    const described = role.along == null ? [] : this.ways.at(site, role.along, names);
    const named = this.namesAt(site, role.related ?? [], names);
    const related = [...named.map((path) => ({ path, columns: [], isWhole: true })), ...described];
    if (options === undefined || options === null) return { ...noOptions, related };
    return {
      related,
      left: [],
      objects: valuesAt(this.pointsTo, site, options, names),
      isOpen:
        options.steps.length === 0 &&
        operandsAt(site, options).some((value) => this.origins.isOpaque(site.caller, value)),
    };
  }

  /** Columns that the read names, in plain spelling, null: all; and those that it leaves out (`-name`). */
  private onlyAt(
    site: CallSite,
    role: RoleOf<"rows">,
    names: readonly string[],
    table: Table,
  ): {
    readonly only: ReadonlySet<string> | null;
    readonly left: readonly string[];
    readonly shown: ReadonlySet<string> | null;
    readonly aliases: StatementRead["aliases"];
  } {
    const also = this.namesAt(site, role.also ?? [], names);
    const told = this.namesAt(site, role.only ?? [], names);
    const found =
      role.meant == null
        ? told
        : meantNames(this.pointsTo, told, valuesAt(this.pointsTo, site, role.meant, names));
    // `+secret` asks for it besides all others, `-secret` leaves it out.
    const besides = found.flatMap((name) => (name.startsWith("+") ? [name.slice(1)] : []));
    const left = [
      ...found.flatMap((name) => (name.startsWith("-") ? [name.slice(1)] : [])),
      ...this.namesAt(site, role.left ?? [], names),
    ];
    const isWhole = (name: string): boolean => (role.also ?? []).length > 0 && isAlias(table, name);
    const main = found.filter((name) => !/^[-+]/u.test(name) && !isWhole(name));
    const asked = (main.length === 0 ? main : [...main, ...also]).flatMap(namesCounted);
    const aliases = asked.flatMap((name) => {
      const [column = "", alias] = name.split(/ as /iu);
      return alias === undefined ? [] : [{ column: lastName(column), name: alias }];
    });
    const wanted = asked.map((name) => plainName(lastName(name.replace(/ as .*$/iu, ""))));
    // Whatever it is, or a name that stands for another: `#m`.
    if (asked.some((name) => name.includes("*") || name.startsWith("#")))
      return { only: null, left, shown: null, aliases };
    const shown = new Set([...besides, ...also].map((name) => plainName(lastName(name))));
    return { only: main.length === 0 ? null : new Set(wanted), left, shown, aliases };
  }

  /** Names that stand somewhere as a list, as an object's keys, as an entity, or as a text with spaces. */
  private namesAt(
    site: CallSite,
    addresses: readonly Address[],
    names: readonly string[],
  ): readonly string[] {
    return addresses.flatMap((address) => [
      ...valuesAt(this.pointsTo, site, address, names).flatMap((value): readonly string[] => {
        const entity = value.kind === "object" ? null : this.tables.entities.standsFor(value);
        return entity?.names ?? askedNames(this.pointsTo, value);
      }),
      ...(isUntoldAt(this.pointsTo, site, address) ? ["*"] : []),
    ]);
  }

  /** The same for a statement, whose text says which columns come. */
  readStatement(site: CallSite, role: RoleOf<"sql">, { names }: ModelAt): boolean {
    const outputs = [
      ...(role.rows == null ? [] : [{ output: role.rows, below: ["[]"] }]),
      ...(role.row == null ? [] : [{ output: role.row, below: [] }]),
    ];
    if (outputs.length === 0) return false;
    let told = false;
    for (const { tables, columns, aliases, opened } of columnsRead(this.pointsTo, site, role, names)) {
      const opens: Opens = ({ path }) => opened.has(plainName(path.at(-1) ?? ""));
      const written = this.tables.atCall(site, null);
      const found =
        written === null
          ? tables.flatMap((name) => this.tables.among(site, name, role.tables ?? null) ?? [])
          : [{ ...written, names: tables }];
      for (const table of found) {
        told = true;
        if (table.fields.size > 0) this.told.add(site);
        const called = (name: string): readonly string[] => namesInRows(table, name, aliases);
        for (const { output, below } of outputs)
          this.rows(site, output, below, table, noOptions, columns, names, called, opens);
      }
    }
    return told;
  }

  private rows(
    site: CallSite,
    output: Address,
    below: readonly string[],
    table: Table,
    options: RowOptions,
    only: ReadonlySet<string> | null,
    names: readonly string[],
    called: (name: string) => readonly string[] = () => [],
    opens: Opens = () => false,
  ): void {
    const columns = this.columns.of(table, options, only);
    this.put(
      site,
      output,
      below,
      [...columns, ...columns.flatMap((each) => calledOtherwise(each, called))],
      names,
      opens,
    );
  }

  private put(
    site: CallSite,
    output: Address,
    below: readonly string[],
    columns: readonly RowColumn[],
    names: readonly string[],
    opens: Opens = () => false,
  ): void {
    for (const column of columns) {
      const isMany = output.steps.some(({ kind }) => kind === "element") || below.includes("[]");
      const seen = this.note(site, column, isMany);
      for (const place of rootPlaces(site, output)) {
        for (const path of writtenPaths(this.pointsTo, site, output.steps, names)) {
          const before = [...place.prefix, ...path, ...below];
          for (const name of before) seen.leading.add(name);
          const full = accessPath([...before, ...column.path]);
          const trace = this.traceOf(site, column);
          const begin = (protection: Protection): void => {
            this.tabulation.put(
              this.tabulation.zero(site.caller),
              site.point,
              place.base,
              full,
              this.tabulation.facts.state(column.field, protection, column.assumed),
              trace,
            );
          };
          if (opens(column)) begin({ kind: "raw" });
          else this.states.read({ stores: column.stores, field: column.field, begin });
        }
      }
    }
  }

  private note(site: CallSite, { field, assumed, path }: RowColumn, isMany: boolean): RowsSeen {
    let seen = this.seen.get(site);
    if (seen === undefined) this.seen.set(site, (seen = newRowsSeen(isMany, assumed)));
    noteField(seen, field, path[0]);
    seen.isMany ||= isMany;
    seen.isAssumed &&= assumed;
    return seen;
  }

  private traceOf(site: CallSite, column: RowColumn): Trace {
    const { caller, instruction } = site;
    const field = this.annotations.fields.get(column.field)?.name ?? column.field;
    const read = source(caller, instruction.at, { kind: "reads", field });
    this.states.begins(read, { stores: column.stores, engines: this.tables.enginesAt(site) });
    return column.assumed
      ? step(
          caller,
          instruction.at,
          { kind: "assumed-through", callee: instruction.kind === "call" ? instruction.name : "" },
          read,
        )
      : read;
  }
}

/** A name of the whole row in a query, and none of its columns: `select("child")`. */
function isAlias({ columns }: Table, name: string): boolean {
  return (
    columns.size > 0 && /^\w+$/u.test(name) && ![...columns.keys()].some((each) => isSameName(each, name))
  );
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1).trim();
}

/** What a property of the program is called in the rows that a statement brings. */
function namesInRows(table: Table, name: string, aliases: StatementRead["aliases"]): readonly string[] {
  const column = table.columns.get(name)?.name ?? snakeName(name);
  const others = aliases.flatMap((each) =>
    isSameName(each.column, name) || isSameName(each.column, column) ? [each.name] : [],
  );
  return column === name ? others : [column, ...others];
}

function calledOtherwise(
  column: RowColumn,
  called: (name: string) => readonly string[],
): readonly RowColumn[] {
  const [name, ...below] = column.path;
  return name === undefined ? [] : called(name).map((other) => ({ ...column, path: [other, ...below] }));
}

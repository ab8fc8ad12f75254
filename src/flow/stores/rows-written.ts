/** Where rows leave the program: marked columns that something from outside is put into. */
import { isLaidOver, isOneAssigned } from "./assigned-columns.js";
import type { FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { accessPath } from "../paths/access-path.js";
import { stepPaths } from "../models/address-facts.js";
import { foldParts, operandsAt, operandsOfSite, valuesAt } from "../models/address-values.js";
import type { Borders } from "../tabulation/borders.js";
import type { BorderStates } from "../tabulation/border-states.js";
import { copiesInto } from "../program/copies.js";
import { fillingsInto, writersInto } from "../heap/fillings.js";
import type { State } from "../tabulation/fact.js";
import { spanOf } from "../tabulation/marked-places.js";
import type { MarkedPlaces } from "../tabulation/marked-places.js";
import type { ModelAt } from "../program/model-at.js";
import type { Origins } from "../sources/origins.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Writer } from "../points-to/writers.js";
import type { ToldByType } from "../sources/told-by-type.js";
import type { RowsBehind } from "./rows-behind.js";
import { columnsWritten, isTemplate, rowsExpanded, templatesAt } from "./sql-sinks.js";
import { isSameName } from "./table-names.js";
import { fieldOf, type Table } from "./table.js";
import type { Tables } from "./tables.js";
import { isOfChanges, isOneRow } from "./one-row.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Trace } from "../tabulation/trace.js";
import { WholeRows } from "./whole-rows.js";

type RoleOf<Kind extends Role["kind"]> = Extract<Role, { kind: Kind }>;

const deepest = 6;
/** Parts of a nested write that only look rows up; a part of the row itself has no key by which it could be (`set`). */
const lookups: Readonly<Record<Inside, ReadonlySet<string>>> = {
  row: new Set(["where", "connect", "disconnect", "delete", "deleteMany", "set"]),
  part: new Set(["where", "delete", "deleteMany"]),
};

/** A nested write, whose other keys lead further down: of a related row, or of a part of the row. */
type Inside = "row" | "part";

/** Parts of a nested write that are rows, or parts of one. */
const nestedWrites: Readonly<Record<Inside, ReadonlySet<string>>> = {
  row: new Set(["create", "createMany", "update"]),
  part: new Set(["set", "push", "update"]),
};

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

/** At which depth an object was looked through as rows of a table. */
type Seen = Map<AbstractValue, Map<Table, number>>;

function nothingSeen(): Seen {
  return new Map();
}

export class RowsWritten {
  private readonly wholes: WholeRows;
  private readonly lookedThrough = { plain: nothingSeen(), row: nothingSeen(), part: nothingSeen() };
  private readonly listsSeen = { row: nothingSeen(), part: nothingSeen() };

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly origins: Origins,
    private readonly states: BorderStates,
    private readonly borders: Borders,
    private readonly places: MarkedPlaces,
    private readonly tables: Tables,
    read: RowsBehind,
    private readonly told: Pick<ToldByType, "namesLeft" | "isTypedAlready">,
  ) {
    this.wholes = new WholeRows(pointsTo, origins, states, borders, tables, read, told);
  }

  /** What a call puts into marked columns of a store. */
  byCall(site: CallSite, role: RoleOf<"store" | "columns">, { names }: ModelAt): void {
    const entity = role.entity === null ? null : foldParts(this.pointsTo, site, role.entity.parts, names);
    const table = this.tables.at(site, entity, role.kind === "store" ? role.typed : "row");
    if (table === null) return;
    if (role.column != null) {
      const part = role.kind === "store" ? (role.part ?? null) : null;
      const within =
        part === null ? table : table.related(foldParts(this.pointsTo, site, [part], names))?.table;
      const column = foldParts(this.pointsTo, site, [role.column], names);
      if (within !== undefined) this.oneColumn(site, role.data, column, within);
      return;
    }
    for (const address of role.data) {
      const [components] = stepPaths(this.pointsTo, site, address.steps, names)?.alternatives ?? [];
      if (components === undefined) continue;
      for (const value of operandsAt(site, address)) {
        const isOne = isOneRow(site.caller, value) || isOneAssigned(this.pointsTo, site.caller, value);
        if (components[0] === "[]" && isOne) continue;
        const { caller: node, point, instruction } = site;
        const whole = { node, value, below: places(components), at: instruction.at, point };
        if (!isOne || !isOfChanges(node, components))
          this.wholes.put(table, whole, (path, state, trace) => {
            this.before(site, value, path, state, trace);
          });
        for (const object of this.pointsTo.valuesOf(site.caller, value))
          this.below(object, components, table, 0);
      }
    }
  }

  private oneColumn(site: CallSite, data: readonly Address[], name: string, table: Table): void {
    const field = fieldOf(table, name.slice(name.lastIndexOf(".") + 1));
    const part = field === undefined ? table.related(name) : null;
    for (const address of data)
      for (const value of operandsAt(site, address)) {
        if (field !== undefined) this.operand(site, value, [], field);
        // `document.set("address", { street })`
        if (part !== null)
          for (const inner of this.pointsTo.valuesOf(site.caller, value))
            this.nested(inner, part.table, 1, "part");
      }
  }

  private before(site: CallSite, value: ValueId, path: readonly string[], state: State, trace: Trace): void {
    this.tabulation.putBefore(
      this.tabulation.zero(site.caller),
      site.point,
      value,
      accessPath(path),
      state,
      trace,
    );
  }

  private below(object: AbstractValue, components: readonly string[], table: Table, depth: number): void {
    if (depth > deepest) return;
    const [first, ...rest] = components;
    if (first === undefined) {
      this.columns(object, table, depth, null);
      return;
    }
    // An object of the program's own is no list: its properties are not elements.
    if (first === "[]" && (object.kind === "instance" || (object.kind === "object" && !object.array))) return;
    const isAny = first === "[]" || first === "*";
    for (const writer of isAny
      ? this.origins.writers.ofObject(object)
      : this.origins.writers.ofField(object, first)) {
      this.wholes.put(
        table,
        {
          node: writer.node,
          value: writer.value,
          below: places(rest),
          at: spanOf(writer),
          point: writer.point,
        },
        (path, state, trace) => {
          this.tabulation.mark(
            this.tabulation.zero(writer.node),
            writer.point,
            writer.object,
            [writer.name, ...path],
            state,
            trace,
          );
        },
      );
    }
    for (const inner of this.pointsTo.fieldNode(object, isAny ? "*" : first).values)
      this.below(inner, rest, table, depth + 1);
  }

  /** The properties of an object that is a row, or stands inside of one that is written. */
  private columns(object: AbstractValue, table: Table, depth: number, inside: Inside | null): void {
    if (depth > deepest || (object.kind !== "object" && object.kind !== "foreign")) return;
    if (this.isLookedThrough(object, table, depth, inside)) return;
    this.copied(object, table, depth, inside);
    this.filled(object, table, depth, inside);
    const { writers } = this.origins;
    for (const writer of [...writers.ofObject(object), ...writersInto(this.pointsTo, writers, object)]) {
      const field = fieldOf(table, writer.name);
      if (field !== undefined) this.places.put(writer, field);
      else {
        const related = table.related(writer.name);
        if (related?.isKeyed === true) continue;
        if (related === null && (inside === null || lookups[inside].has(writer.name))) continue;
        const isPart = related === null ? inside === "part" : table.parts.includes(writer.name);
        if (related !== null || (inside !== null && nestedWrites[inside].has(writer.name)))
          this.part(writer, related?.table ?? table, related?.isList === true);
        for (const inner of this.pointsTo.fieldNode(object, writer.name).values)
          this.nested(inner, related?.table ?? table, depth + 1, isPart ? "part" : "row");
      }
    }
    if (object.kind === "foreign") this.partsOf(object, table, depth);
  }

  /** `{ address: body.address }`: a part, or a related row, that comes from outside as a whole. */
  private part(writer: Writer, table: Table, isList: boolean): void {
    const { node, value, point, object, name } = writer;
    const below = isList ? ["[]"] : [];
    this.wholes.put(table, { node, value, below, at: spanOf(writer), point }, (path, state, trace) => {
      this.tabulation.write(this.tabulation.zero(node), point, object, [name, ...path], state, trace);
    });
  }

  /** Something is put where rows of these tables stand, or objects that are parts of them. */
  intoPart(writer: Writer, tables: readonly NonNullable<ReturnType<Table["related"]>>[]): void {
    for (const { table, isList } of tables) {
      if (!this.told.isTypedAlready(writer.node, writer.value)) this.part(writer, table, isList);
      for (const inner of this.pointsTo.valuesOf(writer.node, writer.value))
        this.nested(inner, table, 1, "part");
    }
  }

  /** As a row of the same table, no deeper; what is nested tells more than what stands for itself. */
  private isLookedThrough(
    object: AbstractValue,
    table: Table,
    depth: number,
    inside: Inside | null,
  ): boolean {
    return this.isSeen(this.lookedThrough[inside ?? "plain"], object, table, depth);
  }

  private isSeen(seen: Seen, object: AbstractValue, table: Table, depth: number): boolean {
    let depths = seen.get(object);
    if (depths === undefined) seen.set(object, (depths = new Map<Table, number>()));
    if ((depths.get(table) ?? Infinity) <= depth) return true;
    depths.set(table, depth);
    return false;
  }

  /** `document.profile.name = name`: what a package gives has its parts by itself. */
  private partsOf(object: Foreign, table: Table, depth: number): void {
    for (const name of table.parts) {
      const related = table.related(name);
      const part = this.pointsTo.values.foreign(object.module, [...object.path, name], object.site);
      if (related === null || part === null) continue;
      this.columns(part, related.table, depth + 1, null);
      // `document.notes.push(note)`
      for (const element of this.pointsTo.fieldNode(part, "[]").values)
        this.columns(element, related.table, depth + 1, null);
    }
  }

  private nested(object: AbstractValue, table: Table, depth: number, inside: Inside): void {
    if (object.kind === "object" && !object.array) {
      this.columns(object, table, depth, inside);
      return;
    }
    // An object of the program's own is no list, and each list is gone through once.
    if (object.kind === "instance" || depth > deepest) return;
    if (this.isSeen(this.listsSeen[inside], object, table, depth)) return;
    for (const element of this.pointsTo.fieldNode(object, "*").values)
      this.columns(element, table, depth, inside);
  }

  /** `{ ...request.body }`, and `{ ...row }` of the program's own. */
  private copied(object: AbstractValue, table: Table, depth: number, inside: Inside | null): void {
    if (object.kind !== "object" || object.array) return;
    for (const { node, point, target, source: value, at } of copiesInto(this.pointsTo, object)) {
      this.wholes.put(table, { node, value, below: [], at, point }, (path, state, trace) => {
        this.tabulation.mark(this.tabulation.zero(node), point, target, path, state, trace);
      });
      for (const part of this.pointsTo.valuesOf(node, value)) this.columns(part, table, depth + 1, inside);
    }
  }

  /** `Object.assign(row, { name })`. */
  private filled(object: AbstractValue, table: Table, depth: number, inside: Inside | null): void {
    for (const { site, from, into } of fillingsInto(this.pointsTo, this.origins.writers, object)) {
      const { caller: node, point, instruction } = site;
      this.wholes.put(
        table,
        { node, value: from, below: [], at: instruction.at, point },
        (path, state, trace) => {
          if (!isLaidOver(this.pointsTo, site, from, path[0]))
            this.tabulation.write(this.tabulation.zero(node), point, into, path, state, trace);
        },
      );
      for (const part of this.pointsTo.valuesOf(node, from)) this.columns(part, table, depth + 1, inside);
    }
  }

  /** Values of a statement that go into marked columns. */
  byStatement(site: CallSite, role: RoleOf<"sql">, { names }: ModelAt): void {
    this.expanded(site, role, names);
    for (const { table: name, column, placeholder } of columnsWritten(this.pointsTo, site, role, names)) {
      const table = this.tables.among(site, name, role.tables ?? null);
      const field =
        table === null
          ? undefined
          : [...table.fields].find(
              ([each]) => isSameName(each, column) || table.columns.get(each)?.name === column,
            )?.[1];
      if (field === undefined) continue;
      const index = placeholder.kind === "name" ? -1 : placeholder.index;
      const holes = (
        placeholder.kind === "hole" ? templatesAt(this.pointsTo, site, role, names) : []
      ).flatMap((maker) =>
        operandsOfSite(maker)
          .arguments.slice(index, index + 1)
          .map(({ value }) => ({ maker, value })),
      );
      for (const { maker, value } of holes) this.operand(maker, value, [], field);
      if (holes.length > 0) continue;
      if (role.values?.root.kind === "arguments" && placeholder.kind === "position")
        this.operand(
          site,
          operandsOfSite(site).arguments[role.values.root.from + placeholder.index]?.value,
          [],
          field,
        );
      else if (role.values !== null)
        this.entry(
          site,
          role.values,
          placeholder.kind === "name" ? placeholder.name : String(placeholder.index),
          field,
          names,
        );
    }
  }

  /** A whole row, or several, that the driver writes out as columns and values. */
  private expanded(site: CallSite, role: RoleOf<"sql">, names: readonly string[]): void {
    for (const { table: name, placeholder } of rowsExpanded(this.pointsTo, site, role, names)) {
      const table = this.tables.among(site, name, role.tables ?? null);
      if (table === null) continue;
      for (const object of this.placed(site, role, placeholder, names)) {
        this.below(object, [], table, 0);
        this.below(object, ["[]"], table, 0);
      }
    }
  }

  /** What a placeholder stands for; of a helper that a driver makes of a row (`sql(row)`), the row. */
  private placed(
    site: CallSite,
    role: RoleOf<"sql">,
    placeholder: SqlPlaceholder,
    names: readonly string[],
  ): readonly AbstractValue[] {
    const key = placeholder.kind === "name" ? placeholder.name : String(placeholder.index);
    const hole = isTemplate(site) && placeholder.kind === "hole" ? placeholder.index : null;
    const argument = hole === null ? undefined : operandsOfSite(site).arguments[hole]?.value;
    const found =
      argument !== undefined
        ? [...this.pointsTo.valuesOf(site.caller, argument)]
        : role.values === null
          ? []
          : valuesAt(this.pointsTo, site, role.values, names).flatMap((list) => [
              list,
              ...this.pointsTo.fieldNode(list, key).values,
            ]);
    return found.flatMap((value) => {
      const made =
        value.kind === "foreign" && value.site !== null ? this.pointsTo.sites.get(value.site) : undefined;
      const given = made === undefined ? undefined : operandsOfSite(made).arguments[0]?.value;
      return made === undefined || given === undefined
        ? [value]
        : [...this.pointsTo.valuesOf(made.caller, given)];
    });
  }

  private entry(
    site: CallSite,
    values: Address,
    key: string,
    field: FieldId,
    names: readonly string[],
  ): void {
    const lists = valuesAt(this.pointsTo, site, values, names);
    const { writers } = this.origins;
    for (const list of lists) for (const writer of writers.ofField(list, key)) this.places.put(writer, field);
    // What the program itself puts there is known by value.
    if (lists.length > 0 && lists.every((list) => writers.ofField(list, key).length > 0)) return;
    const [components = []] = stepPaths(this.pointsTo, site, values.steps, names)?.alternatives ?? [];
    for (const value of operandsAt(site, values))
      this.operand(site, value, [...places(components), key], field);
  }

  private operand(site: CallSite, value: ValueId | undefined, path: readonly string[], field: FieldId): void {
    if (value === undefined) return;
    const whole = path.length === 0 ? null : this.wholes.entering(site.caller, value);
    const states =
      path.length === 0 ? this.states.statesOf(site.caller, value, field) : whole === null ? [] : [whole];
    const border = { node: site.caller, value, path, field };
    for (const entering of states) {
      const { state, trace } = this.borders.enter(border, site.instruction.at, entering);
      this.before(site, value, path, state, trace);
    }
  }
}

/** Where a value is put: `*` is some property. */
function places(components: readonly string[]): readonly string[] {
  return components.map((component) => (component === "*" ? "[]" : component));
}

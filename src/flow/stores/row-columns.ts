/** Which marked columns a read of rows gives: all of the table's, or those that its options or statement name. */
import type { FieldId } from "../../contracts/annotation.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { copiesInto } from "../program/copies.js";
import type { Origins } from "../sources/origins.js";
import type { PointsTo } from "../points-to/points-to.js";
import { plainName } from "./table-names.js";
import type { Column } from "./entity.js";
import type { Table } from "./table.js";
import type { Writers } from "../points-to/writers.js";

export interface RowColumn {
  readonly path: readonly string[];
  readonly field: FieldId;
  readonly stores: readonly string[];
  /** Its values go through functions of the client, both ways. */
  readonly converted: boolean;
  /** The program does not show whether the read asks for it. */
  readonly assumed: boolean;
}

/** A way to related rows that are asked for by name. */
export interface RelatedWay {
  /** `guardian.addresses` */
  readonly path: string;
  /** Names of the columns that come of the last one, `-name` for what is left out; none: all do. */
  readonly columns: readonly string[];
  /** The rows on the way come whole; or else other ways tell of them. */
  readonly isWhole: boolean;
}

/** What a read asks for: the option objects that the program makes, and whether there may be others. */
export interface RowOptions {
  readonly objects: readonly AbstractValue[];
  readonly isOpen: boolean;
  readonly related: readonly RelatedWay[];
  /** Columns that are left out. */
  readonly left: readonly string[];
  /** Hidden columns that come all the same, in plain spelling; null: all of them may. */
  readonly shown?: ReadonlySet<string> | null;
}

type Inside = (name: string, inner: RowOptions, only?: ReadonlySet<string> | null) => readonly RowColumn[];

const deepest = 4;
/** All columns, and no related rows. */
export const nothingAsked: RowOptions = { objects: [], isOpen: false, related: [], left: [] };

export class RowColumns {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly origins: Origins,
  ) {}

  /** `only`: names in plain spelling (lower case, no underscores) that a statement gives; null: all. */
  of(table: Table, options: RowOptions, only: ReadonlySet<string> | null, depth = 0): readonly RowColumn[] {
    if (depth > deepest) return [];
    const inside: Inside = (name, inner, asked = null) => this.inside(table, name, inner, depth, asked);
    const anyRelation = (): readonly RowColumn[] =>
      table.relations.flatMap((name) => inside(name, nothingAsked)).map(assume);
    const select = this.option(options, "select");
    const include = this.option(options, "include");
    const isOpen = include.isOpen || this.isOpen(options);
    const own = this.own(table, options, only);
    const selected = [...this.askedFor(select.objects)].flatMap(([name, inner]) => {
      const field = table.fields.get(name);
      return field === undefined ? inside(name, inner) : [plainColumn(table, name, field)];
    });
    if (select.isOpen) return [...selected, ...own.map(assume), ...anyRelation()];
    if (select.objects.length > 0) return selected;
    const parts = only === null ? table.parts.flatMap((name) => inside(name, nothingAsked)) : [];
    const included = [...this.askedFor(include.objects)].flatMap(([name, inner]) => inside(name, inner));
    const named = options.related.flatMap((way) => this.alongWay(table, way, inside));
    return [...own, ...parts, ...included, ...named, ...(isOpen ? anyRelation() : [])];
  }

  /** `guardian.addresses`, also behind the name that a query gives the table: `child.guardian`. */
  private alongWay(table: Table, way: RelatedWay, inside: Inside): readonly RowColumn[] {
    const { path, columns, isWhole } = way;
    const [first = "", ...rest] = path.split(".");
    const further = { ...way, path: rest.join(".") };
    const names = namesOfRelated(table, first);
    if (names.length === 0 && rest.length > 0) return this.alongWay(table, further, inside);
    const isLast = rest.length === 0;
    const left = isLast ? columns.flatMap((each) => (each.startsWith("-") ? [each.slice(1)] : [])) : [];
    const asked = isLast ? columns.filter((each) => !/^[-+]/u.test(each)) : [];
    const inner = { ...nothingAsked, left, related: isLast ? [] : [further] };
    const isAll = isLast ? asked.length === 0 || asked.includes("*") : isWhole;
    const only = isAll ? null : new Set(asked.map(plainName));
    return names.flatMap((each) => inside(each, inner, only));
  }

  /** The table's own columns, but for those that are left out. */
  private own(table: Table, options: RowOptions, only: ReadonlySet<string> | null): readonly RowColumn[] {
    const left = this.askedFor(this.option(options, "omit").objects);
    return [...table.fields].flatMap(([name, field]) =>
      left.has(name) ||
      options.left.includes(name) ||
      (only !== null && !isNamed(only, name, table.columns.get(name)?.name)) ||
      (only === null && isHidden(table, name, options))
        ? []
        : [plainColumn(table, name, field)],
    );
  }

  private inside(
    table: Table,
    name: string,
    inner: RowOptions,
    depth: number,
    only: ReadonlySet<string> | null,
  ): readonly RowColumn[] {
    const related = table.related(name);
    if (related === null) return [];
    const below = related.isList ? [name, "[]"] : [name];
    return this.of(related.table, inner, only, depth + 1).map((column) => ({
      ...column,
      path: [...below, ...column.path],
    }));
  }

  /** What stands at an option; it is open where something from outside was put there. */
  private option({ objects }: RowOptions, name: string): RowOptions {
    return {
      objects: objects.flatMap((value) =>
        value.kind === "object"
          ? [...this.pointsTo.fieldNode(value, name).values].filter((each) => each.kind === "object")
          : [],
      ),
      related: [],
      left: [],
      isOpen: objects.some((value) =>
        this.writers.ofField(value, name).some((writer) => this.origins.isOpaque(writer.node, writer.value)),
      ),
    };
  }

  /** Options that are handed in, or copied from where the program does not show them, may ask for more. */
  private isOpen({ objects, isOpen }: RowOptions): boolean {
    return (
      isOpen ||
      objects.some((value) =>
        copiesInto(this.pointsTo, value).some((copy) => this.origins.isOpaque(copy.node, copy.source)),
      )
    );
  }

  /** The keys that are not certainly off, with the options that stand below them. */
  private askedFor(objects: readonly AbstractValue[]): ReadonlyMap<string, RowOptions> {
    const found = new Map<string, RowOptions>();
    for (const object of objects) {
      for (const { name } of this.writers.ofObject(object)) {
        const values = [...this.pointsTo.fieldNode(object, name).values];
        if (values.length > 0 && values.every(isOff)) continue;
        const inner = values.filter((value) => value.kind === "object");
        found.set(name, {
          objects: [...(found.get(name)?.objects ?? []), ...inner],
          isOpen: false,
          related: [],
          left: [],
        });
      }
    }
    return found;
  }

  private get writers(): Writers {
    return this.origins.writers;
  }
}

/** The relation of a name, or those to a table of that name, which may be asked for by it. */
function namesOfRelated(table: Table, name: string): readonly string[] {
  if (table.related(name) !== null) return [name];
  if (table.names.includes(name)) return [];
  return table.relations.filter((each) => table.related(each)?.table.names.includes(name) === true);
}

/** An option that is certainly not set. */
export function isOff(value: AbstractValue): boolean {
  if (value.kind !== "constant") return false;
  const { value: set } = value;
  return set === false || set === 0 || set === undefined || set === null;
}

function isHidden(table: Table, name: string, { shown = new Set() }: RowOptions): boolean {
  return table.columns.get(name)?.hidden === true && shown !== null && !shown.has(plainName(name));
}

function isConverted(column: Column | undefined): boolean {
  return column !== undefined && (column.through.length > 0 || column.sealed !== null);
}

function plainColumn(table: Table, name: string, field: FieldId): RowColumn {
  return {
    path: [name],
    field,
    stores: table.names,
    converted: isConverted(table.columns.get(name)),
    assumed: false,
  };
}

function assume(column: RowColumn): RowColumn {
  return { ...column, assumed: true };
}

function isNamed(names: ReadonlySet<string>, property: string, column: string | null | undefined): boolean {
  return names.has(plainName(property)) || (column != null && names.has(plainName(column)));
}

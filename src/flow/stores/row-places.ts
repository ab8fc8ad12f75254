/** Where in a store the parts of what is written go: to which table's column, and in which state the client writes them. */
import type { Protection } from "../../contracts/flow.js";
import type { Role, Target } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { foldParts } from "../models/address-values.js";
import type { State } from "../tabulation/fact.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { namesRound } from "../paths/rounds.js";
import { columnAlong } from "./entity-columns.js";
import { RowsOfTheirOwn } from "./rows-of-their-own.js";
import { SealedColumns } from "../protection/sealed-columns.js";
import type { Table } from "./table.js";
import type { Tables } from "./tables.js";

type StoreRole = Extract<Role, { kind: "store" }>;

/** Where in a store something goes: a related row's own, if it is part of one. */
export interface RowPlace {
  readonly name: string | null;
  readonly table: Table | null;
  readonly column: string;
  /** How many names lead to the column. */
  readonly depth: number;
}

export class RowPlaces {
  private readonly sealing: SealedColumns;
  private readonly ownRows: RowsOfTheirOwn;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly tables: Tables,
    private readonly protect: (state: State, protection: Protection) => State,
  ) {
    this.sealing = new SealedColumns(pointsTo);
    this.ownRows = new RowsOfTheirOwn(pointsTo);
  }

  /** In which state the client of a store writes it. */
  sealed(
    site: CallSite,
    { names }: ModelAt,
    { seals = [] }: StoreRole,
    { name: store, table, column }: RowPlace,
    state: State,
    path: AccessPath,
  ): State {
    if (seals.length === 0 && table === null) return state;
    const place = { site, names, store, table };
    const protection =
      table?.columns.get(column)?.sealed ?? this.sealing.protectionOf(path.components, seals, place);
    return protection === null ? state : this.protect(state, protection);
  }

  private tableOf(
    site: CallSite,
    entity: Target | null,
    store: string | null,
    names: readonly string[],
  ): Table | null {
    const told = entity === null ? "*" : foldParts(this.pointsTo, site, entity.parts, names);
    // Whose the row is may stand in a type alone (`Repository<Child>`), which the store's name comes of.
    const name = told === "*" ? store : told;
    return name === null ? null : this.tables.ofEntityAt(site, name);
  }

  /** Where something in the data goes: a related row's own store; null where only the key of that is written. */
  of(
    site: CallSite,
    { names }: ModelAt,
    role: StoreRole,
    store: string | null,
    columns: readonly string[],
  ): RowPlace | null {
    let name = store;
    let table = this.tables.isEmpty ? null : this.tableOf(site, role.entity, store, names);
    for (const [depth, step] of columns.entries()) {
      const isLast = depth === columns.length - 1;
      const column = relationIn(step, table) ?? step;
      const part = table === null ? null : columnAlong(table.columns, columns.slice(depth));
      if (part !== null && table?.relations.includes(column) !== true)
        return { name, table, column: part.column, depth: depth + part.length - 1 };
      if (table?.relations.includes(column) !== true) {
        // Between a relation and the related row a client may have words of its own: `{ songs: { create: row } }`.
        if (depth > 0 && name !== store && !isLast && table?.columns.has(column) !== true) continue;
        return { name, table, column, depth };
      }
      if (table.related(column)?.isKeyed === true) return isLast ? { name, table, column, depth } : null;
      if (role.flat === true) {
        // What stands in place of a row is its key.
        if (isLast) return { name, table, column, depth };
        const isSaved = table.columns.get(column)?.saved === true || table.related(column)?.isSaved === true;
        if (!isSaved) return null;
        if (this.ownRows.isAt(site, role, columns.slice(0, depth + 1), names)) return null;
      }
      table = table.related(column)?.table ?? null;
      name = table?.names[0] ?? name;
    }
    return { name, table, column: "", depth: columns.length };
  }
}

/** The relation that stands among the names of a way round, if one does. */
function relationIn(step: string, table: Table | null): string | null {
  const found = table === null ? [] : [...namesRound(step)].filter((name) => table.relations.includes(name));
  return found.length === 1 ? (found[0] ?? null) : null;
}

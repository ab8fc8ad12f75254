/** Which table a column belongs to that a chain of calls makes: `uuid("artist").references(…)` under a table's key. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsOfSite } from "../models/address-values.js";
import type { Entities } from "./entities.js";
import type { PointsTo } from "../points-to/points-to.js";

export class ColumnHolders {
  private readonly tables = new Map<string, string>();

  constructor(
    private readonly pointsTo: PointsTo,
    entities: Entities,
  ) {
    for (const { table, schemas } of entities.all)
      for (const object of entities.columns.definitions(schemas))
        for (const [, { values }] of pointsTo.fieldsOf(object))
          for (const value of values) this.note(value, table);
  }

  /** The table that what a call gave, or what was then made of it, is a column of. */
  of(site: string): string | null {
    return this.tables.get(site) ?? null;
  }

  private note(value: AbstractValue, table: string): void {
    if (value.kind !== "foreign" || value.site === null || this.tables.has(value.site)) return;
    this.tables.set(value.site, table);
    const made = this.pointsTo.sites.get(value.site);
    const behind = made === undefined ? null : operandsOfSite(made).receiver;
    if (made === undefined || behind === null) return;
    for (const each of this.pointsTo.valuesOf(made.caller, behind)) this.note(each, table);
  }
}

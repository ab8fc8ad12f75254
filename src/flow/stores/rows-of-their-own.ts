/** Rows that are related to a row that is written, and are read or written by calls of their own: these tell of them. */
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt } from "../models/address-values.js";
import { selectModels } from "../models/select-models.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

type StoreRole = Extract<Role, { kind: "store" }>;

export class RowsOfTheirOwn {
  private written: ReadonlySet<AbstractValue> | null = null;

  constructor(private readonly pointsTo: PointsTo) {}

  /** Below the data of a store: all that may stand there are such rows. */
  isAt(site: CallSite, { data }: StoreRole, columns: readonly string[], names: readonly string[]): boolean {
    const below = columns.map((name) => ({ kind: "property" as const, name }));
    const values = data.flatMap((address) =>
      valuesAt(this.pointsTo, site, { ...address, steps: [...address.steps, ...below] }, names),
    );
    const rows = this.rowsOf(values);
    return rows.length > 0 && rows.every((row) => this.isKept(row));
  }

  /** Each by itself, of a list. */
  private rowsOf(values: readonly AbstractValue[]): AbstractValue[] {
    return values.flatMap((value) =>
      value.kind === "object" && value.array ? [...this.pointsTo.fieldNode(value, "*").values] : [value],
    );
  }

  private isKept(value: AbstractValue): boolean {
    this.written ??= this.find();
    if (this.written.has(value)) return true;
    if (value.kind !== "foreign" && value.kind !== "instance") return false;
    // An object of a class that the program does not make is one that a client filled.
    if (value.site === null) return value.kind === "instance";
    const made = this.pointsTo.sites.get(value.site);
    return (
      made !== undefined &&
      [...this.rolesAt(made)].some(({ role }) => role.kind === "store" || role.kind === "rows")
    );
  }

  private find(): Set<AbstractValue> {
    const found = new Set<AbstractValue>();
    for (const site of this.pointsTo.sites.values())
      for (const { role, names } of this.rolesAt(site))
        if (role.kind === "store")
          for (const address of role.data.filter(isWhole))
            for (const row of this.rowsOf(valuesAt(this.pointsTo, site, address, names))) found.add(row);
    return found;
  }

  private *rolesAt(site: CallSite): Iterable<{ readonly role: Role; readonly names: readonly string[] }> {
    for (const callee of site.foreign)
      for (const { model, names } of selectModels(this.pointsTo, site, callee))
        for (const role of model.roles) yield { role, names };
  }
}

function isWhole({ steps }: Address): boolean {
  return steps.length === 0;
}

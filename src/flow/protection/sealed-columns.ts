/**
 * Columns that a client encrypts by itself: those that a schema declares, or that the client, the schema or a plugin
 * was told of when it was set up.
 */
import type { Protection } from "../../contracts/flow.js";
import type { Seal } from "../../contracts/seal.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt, valuesFrom } from "../models/address-values.js";
import { isElement } from "../points-to/alias-names.js";
import { foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { judgeKey } from "./protection.js";
import { conditionHolds } from "../models/select-models.js";
import type { Table } from "../stores/table.js";

export interface SealedPlace {
  readonly site: CallSite;
  readonly names: readonly string[];
  /** The store's name. */
  readonly store: string | null;
  readonly table: Table | null;
}

export class SealedColumns {
  private readonly columns = new Map<CallSite, Map<Seal, ReadonlySet<string>>>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** What the client makes of a column when it writes it, and undoes when it reads; null: nothing. */
  protectionOf(components: readonly string[], seals: readonly Seal[], place: SealedPlace): Protection | null {
    // `$set` and the like stand around columns.
    const path = components.filter((each) => !isElement(each) && !each.startsWith("$"));
    for (const seal of seals) {
      if (!this.isOn(seal, place)) continue;
      const isSealed = seal.whole
        ? true
        : seal.columns === null
          ? isDeclared(place.table, path)
          : isListed(this.columnsOf(seal, place), path) && !isListed(this.leftBy(seal, place), path);
      if (!isSealed) continue;
      const { site, names } = place;
      return judgeKey(this.pointsTo, site, seal.key, names, seal.by);
    }
    return null;
  }

  private isOn({ when }: Seal, { site, names }: SealedPlace): boolean {
    return when.every((condition) => conditionHolds(this.pointsTo, site, condition, names));
  }

  private columnsOf(seal: Seal, place: SealedPlace): ReadonlySet<string> {
    let ofSite = this.columns.get(place.site);
    if (ofSite === undefined) this.columns.set(place.site, (ofSite = new Map<Seal, ReadonlySet<string>>()));
    let found = ofSite.get(seal);
    if (found === undefined) {
      const names = this.told(seal, place).flatMap((value) => this.namesIn(value, seal));
      ofSite.set(seal, (found = new Set(names)));
    }
    return found;
  }

  private leftBy({ but }: Seal, { site, names }: SealedPlace): ReadonlySet<string> {
    const values = but === null ? [] : valuesAt(this.pointsTo, site, but, names);
    return new Set(values.flatMap((value) => this.namesIn(value, null)));
  }

  /** What stands at the address; `[store]` in it is the entry of the store that is written. */
  private told({ columns }: Seal, { site, names, store }: SealedPlace): readonly AbstractValue[] {
    if (columns === null) return [];
    const at = columns.steps.findIndex((step) => step.kind === "store");
    if (at === -1) return valuesAt(this.pointsTo, site, columns, names);
    const before = { ...columns, steps: columns.steps.slice(0, at) };
    const entries = valuesAt(this.pointsTo, site, before, names).flatMap((map) =>
      [...this.pointsTo.fieldsOf(map)].flatMap(([name, { values }]) =>
        store !== null && (name === store || name.endsWith(`.${store}`)) ? [...values] : [],
      ),
    );
    const behind = { ...columns, steps: columns.steps.slice(at + 1) };
    return valuesFrom(this.pointsTo, site, entries, behind);
  }

  /** A list of names, or an object whose keys they are. */
  private namesIn(value: AbstractValue, seal: Pick<Seal, "having" | "lacking"> | null): readonly string[] {
    if (value.kind === "constant") return [String(value.value)];
    if (value.kind !== "object") return [];
    if (value.array) return foldValues(this.pointsTo, this.pointsTo.fieldNode(value, "*").values);
    return [...this.pointsTo.fieldsOf(value)].flatMap(([name, { values }]) =>
      name !== "*" && name !== "[]" && (seal === null || this.isMeant(values, seal)) ? [name] : [],
    );
  }

  private isMeant(
    values: ReadonlySet<AbstractValue>,
    { having, lacking }: Pick<Seal, "having" | "lacking">,
  ): boolean {
    return (
      (having === null || this.has(values, having)) && !lacking.some((property) => this.has(values, property))
    );
  }

  private has(values: Iterable<AbstractValue>, property: string): boolean {
    return [...values].some((value) => this.pointsTo.fieldNode(value, property).values.size > 0);
  }
}

/** `street` of `address` where `address` or `address.street` is listed. */
function isListed(columns: ReadonlySet<string>, path: readonly string[]): boolean {
  return path.some((_, index) => columns.has(path.slice(0, index + 1).join(".")));
}

/** Also of rows that are written along with the row. */
function isDeclared(start: Table | null, path: readonly string[]): boolean {
  let table = start;
  for (const name of path) {
    if (table?.encrypted.has(name) === true) return true;
    table = table?.related(name)?.table ?? table;
  }
  return false;
}

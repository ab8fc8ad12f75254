/** Which columns a read asks for, in plain spelling: what its model, its pipeline or its options name; null: all. */
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { valuesAt } from "../models/address-values.js";
import { askedNames, isUntoldAt, meantNames, namesCounted } from "../models/asked-names.js";
import { copiesInto, isRestOfAnother } from "../program/copies.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import { columnsPiped } from "../stores/pipelines.js";
import { plainName } from "../stores/table-names.js";
import type { Tables } from "../stores/tables.js";

type Rows = Extract<Role, { kind: "rows" }>;
type Columns = ReadonlySet<string>;

/** Options that say what comes back. */
const choosing = /^(?:select|attributes|columns|fields|projection|include|_source)$/u;

const deepest = 5;

export class AskedColumns {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly writers: Writers,
    private readonly tables: Tables,
  ) {}

  /** The columns that the model of a read says it asks for. */
  ofModel(site: CallSite, match: ModelAt, role: Rows): Columns | null {
    return (
      this.only(site, match, role) ??
      this.picked(site, match, role) ??
      columnsPiped(this.pointsTo, site, role, match.names)
    );
  }

  /** The columns that the options of a call choose. */
  ofOptions({ caller, instruction }: CallSite): Columns | null {
    if (instruction.kind !== "call") return null;
    const found = new Set<string>();
    for (const { value } of instruction.arguments)
      for (const object of this.pointsTo.valuesOf(caller, value)) {
        for (const { node, name, value: choice } of this.writers.ofObject(object))
          if (choosing.test(name))
            for (const each of this.pointsTo.valuesOf(node, choice)) this.names(each, found);
      }
    return found.size === 0 ? null : found;
  }

  private only(
    site: CallSite,
    { names }: ModelAt,
    { only = [], named = [], meant = null }: Rows,
  ): Columns | null {
    const { pointsTo } = this;
    const at = (address: Address): readonly AbstractValue[] => valuesAt(pointsTo, site, address, names);
    const asked = [...only, ...named];
    if (asked.some((address) => isUntoldAt(pointsTo, site, address))) return null;
    const told = asked.flatMap(at).flatMap((value) => askedNames(pointsTo, value).flatMap(namesCounted));
    const found = meantNames(pointsTo, told, meant === null ? [] : at(meant)).filter(
      (name) => !name.startsWith("-"),
    );
    // What stands in brackets is of another table, and `#name` stands for a name that is written elsewhere.
    if (found.length === 0 || found.some((name) => /[*()#+]/u.test(name))) return null;
    return new Set(found.flatMap((name) => (name.match(/\w+/gu) ?? []).map(plainName)));
  }

  /** Columns of tables that stand under keys of the read's own; null as soon as there is something else. */
  private picked(site: CallSite, { names }: ModelAt, { picked = [] }: Rows): Columns | null {
    const objects = picked
      .flatMap((address) => valuesAt(this.pointsTo, site, address, names))
      .filter((value) => value.kind === "object" && !value.array);
    if (objects.length === 0) return null;
    const found = new Set<string>();
    for (const object of objects) {
      if (!this.isShown(object, 0)) return null;
      for (const [key, { values }] of this.pointsTo.fieldsOf(object)) {
        if (/^[gs]et /u.test(key) && values.size === 0) continue;
        if (values.size === 0) return null;
        for (const value of values) {
          const columns = this.columnsOf(value);
          if (columns === null) return null;
          for (const column of columns) found.add(plainName(column));
        }
      }
    }
    return found;
  }

  /** Whatever it holds was put there by the program, also what was copied into it. */
  private isShown(object: AbstractValue, depth: number): boolean {
    if (object.kind !== "object" || depth > deepest || isRestOfAnother(this.pointsTo, object)) return false;
    return copiesInto(this.pointsTo, object).every(({ node, source }) => {
      const values = [...this.pointsTo.valuesOf(node, source)];
      return values.length > 0 && values.every((value) => this.isShown(value, depth + 1));
    });
  }

  /** What a column is called in the program and in its table; null: it is none. */
  private columnsOf(value: AbstractValue): readonly string[] | null {
    const { entities } = this.tables;
    if (value.kind !== "foreign" || entities.isTable(value)) return null;
    const entity = entities.nameOf(value);
    const own = value.path.at(-1);
    if (entity === null || own === undefined) return null;
    const called = entities.named(entity)?.columns.get(own)?.name;
    return called == null ? [own] : [own, called];
  }

  private names(choice: AbstractValue, found: Set<string>): void {
    if (choice.kind !== "object") return;
    for (const { name } of this.writers.ofObject(choice)) if (!choice.array) found.add(plainName(name));
    for (const each of this.pointsTo.fieldNode(choice, "*").values)
      if (each.kind === "constant" && typeof each.value === "string") found.add(plainName(each.value));
  }
}

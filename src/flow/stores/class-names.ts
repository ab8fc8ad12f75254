/**
 * How classes that stand for tables are called by whoever registers them, beside what their decorators say:
 * `forFeature([{ name: "Kid", schema, collection: "kids_2026" }])`.
 */
import type { Address, PackageModel, Role } from "../../contracts/model.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt, valuesFrom } from "../models/address-values.js";
import { selectModels } from "../models/select-models.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";
import { only } from "./entity-names.js";

type TableName = Extract<Role, { kind: "table-name" }>;

/** Null: that is not said. */
export interface ClassName {
  readonly name: string | null;
  readonly table: string | null;
}

export class ClassNames {
  private readonly told = new Map<ClassNode, ClassName[]>();
  private readonly spellings = new Map<PackageModel, TableName["spelled"]>();

  constructor(private readonly pointsTo: PointsTo) {}

  read(site: CallSite): void {
    for (const callee of site.foreign)
      for (const { model, names, package: from } of selectModels(this.pointsTo, site, callee))
        for (const role of model.roles) {
          if (role.kind !== "table-name") continue;
          if (role.spelled !== null) this.spellings.set(from, role.spelled);
          this.readAt(site, role, names);
        }
  }

  /** How a package was told to make the names of tables. */
  spelledBy(model: PackageModel): TableName["spelled"] {
    return this.spellings.get(model) ?? null;
  }

  /** What a class is called, by each that says it; one that gives it a name knows better than one that gives none. */
  of(home: ClassNode): readonly ClassName[] {
    const told = this.told.get(home) ?? [];
    const named = told.filter(({ name }) => name !== null);
    const tables = told.filter(({ table }) => table !== null);
    return named.length > 0 ? named : tables.slice(0, 1);
  }

  private readAt(site: CallSite, { each, of, name, table }: TableName, names: readonly string[]): void {
    const { pointsTo } = this;
    const elements = each === null ? [null] : valuesAt(pointsTo, site, each, names);
    for (const element of elements) {
      const at = (address: Address): readonly AbstractValue[] =>
        element !== null && address.root.kind === "value"
          ? valuesFrom(pointsTo, site, [element], address, undefined, names)
          : valuesAt(pointsTo, site, address, names);
      const textOf = (addresses: readonly Address[]): string | null =>
        only(addresses.map((address) => foldValues(pointsTo, at(address))));
      for (const value of of.flatMap(at))
        if (value.kind === "class")
          this.add(value.class, { name: name === null ? null : textOf([name]), table: textOf(table) });
    }
  }

  private add(home: ClassNode, found: ClassName): void {
    const known = this.told.get(home) ?? [];
    const isKnown = known.some(({ name, table }) => name === found.name && table === found.table);
    if (!isKnown) known.push(found);
    this.told.set(home, known);
  }
}

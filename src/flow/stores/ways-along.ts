/** Ways to related rows that a read describes one within the other: `{ path: "guardian", populate: { path: "addresses" } }`. */
import type { Along } from "../../contracts/table-roles.js";
import { askedNames } from "../models/asked-names.js";
import { valuesAt } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { isOff, type RelatedWay } from "./row-columns.js";

/** Descriptions within descriptions. */
const deepest = 4;

type ObjectValue = Extract<AbstractValue, { kind: "object" }>;

export class WaysAlong {
  constructor(
    private readonly pointsTo: PointsTo,
    /** Names of the table that a value stands for. */
    private readonly namesOf: (value: AbstractValue) => readonly string[] | null,
  ) {}

  /** `guardian`, `guardian.addresses` */
  at(site: CallSite, along: Along, names: readonly string[]): readonly RelatedWay[] {
    const { pointsTo } = this;
    const besides =
      along.only === null ? [] : this.columnsOf(valuesAt(pointsTo, site, along.only, names), along);
    return along.at
      .flatMap((address) => valuesAt(pointsTo, site, address, names))
      .flatMap((value) => this.waysOf(value, along, besides, 0));
  }

  private waysOf(
    value: AbstractValue,
    along: Along,
    columns: readonly string[],
    depth: number,
  ): readonly RelatedWay[] {
    if (value.kind !== "object") return this.named(value).map((path) => ({ path, columns, isWhole: true }));
    if (depth > deepest) return [];
    if (value.array)
      return this.under(value, "*").flatMap((each) => this.waysOf(each, along, columns, depth + 1));
    if (along.name.length === 0) return this.keyed(value, along, depth);
    const name = along.name.find((each) => this.under(value, each).length > 0);
    return name === undefined
      ? []
      : this.under(value, name)
          .flatMap((each) => this.named(each))
          .flatMap((path) => this.described(path, value, along, depth));
  }

  /** `{ guardian: true, rooms: { with: { … } } }` */
  private keyed(object: ObjectValue, along: Along, depth: number): readonly RelatedWay[] {
    return [...this.pointsTo.fieldsOf(object)].flatMap(([name, { values }]) => {
      const told = [...values];
      if (name === "*" || name === "[]" || (told.length > 0 && told.every(isOff))) return [];
      const descriptions = told.filter((each): each is ObjectValue => each.kind === "object");
      return descriptions.length === 0
        ? [{ path: name, columns: [], isWhole: true }]
        : descriptions.flatMap((each) => this.described(name, each, along, depth));
    });
  }

  private described(
    path: string,
    description: ObjectValue,
    along: Along,
    depth: number,
  ): readonly RelatedWay[] {
    const columns =
      along.columns === null ? [] : this.columnsOf(this.under(description, along.columns), along);
    const within = along.inside === null ? [description] : this.under(description, along.inside);
    const further = within.flatMap((each) => this.waysOf(each, along, [], depth + 1));
    return [
      { path, columns, isWhole: true },
      ...further.map((each) => ({ ...each, path: `${path}.${each.path}`, isWhole: false })),
    ];
  }

  /** `-name` for what is left out. */
  private columnsOf(values: readonly AbstractValue[], { except }: Along): readonly string[] {
    return values.flatMap((value) => {
      if (except === null || value.kind !== "object" || value.array) return askedNames(this.pointsTo, value);
      return this.under(value, except)
        .flatMap((each) => askedNames(this.pointsTo, each))
        .map((name) => `-${name}`);
    });
  }

  private named(value: AbstractValue): readonly string[] {
    return this.namesOf(value) ?? askedNames(this.pointsTo, value);
  }

  private under(object: ObjectValue, property: string): readonly AbstractValue[] {
    return [...this.pointsTo.fieldNode(object, property).values];
  }
}

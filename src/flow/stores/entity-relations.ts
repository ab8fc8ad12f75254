/** Related rows of entities, as calls tell of them: an object of relations, a schema's description, one call for each. */
import type { Address, Condition, Role } from "../../contracts/model.js";
import { foldValues } from "../constants/constants.js";
import { valuesAt, valuesFrom } from "../models/address-values.js";
import { conditionHoldsOf, selectModels } from "../models/select-models.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Entity, Relation } from "./entity.js";

type RelationsRole = Extract<Role, { kind: "relations" }>;

/** What is asked about entities. */
interface KnownEntities {
  nameOf(value: AbstractValue): string | null;
  standsFor(value: AbstractValue): Entity | null;
  named(name: string): Entity | null;
}

interface Related {
  readonly owner: Entity;
  readonly name: string;
  readonly relation: Relation;
}

export function relationsAt(pointsTo: PointsTo, entities: KnownEntities, site: CallSite): readonly Related[] {
  return [...site.foreign].flatMap((callee) =>
    selectModels(pointsTo, site, callee).flatMap(({ model, names }) =>
      model.roles.flatMap((role) =>
        role.kind === "relations" ? new RelationsThere(pointsTo, entities, site, role, names).all() : [],
      ),
    ),
  );
}

class RelationsThere {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly entities: KnownEntities,
    private readonly site: CallSite,
    private readonly role: RelationsRole,
    private readonly names: readonly string[],
  ) {}

  all(): readonly Related[] {
    const { role, entities } = this;
    const owners = this.at(role.of).flatMap((each) => {
      const owner = entities.standsFor(each);
      return owner === null ? [] : [owner];
    });
    const found = role.fields.length > 0 ? this.underKeys() : this.named();
    return owners.flatMap((owner) => found.map((each) => ({ owner, ...each })));
  }

  private underKeys(): readonly Omit<Related, "owner">[] {
    return this.role.fields
      .flatMap((address) => this.at(address))
      .flatMap((object) => [...this.pointsTo.fieldsOf(object)])
      .flatMap(([name, { values }]) =>
        name === "*" || name === "[]"
          ? []
          : this.standingThere([...values]).map((relation) => ({ name, relation })),
      );
  }

  private standingThere(values: readonly AbstractValue[]): readonly Relation[] {
    const { role, entities } = this;
    if (role.to.length > 0) return this.described(values);
    return values.flatMap((value) => {
      const table = entities.nameOf(value);
      const isList = value.kind === "foreign" && role.lists.includes(value.path.join("."));
      return table === null ? [] : [{ table, isList, isSaved: false, isKeyed: role.keyed }];
    });
  }

  /** Nothing, where no entity is told: a column. */
  private described(values: readonly AbstractValue[]): readonly Relation[] {
    const { pointsTo, site, role } = this;
    const at = (address: Address): readonly AbstractValue[] => valuesFrom(pointsTo, site, values, address);
    const holds = (conditions: readonly Condition[]): boolean =>
      conditions.some((condition) => conditionHoldsOf(pointsTo, site, condition, at));
    const table = this.tableAt(role.to.map(at));
    return table === null
      ? []
      : [{ table, isList: holds(role.listed), isSaved: holds(role.saved), isKeyed: role.keyed }];
  }

  private named(): readonly Omit<Related, "owner">[] {
    const { role, entities } = this;
    const table = this.tableAt(role.to.map((address) => this.at(address)));
    if (table === null) return [];
    const relation = { table, isList: role.many, isSaved: false, isKeyed: role.keyed };
    const called = this.textOf(role.name.map((address) => this.at(address)));
    const all = called === null ? (entities.named(table)?.names ?? [table]) : [called];
    return all.map((name) => ({ name, relation }));
  }

  private tableAt(places: readonly (readonly AbstractValue[])[]): string | null {
    const name = this.textOf(places);
    return name === null ? null : (this.entities.named(name)?.table ?? name);
  }

  /** The first of several places where one text, or one entity, is known. */
  private textOf(places: readonly (readonly AbstractValue[])[]): string | null {
    const texts = places.map((values) => (values.length === 0 ? [] : foldValues(this.pointsTo, values)));
    const isKnown = (text: string): boolean => text !== "*" && text !== "undefined";
    return texts.find((all) => all.length === 1 && all.every(isKnown))?.[0] ?? null;
  }

  private at(address: Address): readonly AbstractValue[] {
    return valuesAt(this.pointsTo, this.site, address, this.names);
  }
}

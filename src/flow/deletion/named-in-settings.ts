/** Stores that own code knows by a setting alone: `environment: { DIARIES: table.tableName }` of what runs it. */
import type { DeleteRole } from "../../contracts/erasing-roles.js";
import type { Role } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsOfSite, valuesAt } from "../models/address-values.js";
import { foldValues } from "../constants/constants.js";
import { memberOfForeign } from "../points-to/foreign-members.js";
import { givenProperties } from "../heap/given-properties.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { SiteModels } from "../models/site-models.js";

export class NamedInSettings {
  private named: ReadonlyMap<AbstractValue, readonly string[]> | null = null;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  /** The settings that hold the property, named by the role, of what the call makes. */
  of(site: CallSite, { setting }: DeleteRole): readonly string[] {
    const { out } = operandsOfSite(site);
    if (setting == null || out === null) return [];
    this.named ??= this.readAll();
    const { named } = this;
    return [...this.pointsTo.valuesOf(site.caller, out)].flatMap((made) => {
      const member = made.kind === "foreign" ? memberOfForeign(this.pointsTo, made, setting) : null;
      return member === null ? [] : (named.get(member) ?? []);
    });
  }

  private readAll(): ReadonlyMap<AbstractValue, readonly string[]> {
    const found = new Map<AbstractValue, string[]>();
    for (const site of this.pointsTo.sites.values())
      for (const { model, names } of this.models.at(site))
        for (const role of model.roles)
          if (role.kind === "settings") this.readSettings(found, site, role, names);
    return found;
  }

  private readSettings(
    found: Map<AbstractValue, string[]>,
    site: CallSite,
    { of, name, value }: Extract<Role, { kind: "settings" }>,
    names: readonly string[],
  ): void {
    const { pointsTo } = this;
    const at = (address: typeof of): readonly AbstractValue[] =>
      address === null ? [] : valuesAt(pointsTo, site, address, names);
    const given = [
      ...at(of).flatMap((object) => givenProperties(pointsTo, object)),
      { names: at(name), values: at(value) },
    ];
    for (const each of given)
      for (const held of each.values) {
        const texts = found.get(held) ?? [];
        texts.push(...foldValues(pointsTo, each.names).map((text) => `env:${text}`));
        found.set(held, texts);
      }
  }
}

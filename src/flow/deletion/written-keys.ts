/** Where keys that were made by chance are put. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { statementsAt } from "../stores/sql-sinks.js";
import { plainName } from "../stores/table-names.js";
import type { KeyOrigins } from "./key-origins.js";
import { targetsOf } from "./targets-of.js";

/** Objects within objects that a key is looked for in. */
const deepestPart = 3;

type Writing = Extract<Role, { kind: "store" | "sql" }>;

export class WrittenKeys {
  private places: ReadonlyMap<CallSite, readonly string[]> | null = null;

  constructor(
    private readonly asked: { readonly pointsTo: PointsTo; readonly models: SiteModels },
    private readonly origins: KeyOrigins,
  ) {}

  /** The stores that what these calls of chance gave is written to. */
  of(made: ReadonlySet<CallSite>): readonly string[] {
    this.places ??= this.find();
    const { places } = this;
    return [...made].flatMap((site) => places.get(site) ?? []);
  }

  /** The stores that keys are put into that are also put into one of these. */
  beside(stores: ReadonlySet<string>): readonly string[] {
    this.places ??= this.find();
    const names = new Set([...stores].map(plainName));
    return [...this.places.values()]
      .filter((places) => places.some((each) => names.has(plainName(each))))
      .flatMap((places) => places.filter((each) => !names.has(plainName(each))));
  }

  private find(): ReadonlyMap<CallSite, readonly string[]> {
    const found = new Map<CallSite, string[]>();
    const { pointsTo, models } = this.asked;
    for (const site of pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      for (const { model, names } of models.at(site))
        for (const role of model.roles) {
          if (role.kind !== "store" && role.kind !== "sql") continue;
          const made = this.chanceIn(site, role);
          if (made.length === 0) continue;
          const targets = this.targetsAt(site, role, names);
          for (const each of made) found.set(each, [...(found.get(each) ?? []), ...targets]);
        }
    }
    return found;
  }

  /** Calls of chance whose values are part of what is written. */
  private chanceIn(site: CallSite, role: Writing): readonly CallSite[] {
    const addresses = role.kind === "store" ? role.data : role.values === null ? [] : [role.values];
    return addresses
      .flatMap((address) => operandsAt(site, address))
      .flatMap((operand) => this.partsOf(site.caller, operand, 0))
      .flatMap((value) => {
        const { made, isOther } = this.origins.of(site.caller, value);
        return isOther ? [] : [...made];
      });
  }

  private partsOf(node: FunctionNode, value: ValueId, depth: number): readonly ValueId[] {
    const literal = definitionOf(node, value);
    if ((literal?.kind !== "object" && literal?.kind !== "array") || depth > deepestPart) return [value];
    return node.code.flatMap((each) =>
      each.kind === "store" && originOf(node, each.object) === literal.out
        ? this.partsOf(node, each.value, depth + 1)
        : [],
    );
  }

  private targetsAt(site: CallSite, role: Writing, names: readonly string[]): readonly string[] {
    const { pointsTo } = this.asked;
    if (role.kind === "sql")
      return statementsAt(pointsTo, site, role, names).flatMap((statement) => statement?.written ?? []);
    const named = role.target ?? role.entity;
    return named === null ? [] : targetsOf(pointsTo, site, named, names);
  }
}

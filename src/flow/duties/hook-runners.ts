/** Calls at which functions are run that were hooked to a table: what a hook does is reached from there. */
import type { Role } from "../../contracts/model.js";
import type { AbstractValue } from "../abstract-value.js";
import { valuesAt } from "../address-values.js";
import { foldValues } from "../constants.js";
import type { ModelAt } from "../model-at.js";
import type { CallSite, PointsTo } from "../points-to.js";
import type { FunctionNode } from "../program.js";
import type { SiteModels } from "../site-models.js";
import { plainName } from "../table-names.js";
import type { Tables } from "../tables.js";

type RoleOf<Kind extends Role["kind"]> = Extract<Role, { kind: Kind }>;

export class HookRunners {
  private hooks: Map<FunctionNode, Set<string>> | null = null;
  /** By table and event. */
  private readonly runners = new Map<string, CallSite[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly tables: Tables,
  ) {}

  /** The calls that run one of these functions as a hook. */
  of(functions: Iterable<FunctionNode>): CallSite[] {
    this.hooks ??= this.find();
    if (this.hooks.size === 0) return [];
    const events = [...functions].flatMap((node) => [...(this.hooks?.get(node) ?? [])]);
    return events.flatMap((event) => this.runners.get(event) ?? []);
  }

  private find(): Map<FunctionNode, Set<string>> {
    const hooks = new Map<FunctionNode, Set<string>>();
    for (const site of this.pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      for (const match of this.models.at(site))
        for (const role of match.model.roles)
          if (role.kind === "hook") this.addHook(hooks, site, match, role);
          else if (role.kind === "delete" && role.fires !== undefined && role.fires.length > 0)
            this.addRunner(site, match, role, role.fires);
    }
    return hooks;
  }

  private addHook(
    hooks: Map<FunctionNode, Set<string>>,
    site: CallSite,
    { names }: ModelAt,
    role: RoleOf<"hook">,
  ): void {
    const tables = valuesAt(this.pointsTo, site, role.of, names).flatMap((value) => this.tablesOf(value));
    const said = role.event.flatMap((address) =>
      foldValues(this.pointsTo, valuesAt(this.pointsTo, site, address, names)),
    );
    const events = role.event.length === 0 ? [""] : said;
    for (const value of valuesAt(this.pointsTo, site, role.function, names)) {
      if (value.kind !== "function") continue;
      const known = hooks.get(value.function) ?? new Set();
      hooks.set(value.function, known);
      for (const table of tables)
        for (const event of events) known.add(keyOf(table, `${role.as ?? ""} ${event}`.trim()));
    }
  }

  private addRunner(
    site: CallSite,
    { names }: ModelAt,
    { target }: RoleOf<"delete">,
    fires: readonly string[],
  ): void {
    if (target === null) return;
    const [address, ...others] = target.parts;
    if (address === undefined || typeof address === "string" || others.length > 0) return;
    const tables = valuesAt(this.pointsTo, site, address, names).flatMap((value) => this.tablesOf(value));
    for (const table of new Set(tables))
      for (const event of fires) {
        const key = keyOf(table, event);
        this.runners.set(key, [...(this.runners.get(key) ?? []), site]);
      }
  }

  /** The table that it stands for, or those that are made of the schema that it is. */
  private tablesOf(value: AbstractValue): readonly string[] {
    const { entities } = this.tables;
    const table = entities.nameOf(value);
    if (table !== null) return [table];
    return [...entities.all].filter(({ schemas }) => schemas.includes(value)).map((made) => made.table);
  }
}

function keyOf(table: string, event: string): string {
  return `${plainName(table)} ${event}`;
}

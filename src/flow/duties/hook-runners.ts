/** Calls at which functions are run that were hooked to a table: what a hook does is reached from there. */
import type { Role } from "../../contracts/model.js";
import { valuesAt } from "../models/address-values.js";
import { HookTables } from "../stores/hook-tables.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SiteModels } from "../models/site-models.js";
import type { Tables } from "../stores/tables.js";

type RoleOf<Kind extends Role["kind"]> = Extract<Role, { kind: Kind }>;

export class HookRunners {
  private hooks: Map<FunctionNode, Set<string>> | null = null;
  private readonly hookTables: HookTables;
  /** By table and event. */
  private readonly runners = new Map<string, CallSite[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    tables: Tables,
  ) {
    this.hookTables = new HookTables(pointsTo, tables);
  }

  /** The calls that run one of these functions as a hook. */
  of(functions: Iterable<FunctionNode>): CallSite[] {
    this.hooks ??= this.find();
    if (this.hooks.size === 0) return [];
    const events = [...functions].flatMap((node) => [...(this.hooks?.get(node) ?? [])]);
    return events.flatMap((event) => this.runners.get(event) ?? []);
  }

  private find(): Map<FunctionNode, Set<string>> {
    const hooks = new Map<FunctionNode, Set<string>>();
    for (const { function: node, keys } of this.hookTables.hooksIn(this.models)) {
      const known = hooks.get(node) ?? new Set();
      hooks.set(node, known);
      for (const key of keys) known.add(key);
    }
    if (hooks.size === 0) return hooks;
    for (const site of this.pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      for (const match of this.models.at(site))
        for (const role of match.model.roles)
          if (role.kind === "delete" && role.fires !== undefined && role.fires.length > 0)
            this.addRunner(site, match, role, role.fires);
    }
    return hooks;
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
    const tables = valuesAt(this.pointsTo, site, address, names).flatMap((value) =>
      this.hookTables.tablesOf(value),
    );
    for (const table of new Set(tables))
      for (const event of fires) {
        const key = this.hookTables.keyOf(table, event);
        this.runners.set(key, [...(this.runners.get(key) ?? []), site]);
      }
  }
}

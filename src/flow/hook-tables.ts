/** Functions that are hooked to tables: what is run where rows of a table are written or deleted by a call that fires an event. */
import type { Role } from "../contracts/model.js";
import type { AbstractValue } from "./abstract-value.js";
import { valuesAt } from "./address-values.js";
import { foldValues } from "./constants.js";
import type { ModelAt } from "./model-at.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import type { SiteModels } from "./site-models.js";
import { plainName } from "./table-names.js";
import type { Tables } from "./tables.js";

type HookRole = Extract<Role, { kind: "hook" }>;

export interface FoundHook {
  readonly role: HookRole;
  readonly function: FunctionNode;
  /** Tables and events. */
  readonly keys: readonly string[];
}

export class HookTables {
  constructor(
    private readonly pointsTo: PointsTo,
    private readonly tables: Tables,
  ) {}

  hooksIn(models: SiteModels): FoundHook[] {
    const found: FoundHook[] = [];
    for (const site of this.pointsTo.sites.values())
      if (site.foreign.size > 0)
        for (const match of models.at(site))
          for (const role of match.model.roles)
            if (role.kind === "hook") found.push(...this.hooksAt(site, match, role));
    return found;
  }

  hooksAt(site: CallSite, { names }: ModelAt, role: HookRole): FoundHook[] {
    const tables = valuesAt(this.pointsTo, site, role.of, names).flatMap((value) => this.tablesOf(value));
    const said = role.event.flatMap((address) =>
      foldValues(this.pointsTo, valuesAt(this.pointsTo, site, address, names)),
    );
    const events = role.event.length === 0 ? [""] : said;
    const keys = tables.flatMap((table) =>
      events.map((event) => this.keyOf(table, `${role.as ?? ""} ${event}`.trim())),
    );
    return valuesAt(this.pointsTo, site, role.function, names).flatMap((value) =>
      value.kind === "function" ? [{ role, function: value.function, keys }] : [],
    );
  }

  /** The table that it stands for, or those that are made of the schema that it is. */
  tablesOf(value: AbstractValue): readonly string[] {
    const { entities } = this.tables;
    const table = entities.nameOf(value);
    if (table !== null) return [table];
    return [...entities.all].filter(({ schemas }) => schemas.includes(value)).map((made) => made.table);
  }

  keyOf(table: string, event: string): string {
    return `${plainName(table)} ${event}`;
  }
}

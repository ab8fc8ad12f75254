/** Where handlers are handed to what runs them in order (an app, a router, a hook list), and what is mounted where. */
import type { Address, Role } from "../../contracts/model.js";
import type { AbstractValue } from "../abstract-value.js";
import { foldParts, valuesAt } from "../address-values.js";
import type { CallSite, PointsTo } from "../points-to.js";
import type { SiteModels } from "../site-models.js";

type HandlesRole = Extract<Role, { kind: "handles" }>;
type MountsRole = Extract<Role, { kind: "mounts" }>;

export interface Registration {
  readonly site: CallSite;
  readonly role: HandlesRole;
  readonly chains: readonly AbstractValue[];
  /** The address that it is for; null where it is for all, `*` for what cannot be told. */
  readonly path: string | null;
}

export interface Mount {
  readonly site: CallSite;
  readonly parents: readonly AbstractValue[];
  readonly path: string | null;
}

export class Registrations {
  private readonly byChain = new Map<AbstractValue, Registration[]>();
  private readonly bySite = new Map<CallSite, Registration[]>();
  private readonly mounts = new Map<AbstractValue, Mount[]>();

  constructor(
    private readonly pointsTo: PointsTo,
    models: SiteModels,
  ) {
    for (const site of pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      for (const { model, names } of models.at(site))
        for (const role of model.roles) {
          if (role.kind === "handles") this.addHandlers(site, role, names);
          else if (role.kind === "mounts") this.addMount(site, role, names);
        }
    }
  }

  get all(): readonly Registration[] {
    return [...this.bySite.values()].flat();
  }

  of(chain: AbstractValue): readonly Registration[] {
    return this.byChain.get(chain) ?? [];
  }

  at(site: CallSite): readonly Registration[] {
    return this.bySite.get(site) ?? [];
  }

  mountsOf(chain: AbstractValue): readonly Mount[] {
    return this.mounts.get(chain) ?? [];
  }

  isChain(value: AbstractValue): boolean {
    return this.byChain.has(value);
  }

  private addHandlers(site: CallSite, role: HandlesRole, names: readonly string[]): void {
    const chains = valuesAt(this.pointsTo, site, role.chain, names);
    const registration = { site, role, chains, path: this.pathOf(site, role.path, names) };
    push(this.bySite, site, registration);
    for (const chain of chains) push(this.byChain, chain, registration);
  }

  private addMount(site: CallSite, role: MountsRole, names: readonly string[]): void {
    const parents = valuesAt(this.pointsTo, site, role.in, names);
    const mount = { site, parents, path: this.pathOf(site, role.path, names) };
    for (const address of role.chain)
      for (const chain of valuesAt(this.pointsTo, site, address, names)) push(this.mounts, chain, mount);
  }

  private pathOf(site: CallSite, path: Address | null, names: readonly string[]): string | null {
    if (path === null) return null;
    const values = valuesAt(this.pointsTo, site, path, names);
    const isText = values.some(
      (value) => value.kind === "computed" || (value.kind === "constant" && typeof value.value === "string"),
    );
    return isText ? foldParts(this.pointsTo, site, [path], names) : null;
  }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

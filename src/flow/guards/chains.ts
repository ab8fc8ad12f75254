/**
 * Handlers that run in order: what runs before a handler, in the same registration, earlier on the same app or
 * router, or where that is mounted. A handler before it guards if it hands on only where a guard took effect.
 */
import type { AbstractValue } from "../abstract-value.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to.js";
import type { IneffectiveGuard } from "../../contracts/flow.js";
import type { FunctionNode } from "../program.js";
import { locationOf } from "../program.js";
import type { SiteModels } from "../site-models.js";
import { Continuing } from "./continuing.js";
import { handlersOf } from "./handlers-given.js";
import type { OpenWays } from "./open-ways.js";
import { runsBefore } from "./order-of-sites.js";
import type { Mount, Registration } from "./registrations.js";
import { Registrations } from "./registrations.js";
import { isUnder, joinPaths } from "./route-paths.js";

const deepest = 8;

export class Chains {
  private known: Registrations | null = null;

  constructor(
    readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {}

  get registrations(): Registrations {
    return (this.known ??= new Registrations(this.pointsTo, this.models));
  }

  /** Is the handler only run behind a guard? */
  isGuarded({ site, callee }: CallbackEdge, open: OpenWays): boolean {
    const registrations = this.registrations.at(site);
    return (
      registrations.length > 0 &&
      registrations.every((registration) => this.isBehindGuard(registration, callee, open))
    );
  }

  /** The address of a route with those that its router is mounted under, where they can be told. */
  wholePath(site: CallSite, path: string): string {
    const [registration] = this.registrations.at(site);
    let whole = joinPaths(null, path);
    let [chain] = registration?.chains ?? [];
    for (let depth = 0; chain !== undefined && depth < deepest; depth++) {
      const [mount, ...others] = this.registrations.mountsOf(chain);
      if (mount === undefined || others.length > 0) break;
      whole = joinPaths(mount.path, whole);
      [chain] = mount.parents;
    }
    return whole;
  }

  /** Guards that are registered, but not before the handler of this registration. */
  guardsElsewhere(site: CallSite | null, open: OpenWays): IneffectiveGuard[] {
    if (site === null || this.registrations.at(site).length === 0) return [];
    const own = new Set(this.registrations.at(site).flatMap(({ chains }) => chains));
    return this.registrations.all.flatMap((each) => {
      const handlers = handlersOf(this.pointsTo, each.site);
      const place = handlers.findIndex((handler) => this.isGuard(handler, each.role, open));
      const guard = handlers[place]?.[0];
      if (guard === undefined || !("graph" in guard)) return [];
      const isSame = each.site === site || each.chains.some((chain) => own.has(chain));
      if (!isSame && each.role.scope === "own") return [];
      return [
        {
          name: guard.graph.name,
          reason: isSame && each.path === null ? ("too-late" as const) : ("other-scope" as const),
          location: locationOf(each.site.caller, each.site.instruction.at),
        },
      ];
    });
  }

  private isBehindGuard(registration: Registration, handler: FunctionNode, open: OpenWays): boolean {
    const { site, chains, path } = registration;
    if (this.isGuardedWithin(registration, handler, open)) return true;
    return chains.length > 0 && chains.every((chain) => this.isGuardedOn(chain, site, path ?? "/", open, 0));
  }

  /** By a handler before it in the same call. */
  private isGuardedWithin(
    { site, role }: Registration,
    until: FunctionNode | AbstractValue | null,
    open: OpenWays,
  ): boolean {
    for (const handler of handlersOf(this.pointsTo, site)) {
      if (until !== null && handler.includes(until)) return false;
      if (this.isGuard(handler, role, open)) return true;
    }
    return false;
  }

  /** All functions that may stand in one place of the list hand on only behind a guard. */
  private isGuard(
    handler: readonly (FunctionNode | AbstractValue)[],
    role: Registration["role"],
    open: OpenWays,
  ): boolean {
    const continuing = new Continuing(open);
    return handler.length > 0 && handler.every((each) => "graph" in each && continuing.isGuard(each, role));
  }

  /** By what was registered before on the same object, or where that is mounted. */
  private isGuardedOn(
    chain: AbstractValue,
    site: CallSite,
    path: string,
    open: OpenWays,
    depth: number,
  ): boolean {
    if (depth > deepest) return false;
    const before = this.registrations.of(chain).some((each) => {
      if (each.role.scope === "own" || each.site === site || !isUnder(path, each.path)) return false;
      if (each.role.scope === "later" && !runsBefore(this.pointsTo, each.site, site)) return false;
      return handlersOf(this.pointsTo, each.site).some((handler) => this.isGuard(handler, each.role, open));
    });
    if (before) return true;
    const mounts = this.registrations.mountsOf(chain);
    return mounts.length > 0 && mounts.every((mount) => this.isMountGuarded(chain, mount, path, open, depth));
  }

  private isMountGuarded(
    chain: AbstractValue,
    { site, parents, path }: Mount,
    below: string,
    open: OpenWays,
    depth: number,
  ): boolean {
    const within = this.registrations
      .at(site)
      .some((registration) => this.isGuardedWithin(registration, chain, open));
    if (within) return true;
    const whole = joinPaths(path, below);
    return (
      parents.length > 0 && parents.every((parent) => this.isGuardedOn(parent, site, whole, open, depth + 1))
    );
  }
}

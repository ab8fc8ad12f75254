/**
 * Handlers that run in order: what runs before a handler, in the same registration, earlier on the same app or
 * router, or where that is mounted. What runs before it guards it if it hands on only where a guard took effect, for
 * every request that the handler is for, and no handler of errors brings the request back on its way.
 */
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { functionPlace } from "../../models/function-addresses.js";
import type { CallbackEdge, CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";
import { originOf } from "../../paths/value-places.js";
import { AnsweredWays } from "./answered-ways.js";
import { HandlerWays, isMarkedByName } from "./handler-ways.js";
import { EntryGuards } from "../entries/entry-guards.js";
import { isRunForAll } from "./handled-requests.js";
import type { Handler } from "./handlers-given.js";
import type { OpenWays } from "../open-ways.js";
import { runsBefore } from "./order-of-sites.js";
import type { Mount, Registration } from "./registrations.js";
import { Registrations } from "./registrations.js";
import type { Before, Coming } from "./route-ways.js";
import { RouteWays } from "./route-ways.js";
import type { Requests } from "./told-requests.js";
import { requestsOf, ToldRequests } from "./told-requests.js";
import { rescuersOf } from "./rescuers.js";
import type { Passage } from "../open-way.js";
import { anyPath, below, joinPaths, takesIn } from "./route-paths.js";

const deepest = 8;

export class Chains {
  private known: Registrations | null = null;
  private readonly answered: AnsweredWays;
  private knownTold: ToldRequests | null = null;
  private knownWays: HandlerWays | null = null;
  private knownEntries: EntryGuards | null = null;
  private readonly routeWays = new RouteWays();

  constructor(
    readonly pointsTo: PointsTo,
    readonly models: SiteModels,
  ) {
    this.answered = new AnsweredWays(pointsTo, models);
  }

  get registrations(): Registrations {
    return (this.known ??= new Registrations(this.pointsTo, this.models));
  }

  /** What decorators and conventions of files make entries, and what runs before them. */
  get entries(): EntryGuards {
    return (this.knownEntries ??= new EntryGuards(this.pointsTo, this.registrations, this.answered, (site) =>
      this.models.at(site),
    ));
  }

  get told(): ToldRequests {
    return (this.knownTold ??= new ToldRequests(this.pointsTo, this.registrations));
  }

  get ways(): HandlerWays {
    return (this.knownWays ??= new HandlerWays(this.told, this.answered));
  }

  /** Is the handler only run behind a guard, or is a way through it closed for the requests that it is run for? */
  isGuarded(edge: CallbackEdge, way: readonly Passage[], open: OpenWays): boolean {
    const { site, callee } = edge;
    const all = this.registrations.at(site);
    if (this.registrations.isLeftOut(site, callee)) return true;
    const own = all.filter(({ handlers }) => handlers.some(({ values }) => values.includes(callee)));
    // One that says for which requests its handlers are says more than one for all that are left.
    const named = own.filter(({ role }) => role.called !== null);
    const registrations = named.length > 0 ? named : own.length > 0 ? own : all;
    if (registrations.length === 0 || registrations.every((each) => isApart(each, edge))) return false;
    return [open, ...this.asMade(site, open)].some((ways) =>
      registrations.every((registration) => this.isBehindGuard(registration, callee, way, ways)),
    );
  }

  /** With what the call was given that made what the handler is registered on: `asks("before").mutation(…)`. */
  private asMade({ caller, instruction }: CallSite, open: OpenWays): OpenWays[] {
    let receiver = instruction.kind === "call" ? instruction.receiver : null;
    for (let hops = 0; receiver !== null && hops < deepest; hops++) {
      const definition = caller.definitions[originOf(caller, receiver)];
      if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return [];
      const site = this.pointsTo.findSite(caller, definition.point);
      const [edge, ...others] = site === undefined ? [] : [...site.edges.values()];
      if (edge !== undefined && others.length === 0) {
        const given = open.calledFrom(edge);
        return given === null ? [] : [given];
      }
      receiver = definition.instruction.receiver;
    }
    return [];
  }

  /** The address of a route with those that its router is mounted under, where they can be told. */
  wholePath(site: CallSite, handler: FunctionNode): string {
    const registration = this.routeOf(site, handler) ?? this.registrations.at(site)[0];
    return registration === undefined ? "" : this.pathOf(registration);
  }

  /** The same of a registration. */
  pathOf({ places, paths }: Registration): string {
    let [place] = places;
    let whole = joinPaths(place?.prefix ?? "", paths?.[0] ?? "");
    for (let depth = 0; place !== undefined && depth < deepest; depth++) {
      const [mount, ...others] = this.mountsOf(place.chain);
      if (mount === undefined || others.length > 0) break;
      [place] = "parents" in mount ? mount.parents : mount.places;
      whole = joinPaths(joinPaths(place?.prefix ?? "", mount.paths?.[0] ?? ""), whole);
    }
    return whole;
  }

  /** The registration of a handler that says for which addresses it is, if its call makes one. */
  routeOf(site: CallSite, handler: FunctionNode): Registration | undefined {
    const routes = this.registrations.at(site).filter(({ paths }) => paths !== null);
    return (
      routes.find(({ handlers }) => handlers.some(({ values }) => values.includes(handler))) ?? routes[0]
    );
  }

  private isBehindGuard(
    registration: Registration,
    handler: FunctionNode,
    way: readonly Passage[],
    open: OpenWays,
  ): boolean {
    const { places } = registration;
    if (this.isGuardedWithin(registration, handler, null, open)) return true;
    return (
      places.length > 0 &&
      places.every(({ chain, prefix }) =>
        requestsOf(registration, prefix).every((requests) => {
          const coming = { registration, requests, chain, handler };
          return (
            this.routeWays.isGuarded(coming, open, () => this.isGuardedOnWay(coming, registration, open)) ||
            this.isClosed(way, coming, open)
          );
        }),
      )
    );
  }

  private isGuardedOnWay(
    { registration, requests, chain, handler }: Coming,
    of: Registration | undefined,
    open: OpenWays,
  ): boolean {
    const { site, role } = registration;
    const before = { chain, site, requests, isLast: role.last, depth: 0 };
    return (
      this.isGuardedWithin(registration, handler, requests, open) ||
      this.isGuardedOn(of === undefined ? before : { ...before, of }, open)
    );
  }

  /** With what is known of the requests, the way does not lead through. */
  private isClosed(way: readonly Passage[], coming: Coming, open: OpenWays): boolean {
    const given = this.waysInside(coming, open);
    return way.some(({ node, point }) => !given.isOpenAt(node, point));
  }

  private waysInside(coming: Coming, open: OpenWays): OpenWays {
    return this.routeWays.inside(coming, open, () => {
      const hasPassed = (places: readonly Passage[]): boolean =>
        this.isGuardedOnWay(coming, undefined, open.past(places));
      return (
        open.exceptedIn((plain) => this.waysInside(coming, plain)) ??
        open.given(this.told.inside(coming.requests, hasPassed))
      );
    });
  }

  /** By a handler before it in the same call. */
  isGuardedWithin(
    registration: Registration,
    until: FunctionNode | AbstractValue,
    requests: Requests | null,
    open: OpenWays,
  ): boolean {
    if (registration.role.any) return false;
    const { handlers } = registration;
    const end = handlers.findIndex(({ values }) => values.some((value) => this.isSame(value, until)));
    const before = end === -1 ? handlers : handlers.slice(0, end);
    return before.some(
      (handler, index) =>
        !this.ways.isForErrors(handler, registration, open) &&
        !this.handsOn(handler, registration, open, requests) &&
        !(
          this.ways.fails(handler, registration, open) &&
          before.slice(index + 1).some((each) => this.ways.rescues(each, registration, open))
        ),
    );
  }

  private isSame(value: FunctionNode | AbstractValue, until: FunctionNode | AbstractValue): boolean {
    if (value === until) return true;
    return !("graph" in value) && !("graph" in until) && this.registrations.placeOf(value).chain === until;
  }

  /** By what was registered before on the same object, or where that is mounted. */
  private isGuardedOn(before: Before, open: OpenWays): boolean {
    const { chain, depth } = before;
    if (depth > deepest) return false;
    if (open.question.isGuard?.(chain) === true) return true;
    const isGuarded = this.registrations
      .on(chain)
      .some((each) =>
        each.kind === "mount"
          ? this.isPassedMountGuarded(each, before, open)
          : this.isRegistrationGuarding(each, before, open),
      );
    if (isGuarded) return true;
    const mounts = this.mountsOf(chain);
    return mounts.length > 0 && mounts.every((mount) => this.isMountGuarded(mount, before, open));
  }

  /** Where a chain is mounted or given to as a handler. */
  mountsOf(chain: AbstractValue): readonly (Mount | Registration)[] {
    const origins = this.registrations.originsOf(chain);
    // What is made of another begins with that, and what it is made into is no place where it stands.
    return origins.length > 0
      ? origins
      : [...this.registrations.mountsOf(chain), ...this.registrations.givenTo(chain)];
  }

  private isRegistrationGuarding(each: Registration, before: Before, open: OpenWays): boolean {
    const { site, chain, requests } = before;
    const { scope } = each.role;
    if (scope === "own" || scope === "entries") return false;
    // What one call adds for the way in, or for all, is run before what it adds for the way out, or for one.
    const isOther = before.of !== undefined && each !== before.of;
    if (each.site === site && !(isOther && (scope === "all" || (before.isLast && !each.role.last))))
      return false;
    if (!this.isFor(each, chain, requests) || this.isPassed(each, requests, open, before.depth)) return false;
    const isBefore =
      scope === "all" || (before.isLast && !each.role.last) || runsBefore(this.pointsTo, each.site, site);
    return isBefore && !this.isRescued(each, before, open);
  }

  /** Is it run for all of the requests? */
  isFor(each: Registration, chain: AbstractValue, requests: Requests): boolean {
    return isRunForAll(each, chain, requests, (inner) => this.mountsOf(inner));
  }

  /** May a request come past all of its handlers, where no guard took effect? */
  private isPassed(each: Registration, requests: Requests, open: OpenWays, depth: number): boolean {
    const { handlers, role } = each;
    const normal = handlers.filter((handler) => !this.ways.isForErrors(handler, each, open));
    if (role.any) return normal.length === 0 || normal.some((one) => this.handsOn(one, each, open, requests));
    for (const handler of normal) {
      if (this.ways.skips(handler, each, 0, open)) return true;
      if (!this.handsOn(handler, each, open, requests, depth)) return false;
    }
    return true;
  }

  handsOn(
    { values, name, instead }: Handler,
    each: Registration,
    open: OpenWays,
    requests: Requests | null = null,
    depth = 0,
  ): boolean {
    if (instead === null) return true;
    if (instead.length > 0) return instead.some((one) => this.handsOn(one, each, open, requests, depth));
    if (isMarkedByName(name, open)) return false;
    return values.some((value) =>
      "graph" in value
        ? this.ways.handsOn(value, each, requests, open)
        : open.question.isGuard?.(value) !== true &&
          this.isChainPassed(
            value,
            // Under a whole address nothing is cut off for what is inside.
            each.role.match === "prefix" ? each.paths : null,
            requests,
            open,
            depth + 1,
          ),
    );
  }

  /** A guard that refuses by an error, and a handler of errors between it and the handler that lets the request go on. */
  private isRescued(guard: Registration, { chain, site, requests }: Before, open: OpenWays): boolean {
    const place = { chain, site, path: requests.path };
    return rescuersOf(this.registrations, this.ways, guard, place, open).length > 0;
  }

  /** A chain that stands before the handler: may a request come out of it again, past no guard? */
  private isChainPassed(
    value: AbstractValue,
    paths: readonly string[] | null,
    requests: Requests | null,
    open: OpenWays,
    depth: number,
  ): boolean {
    const { chain } = this.registrations.placeOf(value);
    if (this.registrations.isRefusing(chain)) return false;
    if (!this.registrations.isChain(chain) || depth > deepest) return true;
    const on = this.registrations.on(chain);
    const isLeft = on.some(
      (each) =>
        each.kind === "registration" &&
        each.handlers.some((handler) => this.ways.skips(handler, each, 1, open)),
    );
    if (isLeft) return true;
    const isMadeOfGuard = this.registrations
      .originsOf(chain)
      .some(({ parents }) =>
        parents.some((parent) => !this.isChainPassed(parent.chain, null, requests, open, depth + 1)),
      );
    if (isMadeOfGuard) return false;
    const whole = requests?.path ?? anyPath;
    const inside =
      paths === null || requests === null ? [whole] : paths.flatMap((path) => below(path, whole) ?? []);
    return !inside.some((path) =>
      on.some((each) => {
        const route = requests?.route ?? (each.kind === "registration" ? each : null);
        if (route === null) return false;
        const given = { route, method: requests?.method ?? null, path, written: path };
        return this.isPassingGuarded(each, chain, given, open, depth);
      }),
    );
  }

  private isMountPassed(mount: Mount, requests: Requests, open: OpenWays, depth: number): boolean {
    return !mayComeTo(mount, requests) || this.isChainPassed(mount.chain, mount.paths, requests, open, depth);
  }

  private isPassingGuarded(
    each: Registration | Mount,
    chain: AbstractValue,
    requests: Requests,
    open: OpenWays,
    depth: number,
  ): boolean {
    if (each.kind === "mount") return !this.isMountPassed(each, requests, open, depth + 1);
    return (
      each.role.scope === "later" &&
      this.isFor(each, chain, requests) &&
      !this.isPassed(each, requests, open, depth + 1)
    );
  }

  /** What is mounted before the handler guards it if no request comes out of it past a guard. */
  private isPassedMountGuarded(mount: Mount, { site, requests, depth }: Before, open: OpenWays): boolean {
    return (
      mount.site !== site &&
      !this.isMountPassed(mount, requests, open, depth + 1) &&
      runsBefore(this.pointsTo, mount.site, site)
    );
  }

  private isMountGuarded(
    mount: Mount | Registration,
    { chain, requests, depth }: Before,
    open: OpenWays,
  ): boolean {
    if (mount.kind === "registration" && this.isGuardedWithin(mount, chain, null, open)) return true;
    const { site } = mount;
    const parents = mount.kind === "mount" ? mount.parents : mount.places;
    return (
      parents.length > 0 &&
      parents.every((parent) =>
        (mount.paths ?? [""]).every((path) => {
          const written = joinPaths(parent.prefix, path);
          const isWhole = mount.kind === "mount" && mount.isWhole && requests.path === anyPath;
          const above = { ...requests, path: isWhole ? written : joinPaths(written, requests.path), written };
          const inside = {
            chain: parent.chain,
            site,
            requests: above,
            of: mount,
            isLast: false,
            depth: depth + 1,
          };
          return this.isGuardedOn(inside, open);
        }),
      )
    );
  }
}

function mayComeTo({ paths, isWhole }: Mount, { path }: Requests): boolean {
  return !isWhole || paths === null || paths.some((each) => takesIn(each, "exact", path));
}

/** It is no handler in the order, but run besides: when the answer is sent, or when a handler has failed. */
function isApart({ handlers, role }: Registration, { address, callee }: CallbackEdge): boolean {
  if (role.handlers.length === 0 || handlers.some(({ values }) => values.includes(callee))) return false;
  return !role.handlers.some((each) => {
    const place = functionPlace(each, each.steps.length).text;
    return address === place || address.startsWith(`${place}[`) || each.root.kind === "arguments";
  });
}

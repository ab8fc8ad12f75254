/** The facts that a route's registration gives for what runs before its handler, and for the handler itself. */
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { valuesAt } from "../../models/address-values.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { readModels } from "../../models/read-flows.js";
import { directivesAskedAt, directivesAt } from "./type-definitions.js";
import { functionsThatReach } from "../functions-that-reach.js";
import type { Known, Written } from "./given-facts.js";
import { runsBefore } from "./order-of-sites.js";
import type { Mount, Registration, Registrations } from "./registrations.js";
import type { ToldRequest } from "./request-facts.js";
import { nothingTold, RequestFacts } from "./request-facts.js";
import { anyPath, below, joinPaths, mayTakeIn } from "./route-paths.js";

/** The requests that a handler is for, as seen from a chain that they come through. */
export interface Requests {
  /** The registration of the handler. */
  readonly route: Registration;
  /** Null: whatever their method. */
  readonly method: string | null;
  readonly path: string;
  /** The part of the address that is written at the place that is looked at. */
  readonly written: string;
}

/** What of a request decides which handlers it comes to. */
type Addressed = Pick<Requests, "path" | "method">;

const deepest = 8;

export class ToldRequests {
  private readonly made: RequestFacts;
  private readers: ReadonlySet<number> | null = null;
  private handlers: ReadonlySet<FunctionNode> | null = null;
  private numbers = 0;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly registrations: Registrations,
  ) {
    this.made = new RequestFacts("made", pointsTo, nothingTold);
  }

  /** What is known when a handler of a registration runs for the requests; null: no more than for any run. */
  before(handler: FunctionNode, each: Registration, requests: Requests | null): RequestFacts | null {
    if (requests === null || !(each.role.tells.length > 0 || this.isReader(handler)))
      return handler.graph.captures.length > 0 ? this.made : null;
    const { method, route } = requests;
    const path = ownPath(each, requests.path);
    const isRoot = each.places.every(({ chain }) => this.parentsOf(chain).length === 0);
    const url = isRoot ? requests.path : null;
    const { tells } = each.role;
    const told = tells.length === 0 ? "" : String(handler.index);
    const key = `${method ?? ""} ${path ?? ""} ${url ?? ""} ${route.site.id} ${route.called} ${told}`;
    const places = { handler, tells };
    return new RequestFacts(key, this.pointsTo, { ...this.toldBy(route), method, path, url, places });
  }

  /** What is known when the handler itself runs. `hasPassed`: are some places surely behind it then? */
  inside(requests: Requests, hasPassed: (places: readonly Written[]) => boolean): RequestFacts {
    const { method, route, path } = requests;
    let before: ReadonlyMap<FunctionNode, Registration> | null = null;
    const isRoot = route.places.every(({ chain }) => this.parentsOf(chain).length === 0);
    return new RequestFacts(`inside ${String(this.numbers++)}`, this.pointsTo, {
      ...this.toldBy(route),
      method,
      path: ownPath(route, path),
      url: isRoot ? path : null,
      hasPassed,
      mayHaveRun: (writer) => {
        const handler = this.handlerAround(writer);
        return handler === null || (before ??= this.handlersBefore(requests)).has(handler);
      },
    });
  }

  private toldBy({ role, site, called, paths }: Registration): ToldRequest {
    const { config, definitions } = role;
    const directive = (name: string): boolean | null => {
      const [path, ...others] = paths ?? [];
      if (definitions === null || path === undefined || others.length > 0) return null;
      return directivesAt(this.pointsTo, site, definitions)?.get(path)?.has(name) ?? null;
    };
    if (config.length === 0) return { ...nothingTold, kind: called, directive };
    const said = config.map((address) => valuesAt(this.pointsTo, site, address));
    const among = said.filter((values) => values.length > 0);
    return {
      ...nothingTold,
      kind: called,
      directive,
      config: (name) => {
        const telling = among.find((values) => values.some((value) => this.mayHave(value, name)));
        return this.property(telling ?? [], name);
      },
    };
  }

  private mayHave(value: AbstractValue, name: string): boolean {
    const fields = this.pointsTo.fieldsOf(value);
    return value.kind !== "object" || fields.has(name) || (fields.get("[]")?.values.size ?? 0) > 0;
  }

  private property([object, ...others]: readonly AbstractValue[], name: string): Known | null {
    if (others.length > 0) return null;
    if (object === undefined) return { value: undefined, isTold: true };
    const fields = this.pointsTo.fieldsOf(object);
    if (object.kind !== "object" || (fields.get("[]")?.values.size ?? 0) > 0) return null;
    const [only, ...more] = [...(fields.get(name)?.values ?? [])];
    if (more.length > 0) return null;
    if (only === undefined) return fields.has(name) ? null : { value: undefined, isTold: true };
    return only.kind === "constant" ? { value: only.value, isTold: true } : null;
  }

  /** It reads what is told of a request, or calls what does. */
  private isReader(node: FunctionNode): boolean {
    this.readers ??= functionsThatReach(
      this.pointsTo,
      this.pointsTo.program.functions.filter((each) => this.readsRequest(each)),
    );
    return this.readers.has(node.index);
  }

  private readsRequest(node: FunctionNode): boolean {
    return node.code.some((each, point) => {
      if (each.kind === "call") {
        const site = this.pointsTo.findSite(node, point);
        return site !== undefined && directivesAskedAt(this.pointsTo, site).length > 0;
      }
      return (
        each.kind === "load" &&
        each.property.kind === "name" &&
        /^(?:method|path|url|originalUrl|config|routePath)$/u.test(each.property.name) &&
        readModels(this.pointsTo, node, each.object, each.property.name).models.some(({ model }) =>
          model.roles.some(({ kind }) => kind === "route"),
        )
      );
    });
  }

  private parentsOf(chain: AbstractValue): readonly (Mount | Registration)[] {
    const { registrations } = this;
    return [
      ...registrations.mountsOf(chain),
      ...registrations.givenTo(chain),
      ...registrations.originsOf(chain),
    ];
  }

  /** The handler that a function is, or stands in. */
  private handlerAround(node: FunctionNode): FunctionNode | null {
    this.handlers ??= new Set(this.registrations.all.flatMap(functionsOf));
    for (let current: FunctionNode | undefined = node; current !== undefined;) {
      if (this.handlers.has(current)) return current;
      current =
        current.graph.parent === null
          ? undefined
          : this.pointsTo.program.functionIn(current, current.graph.parent);
    }
    return null;
  }

  /** Functions that may run before the route's handler, and all of its own registration: each with where it stands. */
  handlersBefore({ route, path, method }: Requests): ReadonlyMap<FunctionNode, Registration> {
    const found = new Map<FunctionNode, Registration>();
    addOwn(route, found);
    for (const { chain } of route.places) this.addBefore(chain, route.site, { path, method }, found, 0);
    return found;
  }

  private addBefore(
    chain: AbstractValue,
    site: CallSite,
    { path, method }: Addressed,
    found: Map<FunctionNode, Registration>,
    depth: number,
  ): void {
    if (depth > deepest) return;
    const request = { path, method };
    for (const each of this.registrations.on(chain)) {
      if (each.kind === "mount" || each.role.scope === "own" || each.site === site) continue;
      const prefix = each.places.find((place) => place.chain === chain)?.prefix ?? "";
      const isPossible = mayBeFor(each, prefix, request);
      const isLater = isPossible && each.role.scope !== "all" && runsBefore(this.pointsTo, site, each.site);
      if (isPossible && !isLater) this.addAll(each, prefix, request, found, depth);
    }
    for (const mount of this.parentsOf(chain)) {
      if (mount.kind === "registration") addOwn(mount, found);
      for (const parent of mount.kind === "mount" ? mount.parents : mount.places)
        for (const written of mount.paths ?? [""])
          this.addBefore(
            parent.chain,
            mount.site,
            { method, path: joinPaths(joinPaths(parent.prefix, written), path) },
            found,
            depth + 1,
          );
    }
  }

  /** Also those of the chains among the handlers that the request may come to. */
  private addAll(
    each: Registration,
    prefix: string,
    request: Addressed,
    found: Map<FunctionNode, Registration>,
    depth: number,
  ): void {
    addOwn(each, found);
    const addresses = (each.paths ?? [""]).map((path) => joinPaths(prefix, path));
    for (const value of each.handlers.flatMap(({ values }) => values)) {
      if ("graph" in value || depth >= deepest) continue;
      const { chain } = this.registrations.placeOf(value);
      for (const inner of this.registrations.on(chain)) {
        if (inner.kind !== "registration") continue;
        const below = inner.places.find((place) => place.chain === chain)?.prefix ?? "";
        for (const address of addresses.map((each) => joinPaths(each, below)))
          if (mayBeFor(inner, address, request)) this.addAll(inner, address, request, found, depth + 1);
      }
    }
  }
}

/** The registration may be asked about the request, where it lies below a prefix. */
function mayBeFor(
  { methods, paths, role }: Registration,
  prefix: string,
  { path, method }: Addressed,
): boolean {
  return (
    (methods === null || method === null || methods.includes(method)) &&
    (paths === null || paths.some((address) => mayTakeIn(joinPaths(prefix, address), role.match, path)))
  );
}

function functionsOf({ handlers }: Registration): FunctionNode[] {
  return handlers.flatMap(({ values }) => values.flatMap((value) => ("graph" in value ? [value] : [])));
}

function addOwn(each: Registration, found: Map<FunctionNode, Registration>): void {
  for (const node of functionsOf(each)) if (!found.has(node)) found.set(node, each);
}

/** What a handler sees of the address: what is below the one that it was given for. */
function ownPath({ paths, role }: Registration, path: string): string | null {
  if (paths === null || role.match !== "prefix") return path;
  const [only, ...others] = paths;
  return only === undefined || others.length > 0 ? null : below(only, path);
}

/** The requests of a registration, by method and address. */
export function requestsOf(route: Registration, prefix: string): Requests[] {
  const { methods, paths, role } = route;
  return (methods ?? [null]).flatMap((method) =>
    (paths ?? [""]).map((path) => {
      const written = joinPaths(prefix, path);
      const isWhole = paths !== null && role.match !== "prefix";
      return { route, method, written, path: isWhole ? written : joinPaths(written, anyPath) };
    }),
  );
}

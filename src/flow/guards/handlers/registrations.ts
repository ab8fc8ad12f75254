/** Where handlers are handed to what runs them in order (an app, a router, a hook list), and what is mounted where. */
import type { Address, Role } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { valuesAt } from "../../models/address-values.js";
import { constantTexts, methodsAt, pathsAt } from "./addresses-given.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { SiteModels } from "../../models/site-models.js";
import type { Handler } from "./handlers-given.js";
import { handlersOf } from "./handlers-given.js";
import { handlersAround } from "./handlers-around.js";
import { listedHandlers } from "./listed-handlers.js";
import { namedHandlers } from "./named-handlers.js";
import { roundsOf } from "./element-rounds.js";
import { anyPath, joinPaths, unknownPath } from "./route-paths.js";

type HandlesRole = Extract<Role, { kind: "handles" }>;
type MountsRole = Extract<Role, { kind: "mounts" }>;

/** An object that runs handlers, and the address that all of what is registered is below. */
export interface Place {
  readonly chain: AbstractValue;
  readonly prefix: string;
}

export interface Registration {
  readonly kind: "registration";
  readonly site: CallSite;
  readonly role: HandlesRole;
  /** What the wildcards of the model's path stand for. */
  readonly names: readonly string[];
  /** The name that is called: `post`, `mutation`. */
  readonly called: string;
  readonly handlers: readonly Handler[];
  readonly places: readonly Place[];
  /** The addresses that it is for; null where it is for all. */
  readonly paths: readonly string[] | null;
  /** Addresses on the chain that it is not for. */
  readonly except: readonly string[];
  /** Whole addresses that it is not for, with those that the chain is mounted under. */
  readonly exceptWhole: readonly string[];
  /** The methods that it is for; null where it is for all. */
  readonly methods: readonly string[] | null;
  readonly parameter: string | null;
  /** What its handlers reject with comes to no handler of errors. */
  readonly isEscaping: boolean;
}

export interface Mount {
  readonly kind: "mount";
  readonly site: CallSite;
  readonly chain: AbstractValue;
  readonly parents: readonly Place[];
  readonly paths: readonly string[] | null;
  /** Only for the addresses themselves. */
  readonly isWhole: boolean;
}

export class Registrations {
  private readonly byChain = new Map<AbstractValue, (Registration | Mount)[]>();
  private readonly bySite = new Map<CallSite, Registration[]>();
  private readonly mounts = new Map<AbstractValue, Mount[]>();
  /** Registrations among whose handlers a chain stands. */
  private readonly given = new Map<AbstractValue, Registration[]>();
  private readonly aliases = new Map<AbstractValue, Place>();
  /** What chains are made of. */
  private readonly origins = new Map<AbstractValue, Mount[]>();
  private readonly starts = new Map<AbstractValue, CallSite[]>();
  /** Of calls that are made in rounds, the functions that are handed over in none of them. */
  private readonly leftOut = new Map<CallSite, ReadonlySet<FunctionNode>>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
  ) {
    this.forRole("prefix", (site, role, names) => {
      const [of] = valuesAt(pointsTo, site, role.of, names);
      const [prefix] = constantTexts(pointsTo, site, role.path, names);
      if (prefix === undefined) return;
      for (const chain of valuesAt(pointsTo, site, role.chain, names))
        this.aliases.set(chain, { chain: of ?? chain, prefix });
    });
    this.forRole("handles", (site, role, names, called) => {
      this.addHandlers(site, role, names, called);
    });
    this.forRole("mounts", (site, role, names) => {
      this.addMount(site, role, names);
    });
    this.forRole("derives", (site, role, names) => {
      const parents = this.placesAt(site, role.from, names);
      for (const { chain } of this.placesAt(site, role.chain, names))
        push(this.origins, chain, { kind: "mount", site, chain, parents, paths: null, isWhole: false });
    });
    this.forRole("starts", (site, role, names) => {
      for (const { chain } of this.placesAt(site, role.chain, names)) push(this.starts, chain, site);
    });
  }

  get all(): readonly Registration[] {
    return [...this.bySite.values()].flat();
  }

  /** What is registered on a chain, and what is mounted there. */
  on(chain: AbstractValue): readonly (Registration | Mount)[] {
    return this.byChain.get(chain) ?? [];
  }

  at(site: CallSite): readonly Registration[] {
    return this.bySite.get(site) ?? [];
  }

  mountsOf(chain: AbstractValue): readonly Mount[] {
    return this.mounts.get(chain) ?? [];
  }

  /** Chains that this one begins with. */
  originsOf(chain: AbstractValue): readonly Mount[] {
    return this.origins.get(chain) ?? [];
  }

  /** The calls by which what a chain runs is settled. */
  startsOf(chain: AbstractValue): readonly CallSite[] {
    return this.starts.get(chain) ?? [];
  }

  /** Registrations that a chain is given to as a handler. */
  givenTo(chain: AbstractValue): readonly Registration[] {
    return this.given.get(chain) ?? [];
  }

  isChain(value: AbstractValue): boolean {
    return this.byChain.has(value);
  }

  /** A package's handler that lets nobody through. */
  isRefusing(value: AbstractValue): boolean {
    return (
      value.kind === "foreign" &&
      this.pointsTo.catalogue
        .match(value.module, value.path, "read")
        .some(({ model }) => model.roles.some(({ kind }) => kind === "refuses"))
    );
  }

  /** The chain that a value stands for, and what everything registered on it is below. */
  placeOf(value: AbstractValue): Place {
    let prefix = "";
    let chain = value;
    for (const seen = new Set<AbstractValue>(); !seen.has(chain);) {
      seen.add(chain);
      const alias = this.aliases.get(chain);
      if (alias === undefined) break;
      prefix = `${alias.prefix}/${prefix}`;
      chain = alias.chain;
    }
    return { chain, prefix };
  }

  private forRole<K extends "handles" | "mounts" | "prefix" | "starts" | "derives">(
    kind: K,
    found: (
      site: CallSite,
      role: Extract<Role, { kind: K }>,
      names: readonly string[],
      called: string,
    ) => void,
  ): void {
    for (const site of this.pointsTo.sites.values()) {
      if (site.foreign.size === 0) continue;
      const roles = this.models.at(site).flatMap(({ model, names, callee }) =>
        model.roles.flatMap((role) => {
          if (role.kind !== kind) return [];
          const isForOthers = role.kind === "handles" && role.others;
          const called = callee.path.at(-1) ?? "";
          return [{ role: role as Extract<Role, { kind: K }>, names, called, isForOthers }];
        }),
      );
      // What is for all others than those that are named, comes behind them.
      for (const isLast of [false, true])
        for (const { role, names, called, isForOthers } of roles)
          if (isForOthers === isLast) found(site, role, names, called);
    }
  }

  private placesAt(site: CallSite, address: Address, names: readonly string[]): Place[] {
    return valuesAt(this.pointsTo, site, address, names).map((value) => this.placeOf(value));
  }

  private addHandlers(site: CallSite, role: HandlesRole, names: readonly string[], called: string): void {
    const { pointsTo } = this;
    const common: Omit<Registration, "handlers" | "paths"> = {
      kind: "registration",
      site,
      role,
      names,
      called: role.called ?? called,
      places: this.placesAt(site, role.chain, names),
      except: role.others ? this.namedAt(site) : [],
      exceptWhole: role.except === null ? [] : (pathsAt(pointsTo, site, role.except, names) ?? [unknownPath]),
      methods: methodsAt(pointsTo, site, role.method, names, called),
      parameter:
        role.parameter === null ? null : (constantTexts(pointsTo, site, role.parameter, names)[0] ?? "*"),
      isEscaping: this.models
        .at(site)
        .some(({ model }) => model.roles.some(({ kind }) => kind === "escapes")),
    };
    const { each } = role;
    if (each !== null)
      for (const listed of listedHandlers(pointsTo, site, { ...role, each }))
        this.add({ ...common, ...listed });
    else if (role.around !== null)
      for (const { chain, handlers } of handlersAround(pointsTo, site, role.handlers, role.around))
        this.add({ ...common, places: [{ chain, prefix: "" }], handlers, paths: null });
    else if (role.keys !== null)
      for (const { path, except: others, handlers } of namedHandlers(
        pointsTo,
        site,
        role.handlers,
        role.keys,
      ))
        this.add({ ...common, handlers, paths: [path], except: [...common.except, ...others] });
    else {
      const plain: Registration = {
        ...common,
        handlers: handlersOf(pointsTo, site, role.handlers, names, role.without),
        paths: role.path === null ? null : pathsAt(pointsTo, site, role.path, names),
      };
      for (const each of this.inRounds(plain)) this.add(each);
    }
  }

  /** One for each round of a loop that the call is made in, if what is registered is known round by round. */
  private inRounds(plain: Registration): readonly Registration[] {
    const { pointsTo } = this;
    const { site, role, names, called } = plain;
    const rounds = roundsOf(pointsTo, site).map(({ round, isReached }) => ({
      round,
      isReached,
      each: {
        ...plain,
        handlers: handlersOf(pointsTo, site, role.handlers, names, role.without, round),
        methods: methodsAt(pointsTo, site, role.method, names, called, round.read),
        paths: role.path === null ? null : pathsAt(pointsTo, site, role.path, names, round.read),
      },
    }));
    if (rounds.length === 0) return [plain];
    const made = rounds.flatMap(({ isReached, each }) => (isReached ? [each] : []));
    const given = new Set(made.flatMap(({ handlers }) => handlers.flatMap(({ values }) => values)));
    const others = [...site.callbacks.values()].flatMap(({ callee }) => (given.has(callee) ? [] : [callee]));
    const isWhole = others.every((callee) => rounds.some(({ round }) => round.holds(callee)));
    if (!isWhole) return [plain];
    this.leftOut.set(
      site,
      new Set([...(this.leftOut.get(site) ?? others)].filter((each) => !given.has(each))),
    );
    return made;
  }

  /** The function is handed to the call in no round in which this is made. */
  isLeftOut(site: CallSite, callee: FunctionNode): boolean {
    return this.leftOut.get(site)?.has(callee) === true;
  }

  private add(registration: Registration): void {
    push(this.bySite, registration.site, registration);
    for (const { chain } of registration.places) push(this.byChain, chain, registration);
    for (const value of registration.handlers.flatMap(({ values }) => values))
      if (!("graph" in value)) push(this.given, this.placeOf(value).chain, registration);
  }

  /** Addresses that handlers of a call have by their keys. */
  private namedAt(site: CallSite): readonly string[] {
    return this.at(site).flatMap(({ role, paths }) =>
      role.keys === null || paths === null
        ? []
        : paths.map((path) => (role.match === "prefix" ? joinPaths(path, anyPath) : path)),
    );
  }

  private addMount(site: CallSite, role: MountsRole, names: readonly string[]): void {
    const parents = this.placesAt(site, role.in, names);
    const paths = role.path === null ? null : pathsAt(this.pointsTo, site, role.path, names);
    for (const address of role.chain)
      for (const { chain } of this.placesAt(site, address, names)) {
        const mount: Mount = { kind: "mount", site, chain, parents, paths, isWhole: role.whole };
        push(this.mounts, chain, mount);
        for (const parent of parents) push(this.byChain, parent.chain, mount);
      }
  }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** Sinks met by facts, and the flows that are made of them. */
import type { Flow, Protection, Sink, StatementDoubt } from "../../contracts/flow.js";
import type { Address } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { columnsAt, columnsOf } from "./stored-columns.js";
import { isUnprinted } from "../paths/path-components.js";
import { meet } from "../models/address-facts.js";
import { foldParts, type ReadValues } from "../models/address-values.js";
import { isOtherwiseIn } from "../contexts/conditions-in-run.js";
import type { Borders } from "../tabulation/borders.js";
import type { Entry } from "../tabulation/entry.js";
import type { Fact, State } from "../tabulation/fact.js";
import type { InstanceValues } from "../contexts/instance-values.js";
import type { ModelAt } from "../program/model-at.js";
import { withoutHandedOn } from "../heap/handed-objects.js";
import { RowPlaces, type RowPlace } from "../stores/row-places.js";
import { isBadlySealed, serverSideProtection } from "../protection/server-side-protection.js";
import type { StoreStates } from "../stores/store-states.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { makesRows } from "../corrections/write-effect.js";
import { withoutSavedAgain } from "../stores/saved-again.js";
import { sealsOf } from "../protection/sql-seals.js";
import type { SiteModels } from "../models/site-models.js";
import { storageAround } from "../models/storage-around.js";
import { meetStatement, statementTexts, type StatementTarget } from "../stores/sql-sinks.js";
import type { Tables } from "../stores/tables.js";
import { compareFlows, flowOf, type Arrival, type Hit, type Named } from "./sink-hits.js";
import { placeOf, sinkOf, sinkPlaceOf, type Receiver, type SinkRole } from "./sink-of.js";
import { isOnlyBuilt } from "../stores/only-built.js";
import { targetsBelow } from "../stores/paths-below.js";
import { alongData } from "../stores/targets-along-data.js";
import { namedBy, splitByCallers } from "../stores/targets-by-callers.js";
import type { Trace } from "../tabulation/trace.js";
import type { Companies } from "../../contracts/company.js";
import type { RequestHost } from "../models/hosts.js";
import { isExcepted } from "./excepted-paths.js";
import { AskedAlongCallers, isOneText } from "./along-callers.js";
import { apart, isOneRequest, requestsTold, type RequestTold } from "../stores/kept-of-requests.js";
import { toldRecipients, type Told } from "../models/recipients-behind.js";

type StoreRole = Extract<SinkRole, { kind: "store" }>;

/** How a value comes to a sink. */
interface Manner {
  readonly inKey?: boolean;
  readonly host?: RequestHost | null;
  /** Names under which it stands in what is stored. */
  readonly columns?: readonly string[];
  readonly named?: Named | null;
  /** Why it is not certain that the call writes it. */
  readonly doubt?: StatementDoubt | null;
}

/** A sink with all the ways of one field to it. */
export interface SinkHit {
  readonly sink: Sink;
  readonly state: State;
  readonly arrivals: readonly Arrival[];
}

export class SinkRecorder {
  private readonly hits = new Map<string, Hit>();
  /** Requests to one of several hosts, one of several statements. */
  private readonly undecided: (() => void)[] = [];
  private readonly places: RowPlaces;
  private readonly statements: AskedAlongCallers<string>;
  private readonly requests: AskedAlongCallers<RequestTold>;

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly states: StoreStates,
    private readonly tables: Tables,
    private readonly companies: Companies,
    private readonly protect: (state: State, protection: Protection) => State,
    private readonly readIn: (run: Pick<Entry, "node" | "context">) => ReadValues,
    private readonly instances: InstanceValues,
  ) {
    this.places = new RowPlaces(pointsTo, tables, protect);
    this.statements = new AskedAlongCallers(pointsTo, readIn, isOneText);
    this.requests = new AskedAlongCallers(pointsTo, readIn, isOneRequest);
  }

  meet(entry: Entry, site: CallSite, match: ModelAt, role: SinkRole, fact: Fact, trace: Trace): void {
    if (role.kind === "sql") {
      this.meetSql(entry, site, match, role, fact, trace);
      return;
    }
    if (role.kind === "public" && isOtherwiseIn(this.pointsTo, site, match, this.readIn(entry))) return;
    for (const address of [...role.data, ...keysOf(role)]) {
      const rest = meet(this.pointsTo, site, address, fact.base, fact.path, match.names);
      if (rest !== null && this.meetAt(entry, site, match, role, address, rest, fact, trace)) return;
    }
  }

  /** Which statement runs is told by who brought the data, where it may be several. */
  private meetSql(
    entry: Entry,
    site: CallSite,
    match: ModelAt,
    role: Extract<SinkRole, { kind: "sql" }>,
    fact: Fact,
    trace: Trace,
  ): void {
    const { pointsTo } = this;
    const { names } = match;
    const each = (texts: readonly string[], told: (target: StatementTarget, state: State) => void): void => {
      for (const target of meetStatement(pointsTo, site, role, names, fact, texts)) {
        const known = target.doubt !== null ? { ...fact.state, assumed: true } : fact.state;
        const seals = sealsOf(pointsTo, site, role, names, target.within);
        told(
          target,
          seals.reduce((before, protection) => this.protect(before, protection), known),
        );
      }
    };
    const tell = ({ table, column, doubt }: StatementTarget, state: State): void => {
      const columns = column === null ? [] : [column];
      this.record(entry, site, match, role, table, state, trace, { columns, doubt });
    };
    const textsIn = (read: ReadValues): readonly string[] =>
      statementTexts(pointsTo, site, role, names, read);
    const texts = textsIn(this.readIn(entry));
    if (isOneText(texts)) {
      each(texts, tell);
      return;
    }
    // Whoever reads the table has to know at once in which state it may be there.
    each(texts, ({ table }, { field, protection }) => {
      this.states.write(table, field, protection);
    });
    this.undecided.push(() => {
      each([...new Set(this.statements.ask(entry, [site, role, ...names], textsIn))], tell);
    });
  }

  /** Something stands at an address of what a call writes or hands over, or `rest` below it. True if that is so. */
  meetAt(
    entry: Entry,
    site: CallSite,
    match: ModelAt,
    role: Exclude<SinkRole, { kind: "sql" }>,
    address: Address,
    rest: AccessPath,
    fact: Fact,
    trace: Trace,
  ): boolean {
    // Names that are data are written with the object; nothing else that a property read does not meet is.
    if (rest.components.some(isUnprinted)) return false;
    const except = role.kind === "log" || role.kind === "store" ? (role.except ?? null) : null;
    if (except !== null && isExcepted(this.pointsTo, site, except, match.names, rest)) return false;
    const inKey = !role.data.includes(address);
    const one = role.kind === "store" && !inKey ? alongData(role, address, fact.path) : role;
    const whole = this.targetOf(entry, site, one, match.names);
    const told = role.kind === "disclose" ? this.told(site, role, match.names) : [];
    for (const each of told)
      this.record(entry, site, match, each.role, null, fact.state, trace, { host: each.host });
    if (told.length > 0 || (role.kind === "disclose" && role.recipient === "")) return true;
    const below = one.kind === "store" && !inKey ? this.below(entry, site, match, one, fact, rest) : null;
    for (const target of below ?? [])
      this.record(entry, site, match, role, target, fact.state, trace, { columns: columnsOf(rest).slice(1) });
    if (below !== null) return true;
    const columns =
      role.kind === "store" && !inKey ? columnsAt(this.pointsTo, site, match, role, address, rest) : [];
    const place = one.kind === "store" ? this.places.of(site, match, one, whole, columns) : null;
    if (one.kind === "store" && place === null) return false;
    const named =
      one.kind === "store" && place?.name === whole ? namedBy(this.instances, entry, one, match.names) : null;
    const state =
      one.kind === "store" && place !== null && !inKey
        ? this.places.sealed(site, match, one, place, fact.state, rest)
        : fact.state;
    const tell = (host: RequestTold | null): void => {
      const target = place?.name ?? host?.keptAs ?? whole;
      this.record(entry, site, match, role, target, state, trace, { inKey, host, columns, named });
    };
    if (role.kind === "http") this.tellHosts(entry, site, role, match.names, tell);
    else tell(null);
    return true;
  }

  /** The parts of a tree that data goes to by paths that are its names; null: to the target itself. */
  private below(
    entry: Entry,
    site: CallSite,
    { names }: ModelAt,
    role: StoreRole,
    { state: { field } }: Fact,
    path: AccessPath,
  ): readonly string[] | null {
    if (role.below === undefined || role.below.length === 0) return null;
    const { pointsTo, tables } = this;
    return targetsBelow({ pointsTo, tables, site, role, names, read: this.readIn(entry) }, path, field);
  }

  /** Where it may be several, it is told by who brought the data, which is known once everything has arrived. */
  private tellHosts(
    entry: Entry,
    site: CallSite,
    role: Extract<SinkRole, { kind: "http" }>,
    names: readonly string[],
    tell: (request: RequestTold) => void,
  ): void {
    const toldIn = (read: ReadValues): readonly RequestTold[] =>
      requestsTold(this.pointsTo, this.companies, site, role, names, read);
    const told = toldIn(this.readIn(entry));
    if (isOneRequest(told)) told.forEach(tell);
    else
      this.undecided.push(() => {
        apart(this.requests.ask(entry, [site, role, ...names], toldIn)).forEach(tell);
      });
  }

  /** Something stands, in the end, at a place of what a call stores. */
  store(
    entry: Entry,
    site: CallSite,
    match: ModelAt,
    role: StoreRole,
    path: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    const columns = columnsOf(path);
    const whole = this.targetOf(entry, site, role, match.names);
    const place = this.places.of(site, match, role, whole, columns);
    if (place === null) return;
    const sealed = this.places.sealed(site, match, role, place, state, path);
    this.record(entry, site, match, role, place.name, sealed, trace, { columns });
  }

  /** Where in a store something at a path of the data goes; null: nowhere. */
  rowPlaceOf(site: CallSite, match: ModelAt, role: StoreRole, path: AccessPath): RowPlace | null {
    return this.places.of(site, match, role, this.storeName(site, role, match.names), columnsOf(path));
  }

  private told(
    site: CallSite,
    role: Extract<SinkRole, { kind: "disclose" }>,
    names: readonly string[],
  ): Told[] {
    return toldRecipients(this.pointsTo, this.companies, site, role, names);
  }

  /** The store's target, or the entity that is written; where neither is known, what the written type says. */
  storeName(site: CallSite, { target, entity }: StoreRole, names: readonly string[]): string | null {
    const named = target ?? entity;
    if (named === null) return this.tables.nameAt(site);
    const found = foldParts(this.pointsTo, site, named.parts, names);
    return found === "*" ? (this.tables.nameAt(site) ?? found) : found;
  }

  /** What holds the data: a store, in this run of a method that of its object, or what a company keeps it as. */
  private targetOf(entry: Entry, site: CallSite, role: SinkRole, names: readonly string[]): string | null {
    const named =
      role.kind === "store" ? (role.target ?? role.entity) : role.kind === "disclose" ? role.keeps : null;
    const found =
      role.kind === "store"
        ? this.storeName(site, role, names)
        : named == null
          ? null
          : foldParts(this.pointsTo, site, named.parts, names);
    if (named == null || found?.includes("*") !== true) return found;
    const self = this.instances.onlyReceiver(entry);
    if (self === null) return found;
    const own = foldParts(this.pointsTo, site, named.parts, names, this.instances.reader(self));
    return own === "*" && role.kind === "store" ? (this.tables.nameOn(self.class, site) ?? own) : own;
  }

  record(
    entry: Entry,
    site: CallSite,
    match: ModelAt,
    role: SinkRole,
    target: string | null,
    state: State,
    trace: Trace,
    { inKey = false, host = null, columns = [], named = null, doubt = null }: Manner = {},
  ): void {
    if ("lazy" in role && role.lazy && isOnlyBuilt(this.pointsTo, site)) return;
    // What a service encrypts is what stands under a key, never the key.
    const bare = inKey && role.kind === "store" && role.protectedBy.length > 0;
    const by = state.protection.kind === "raw" ? "" : state.protection.by;
    const protectedBy =
      role.kind === "store" && !bare && !isBadlySealed(role, state.protection)
        ? serverSideProtection(this.pointsTo, site, role, match.names)
        : null;
    if (role.kind === "store" || role.kind === "sql")
      this.states.write(target, state.field, state.protection);
    const key = [
      placeOf(this.pointsTo.program, site),
      role.kind,
      target ?? host?.host ?? (role.kind === "disclose" ? role.recipient : ""),
      state.field,
      state.protection.kind,
      state.protection.kind === "weak" ? `${by} ${state.protection.reason}` : by,
      protectedBy ?? "",
      state.assumed,
    ].join("|");
    const known = this.hits.get(key);
    if (known !== undefined) {
      for (const column of columns) known.columns.add(column);
      known.traces.push(trace);
      known.arrivals.push({ entry, site, trace, named });
      return;
    }
    const within = role.kind === "store" ? storageAround(this.pointsTo, site, role, match.names) : null;
    const sink = {
      ...sinkOf(entry, site, match, role, target, this.receiver(match, role, host)),
      ...(within === null ? {} : { within }),
      protectedBy,
    };
    const arrivals = [{ entry, site, trace, named }];
    const handedTo = role.kind === "store" ? (role.handedTo ?? []) : [];
    const hit = { sink, state, columns: new Set(columns), handedTo, traces: [trace], arrivals, doubt };
    this.hits.set(key, hit);
  }

  /** The company that gets the data: as the role says, the one that answers at the host, or that keeps the store. */
  private receiver({ package: { company } }: ModelAt, role: SinkRole, at: RequestHost | null): Receiver {
    const host = at?.host ?? null;
    const own = { host, addressName: at?.name ?? null, purpose: null };
    if (role.kind === "disclose")
      return {
        ...own,
        recipient: role.recipient,
        recipientRole: role.as ?? company?.role ?? "processor",
        purpose: role.purpose,
      };
    if (role.kind === "public")
      return { ...own, recipient: company?.name ?? null, recipientRole: "disclosure" };
    const isTheirs = role.kind === "store" || role.kind === "sql";
    const theirs = isTheirs ? company : host === null ? null : this.companies.ofHost(host);
    return { ...own, recipient: theirs?.name ?? null, recipientRole: theirs?.role ?? null };
  }

  /** Where facts arrived, without those of what is known by another name. */
  arrived(borders: Borders): SinkHit[] {
    for (const decide of this.undecided.splice(0)) decide();
    splitByCallers(this.pointsTo, this.hits);
    return withoutHandedOn(this.pointsTo, [...this.hits.values()]).flatMap(({ sink, state, arrivals }) => {
      const own = arrivals.filter(({ trace }) => !borders.isNamedAgain(trace));
      return own.length === 0 ? [] : [{ sink, state, arrivals: own }];
    });
  }

  /** One flow a sink, field and protection; a proven way drops the assumed ones, and no value is named twice. */
  flows(borders: Borders, models: SiteModels): FoundFlows {
    const left: Hit[] = [];
    const again: { readonly hit: Hit; readonly place: string }[] = [];
    const named = new Set<string>();
    for (const [key, hit] of this.hits) {
      if (hit.state.assumed && this.hits.has(key.replace(/true$/u, "false"))) continue;
      const traces = hit.traces.filter((trace) => !borders.isNamedAgain(trace));
      if (traces.length === 0) again.push({ hit, place: sinkPlaceOf(key) });
      else {
        named.add(sinkPlaceOf(key));
        left.push({ ...hit, traces });
      }
    }
    // Where the other name was lost on its way, the second one stands for it.
    for (const { hit, place } of again) if (!named.has(place)) left.push(hit);
    const written = withoutHandedOn(this.pointsTo, left);
    const told = withoutSavedAgain(
      written,
      (trace) => this.states.storesRead(trace),
      ({ sink, arrivals }) =>
        sink.medium === "database" &&
        arrivals.every(({ site, named }) => makesRows(this.pointsTo, models, site, named?.names ?? [])),
    );
    return { all: written.map(flowOf).sort(compareFlows), told: told.map(flowOf).sort(compareFlows) };
  }
}

/** All flows, and those that are told: what is only read and written back is in its store already. */
interface FoundFlows {
  readonly all: readonly Flow[];
  readonly told: readonly Flow[];
}

/** A store keeps its keys as well as what stands under them: `index:${child.name}`, a file's path, an object's name. */
function keysOf(role: SinkRole): readonly Address[] {
  return role.kind === "store" && role.target !== null
    ? role.target.parts.filter((part) => typeof part !== "string")
    : [];
}

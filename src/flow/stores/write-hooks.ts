/**
 * Functions of the program that a client runs on a row before it writes it: what they leave in the row is what is
 * stored.
 */
import type { Address } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { accessPath, prepend } from "../paths/access-path.js";
import { isElement } from "../points-to/alias-names.js";
import { meet } from "../models/address-facts.js";
import { valuesAt } from "../models/address-values.js";
import { noContext } from "../contexts/context.js";
import type { CallbackReturn, Entry } from "../tabulation/entry.js";
import type { Base, Fact, State } from "../tabulation/fact.js";
import { incoming, receiver } from "../tabulation/fact.js";
import { declares } from "../models/function-addresses.js";
import { type FoundHook, HookTables } from "./hook-tables.js";
import { readRowsGiven } from "./rows-given.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { ReadRows } from "./read-rows.js";
import { RowAssignments } from "./row-assignments.js";
import type { SinkRole } from "../sinks/sink-of.js";
import type { SinkRecorder } from "../sinks/sinks.js";
import type { SiteModels } from "../models/site-models.js";
import { called } from "../paths/step-names.js";
import type { Tables } from "./tables.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Trace } from "../tabulation/trace.js";
import { step, through } from "../tabulation/trace.js";

type StoreRole = Extract<SinkRole, { kind: "store" }>;

export interface WriteHook {
  readonly function: FunctionNode;
  /** Where the row is in a run of it. */
  readonly base: Base;
  readonly below: readonly string[];
  /** Names that lead to the part of the row that it is run on. */
  readonly within: readonly string[];
  readonly isOfRow: boolean;
  /** What is given to the function is found by a method, and may be put back by others. */
  readonly isGiven: boolean;
}

/** A call with the functions that are run on what it writes, in order. */
interface Hooked {
  readonly site: CallSite;
  readonly match: ModelAt;
  readonly role: StoreRole;
  /** Of its data. */
  readonly address: Address;
  readonly hooks: readonly WriteHook[];
  readonly receivers: Map<string, CallbackReturn>;
}

export class WriteHooks {
  private readonly assignments: RowAssignments;
  private readonly known = new Map<CallSite, Map<Address, Hooked | null>>();
  private readonly hooks: ReadonlyMap<string, readonly WriteHook[]>;
  private readonly hookTables: HookTables;
  private readonly readRows: ReadRows;
  private made: ReadonlySet<AbstractValue> | null = null;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly sinks: SinkRecorder,
    tables: Tables,
  ) {
    this.assignments = new RowAssignments(pointsTo);
    this.hookTables = new HookTables(pointsTo, tables);
    this.readRows = new ReadRows(pointsTo, models);
    const found = [...this.hookTables.hooksIn(models), ...this.hookTables.hooksOfParts(models)];
    readRowsGiven(pointsTo, found);
    this.hooks = byKey(found);
  }

  /** True if a function is run before the write that puts something else in this column's place. */
  rewrites(entry: Entry, site: CallSite, match: ModelAt, role: SinkRole, fact: Fact, trace: Trace): boolean {
    if (role.kind !== "store" || (role.fires?.length ?? 0) + (role.changes?.fires.length ?? 0) === 0)
      return false;
    if (this.hooks.size === 0) return false;
    for (const address of role.data) {
      const met = meet(this.pointsTo, site, address, fact.base, fact.path, match.names);
      if (met === null) continue;
      const hooked = this.hookedAt(site, match, role, address);
      if (hooked === null) return false;
      const isInList = isElement(met.components[0] ?? "");
      const rest = isInList ? accessPath(met.components.slice(1)) : met;
      return this.pass(hooked, 0, entry, fact, rest, fact.state, trace);
    }
    return false;
  }

  private hookedAt(site: CallSite, match: ModelAt, role: StoreRole, address: Address): Hooked | null {
    let ofSite = this.known.get(site);
    if (ofSite === undefined) this.known.set(site, (ofSite = new Map<Address, Hooked | null>()));
    let found = ofSite.get(address);
    if (found === undefined) {
      const { hooks } = this;
      const table = this.sinks.storeName(site, { ...role, target: role.entity ?? role.target }, match.names);
      const own =
        table === null
          ? []
          : this.eventsAt(site, match, role).flatMap(
              (event) => hooks.get(this.hookTables.keyOf(table, event)) ?? [],
            );
      const isPlain = own.some(({ isOfRow }) => isOfRow) && this.isPlain(site, match, role);
      const run = isPlain ? own.filter(({ isOfRow }) => !isOfRow) : own;
      found = run.length === 0 ? null : { site, match, role, address, hooks: run, receivers: new Map() };
      ofSite.set(address, found);
    }
    return found;
  }

  /** What is done to a row: made, or changed where it was read before. */
  private eventsAt(site: CallSite, { names }: ModelAt, role: StoreRole): readonly string[] {
    const { fires = [], changes, data } = role;
    if (changes == null) return fires;
    const rows = changes.rows.length === 0 ? data : changes.rows;
    return this.readRows.isAt(site, rows, names) ? changes.fires : fires;
  }

  /** All that is written are objects that are made where they stand, and none of a class, nor made one of it. */
  private isPlain(site: CallSite, { names }: ModelAt, { data }: StoreRole): boolean {
    const values = data.flatMap((address) => valuesAt(this.pointsTo, site, address, names));
    const made = (this.made ??= filledIn(this.pointsTo, this.models));
    return values.length > 0 && values.every((value) => value.kind === "object" && !made.has(value));
  }

  /** Goes into the first function from `index` on that assigns the column; false: none does. */
  private pass(
    hooked: Hooked,
    index: number,
    entry: Entry,
    fact: Fact,
    rest: AccessPath,
    state: State,
    trace: Trace,
  ): boolean {
    for (const [at, hook] of hooked.hooks.entries()) {
      const inner = at < index ? null : withinPart(rest, hook.within);
      const [column] = inner?.components ?? [];
      if (inner === null || column === undefined || !this.assigns(hooked, hook, inner, column)) continue;
      const { site } = hooked;
      const callee = hook.function;
      const inside = this.tabulation.facts.fact(hook.base, prepend(hook.below, inner), state);
      const run = this.tabulation.entryOf(callee, inside, noContext);
      const note = { kind: "captured", name: column, ...called(callee, entry.node) } as const;
      const passed = step(entry.node, site.instruction.at, note, trace);
      const before = rest.components.slice(0, rest.components.length - inner.components.length);
      const callback = this.receiverOf(hooked, at, before);
      const binding = { callee, links: [], result: null };
      this.tabulation.addIncoming(run, {
        entry,
        site,
        binding,
        callback,
        takesPutBack: true,
        takesAsItWas: hook.isGiven && this.assignments.mayLeave(callee),
        fact,
        trace: passed,
        before: trace,
      });
      return true;
    }
    return false;
  }

  private assigns({ role, address }: Hooked, hook: WriteHook, rest: AccessPath, column: string): boolean {
    if (!hook.isGiven) return this.assignments.assigns(hook, column);
    const inner = columnsBelow(role, address, rest).components;
    const operators = rest.components.slice(0, rest.components.length - inner.length);
    const row = { ...hook, below: [...hook.below, ...operators] };
    const [named = column] = inner;
    return this.assignments.assigns(row, named) || this.assignments.putsBack(hook, named);
  }

  /** What the function leaves in the row goes on to the next one, and in the end into the store. */
  private receiverOf(hooked: Hooked, index: number, before: readonly string[]): CallbackReturn {
    const key = `${String(index)} ${before.join(".")}`;
    const known = hooked.receivers.get(key);
    if (known !== undefined) return known;
    const found: CallbackReturn = (entry, _site, fact, inner, previous) => {
      const hook = hooked.hooks[index];
      if (hook === undefined || fact.base !== hook.base) return;
      if (hook.below.some((name, each) => fact.path.components[each] !== name)) return;
      const rest = accessPath([...before, ...fact.path.components.slice(hook.below.length)]);
      const trace = previous === null ? inner : through(inner, previous);
      if (this.pass(hooked, index + 1, entry, fact, rest, fact.state, trace)) return;
      const { site, match, role, address } = hooked;
      this.sinks.store(entry, site, match, role, columnsBelow(role, address, rest), fact.state, trace);
    };
    hooked.receivers.set(key, found);
    return found;
  }
}

/** What objects of a class are filled with that a store makes, whichever class it is: `pupils.create({ name })`. */
function filledIn(pointsTo: PointsTo, models: SiteModels): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  for (const site of pointsTo.sites.values())
    for (const { model, names } of site.foreign.size > 0 ? models.at(site) : [])
      if (model.roles.some(({ kind }) => kind === "instance"))
        for (const role of model.roles)
          for (const address of role.kind === "flow" ? role.from : [])
            for (const value of valuesAt(pointsTo, site, address, names)) found.add(value);
  return found;
}

/** What lies in the part of a row to which the names lead, of elements of lists too; null: it lies elsewhere. */
function withinPart(rest: AccessPath, names: readonly string[]): AccessPath | null {
  let at = 0;
  for (const name of names) {
    if (rest.components[at] !== name) return null;
    at++;
    while (isElement(rest.components[at] ?? "")) at++;
  }
  return names.length === 0 ? rest : accessPath(rest.components.slice(at));
}

/** By table and event. */
function byKey(hooks: readonly FoundHook[]): ReadonlyMap<string, readonly WriteHook[]> {
  const found = new Map<string, WriteHook[]>();
  for (const hook of hooks) {
    const place = hook.role.row === null ? null : rowPlace(hook.role.row, hook.function);
    if (place === null) continue;
    for (const key of hook.keys) {
      const known = found.get(key);
      const own = {
        function: hook.function,
        within: hook.within,
        isOfRow: hook.isOfRow,
        isGiven: hook.role.by !== null,
        ...place,
      };
      if (known === undefined) found.set(key, [own]);
      else if (!known.some((each) => isSame(each, own))) known.push(own);
    }
  }
  return found;
}

function isSame(one: WriteHook, other: WriteHook): boolean {
  return (
    one.function === other.function &&
    one.base === other.base &&
    one.within.join(".") === other.within.join(".")
  );
}

/** What stands in an address as another one of the same data says: `$set.name` is the column `name`. */
function columnsBelow({ data }: StoreRole, address: Address, rest: AccessPath): AccessPath {
  const inner = data.flatMap(({ root, steps }) => {
    const further = steps.slice(address.steps.length);
    const names = further.flatMap((each) => (each.kind === "property" ? [each.name] : []));
    const isBelow =
      root.kind === address.root.kind &&
      JSON.stringify([root, steps.slice(0, address.steps.length)]) ===
        JSON.stringify([address.root, address.steps]) &&
      names.length === further.length &&
      names.every((name, index) => rest.components[index] === name);
    return isBelow ? [names.length] : [];
  });
  return accessPath(rest.components.slice(Math.max(0, ...inner)));
}

/** `arg1.param0.entity`: a parameter of the function, or what it is called on, and the way from there to the row. */
function rowPlace({ steps }: Address, node: FunctionNode): Pick<WriteHook, "base" | "below"> | null {
  const index = steps.findIndex(({ kind }) => kind === "parameter" || kind === "receiver");
  const at = steps[index];
  if (at === undefined || !declares(node, at)) return null;
  const below = steps
    .slice(index + 1)
    .flatMap((each) => (each.kind === "property" ? [each.name] : each.kind === "element" ? ["[]"] : []));
  return { base: at.kind === "parameter" ? incoming(at.index) : receiver, below };
}

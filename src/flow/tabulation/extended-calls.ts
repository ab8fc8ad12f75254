/** Calls of a client that own functions stand before: what they hand on is what is stored. */
import type { Role } from "../../contracts/model.js";
import type { Address, AddressStep } from "../../contracts/address.js";
import { accessPath, prepend } from "../paths/access-path.js";
import type { AccessPath } from "../paths/access-path.js";
import { meet } from "../models/address-facts.js";
import { valuesAt } from "../models/address-values.js";
import { isElement } from "../points-to/alias-names.js";
import type { Context } from "../contexts/context.js";
import { contextOfCall } from "../contexts/told-of-call.js";
import type { CallbackReturn, Entry } from "./entry.js";
import { incoming, resumed } from "./fact.js";
import type { Fact, State } from "./fact.js";
import type { SiteModels } from "../models/site-models.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SinkRole } from "../sinks/sink-of.js";
import type { SinkRecorder } from "../sinks/sinks.js";
import { called } from "../paths/step-names.js";
import type { Tables } from "../stores/tables.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step, through } from "./trace.js";

type StoreRole = Extract<SinkRole, { kind: "store" }>;

/** A call with the functions that stand before it, in order. */
interface Extended {
  readonly site: CallSite;
  readonly match: ModelAt;
  readonly role: StoreRole;
  readonly functions: readonly FunctionNode[];
  /** Of their runs for this call. */
  readonly context: Context;
  /** What receives what each of them hands on. */
  readonly receivers: CallbackReturn[];
}

const request: Address = { root: { kind: "argument", index: 0 }, steps: [], text: "arg0" };

export class ExtendedCalls {
  private readonly known = new Map<CallSite, Map<ModelAt, Extended | null>>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly models: SiteModels,
    private readonly sinks: SinkRecorder,
    private readonly tables: Tables,
  ) {}

  /** True if functions stand before the call: the fact goes into the first. */
  rewrites(entry: Entry, site: CallSite, match: ModelAt, role: SinkRole, fact: Fact, trace: Trace): boolean {
    if (role.kind !== "store" || role.extended == null) return false;
    const extended = this.extendedAt(site, match, role);
    if (extended === null) return false;
    const rest = meet(this.pointsTo, site, request, fact.base, fact.path, match.names);
    if (rest === null) return false;
    this.enter(extended, 0, entry, fact, rest, fact.state, trace);
    return true;
  }

  /** What such a function hands on leaves its run, for whoever put it before the call. */
  resume(
    entry: Entry,
    site: CallSite,
    role: Extract<Role, { kind: "resumes" }>,
    names: readonly string[],
    fact: Fact,
    trace: Trace,
  ): void {
    const rest = meet(this.pointsTo, site, role.data, fact.base, fact.path, names);
    if (rest !== null && entry.fact !== null)
      this.tabulation.exit(entry, this.tabulation.facts.fact(resumed, rest, fact.state), trace);
  }

  private extendedAt(site: CallSite, match: ModelAt, role: StoreRole): Extended | null {
    let ofSite = this.known.get(site);
    if (ofSite === undefined) this.known.set(site, (ofSite = new Map<ModelAt, Extended | null>()));
    let found = ofSite.get(match);
    if (found === undefined) {
      const functions = new Set<FunctionNode>();
      for (const address of role.extended?.by ?? [])
        for (const value of valuesAt(this.pointsTo, site, address, match.names))
          if (value.kind === "function" && this.handsOn(value.function)) functions.add(value.function);
      const context = contextOfCall(this.toldOf(site, match, role));
      found =
        functions.size === 0
          ? null
          : { site, match, role, functions: [...functions], context, receivers: [] };
      ofSite.set(match, found);
    }
    return found;
  }

  /**
   * It says in its own body what it hands on. Where something else is given what hands on (`als.run(() => next(p))`),
   * nobody may see that it does, so that nothing would be stored.
   */
  private handsOn(node: FunctionNode): boolean {
    const inside = node.code.flatMap((each) =>
      each.kind === "function" ? (this.pointsTo.program.functionIn(node, each.function) ?? []) : [],
    );
    return this.resumes(node) && !inside.some((each) => this.resumes(each));
  }

  private resumes(node: FunctionNode): boolean {
    return node.code.some((_, point) => {
      const site = this.pointsTo.findSite(node, point);
      if (site === undefined) return false;
      return this.models.at(site).some(({ model }) => model.roles.some(({ kind }) => kind === "resumes"));
    });
  }

  private enter(
    extended: Extended,
    index: number,
    entry: Entry,
    fact: Fact,
    rest: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    const { site, role, functions } = extended;
    const callee = functions[index];
    if (callee === undefined) {
      this.store(extended, entry, rest, state, trace);
      return;
    }
    const under = (role.extended?.under.steps ?? []).flatMap((each) =>
      each.kind === "property" ? [each.name] : [],
    );
    const inside = this.tabulation.facts.fact(incoming(0), prepend(under, rest), state);
    const run = this.tabulation.entryOf(callee, inside, extended.context);
    const callback = this.receiverOf(extended, index);
    const passed = step(
      entry.node,
      site.instruction.at,
      {
        kind: "passed",
        parameter: callee.graph.parameters[0]?.name ?? "argument 1",
        ...called(callee, entry.node),
      },
      trace,
    );
    const binding = { callee, links: [], result: null };
    this.tabulation.addIncoming(run, { entry, site, binding, callback, fact, trace: passed, before: trace });
  }

  private receiverOf(extended: Extended, index: number): CallbackReturn {
    return (extended.receivers[index] ??= (entry, _site, fact, inner, previous) => {
      if (fact.base !== resumed) return;
      const trace = previous === null ? inner : through(inner, previous);
      this.enter(extended, index + 1, entry, fact, fact.path, fact.state, trace);
    });
  }

  /** What arrives in the end where the call's data stands. */
  private store(
    { site, match, role }: Extended,
    entry: Entry,
    { components }: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    for (const { steps } of role.data) {
      const rest = behind(steps, components);
      if (rest === null) continue;
      this.sinks.store(entry, site, match, role, accessPath(rest), state, trace);
      return;
    }
  }

  /** A client's property is spelled as its model, but for the first letter: `prisma.skater` of `Skater`, or of `skater`. */
  private toldOf(
    { instruction }: CallSite,
    { names }: ModelAt,
    { extended }: StoreRole,
  ): Map<string, string> {
    const told = new Map<string, string>();
    if (extended == null || instruction.kind !== "call") return told;
    const [entity = ""] = names;
    for (const name of extended.called)
      told.set(name, instruction.name.slice(instruction.name.lastIndexOf(".") + 1));
    const spelling = this.tables.spellingOf(entity) ?? entity.charAt(0).toUpperCase() + entity.slice(1);
    if (entity !== "") for (const name of extended.entity) told.set(name, spelling);
    return told;
  }
}

function behind(steps: readonly AddressStep[], components: readonly string[]): readonly string[] | null {
  const isMet = steps.every((each, index) => {
    const component = components[index];
    if (component === undefined) return false;
    return each.kind === "property"
      ? each.name === component
      : each.kind === "element" && isElement(component);
  });
  return isMet ? components.slice(steps.length) : null;
}

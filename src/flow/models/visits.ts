/**
 * Functions that are called for each property with its name and value, and decide what stands in its place: the
 * replacer of `JSON.stringify` runs once for every name, so that what it hides under one is not hidden under others.
 */
import type { Role } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath } from "../paths/access-path.js";
import { meet } from "./address-facts.js";
import type { Callbacks, Deliver } from "../tabulation/callbacks.js";
import type { Context } from "../contexts/context.js";
import { noContext } from "../contexts/context.js";
import type { Entry, Incoming } from "../tabulation/entry.js";
import { incoming, returned } from "../tabulation/fact.js";
import type { Fact, State } from "../tabulation/fact.js";
import { functionAddress } from "./function-addresses.js";
import { isHidden, isRound } from "../paths/path-components.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { called } from "../paths/step-names.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Trace } from "../tabulation/trace.js";
import { step, through } from "../tabulation/trace.js";

type VisitRole = Extract<Role, { kind: "visits" }>;

/** Where the walk over a value is: below `place`, with `rest` still to come. */
interface Stop {
  readonly place: readonly string[];
  readonly rest: AccessPath;
  readonly state: State;
}

export class Visits {
  private readonly handlers = new Map<string, NonNullable<Incoming["callback"]>>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly deliver: Deliver,
    private readonly callbacks: Callbacks,
  ) {}

  meet(
    entry: Entry,
    site: CallSite,
    role: VisitRole,
    names: readonly string[],
    fact: Fact,
    trace: Trace,
  ): void {
    const rest = meet(this.pointsTo, site, role.from, fact.base, fact.path, names);
    if (rest === null) return;
    const [first, ...below] = rest.components;
    const stop: Stop =
      role.deep || first === undefined
        ? { place: [], rest, state: fact.state }
        : { place: [first], rest: accessPath(below), state: fact.state };
    this.visit(entry, site, role, stop, fact, trace);
  }

  /** Calls the function with what stands at a place; the value itself has the empty name. */
  private visit(entry: Entry, site: CallSite, role: VisitRole, stop: Stop, fact: Fact, trace: Trace): void {
    const last = role.value.steps.at(-1);
    const by = functionAddress(role.value, role.value.steps.length - 1);
    const edges = [...site.callbacks.values()].filter((edge) => edge.address === by);
    if (last?.kind !== "parameter" || edges.length === 0) {
      const path = accessPath([...stop.place, ...stop.rest.components]);
      // A function that is not seen may take it out.
      this.deliver(entry, site, role.to, path, this.tabulation.facts.assume(stop.state), trace, []);
      return;
    }
    for (const edge of edges) {
      const inside = this.tabulation.facts.fact(incoming(last.index), stop.rest, stop.state);
      const run = this.tabulation.entryOf(edge.callee, inside, this.contextOf(edge, role, stop.place));
      const callback = this.handlerOf(edge, role, stop.place);
      const name = edge.callee.graph.parameters[last.index]?.name ?? "";
      const passed = step(
        entry.node,
        site.instruction.at,
        { kind: "passed", parameter: name, ...called(edge.callee, entry.node) },
        trace,
      );
      const binding = { callee: edge.callee, links: [], result: null };
      this.tabulation.addIncoming(run, {
        entry,
        site,
        binding,
        callback,
        fact,
        trace: passed,
        before: trace,
      });
    }
  }

  /** The function runs for this name; where the name is not known, for any. */
  private contextOf(edge: CallbackEdge, role: VisitRole, place: readonly string[]): Context {
    const key = role.key.steps.at(-1);
    const name = place.at(-1) ?? "";
    if (key?.kind !== "parameter" || isUnknown(name)) return noContext;
    const parameters = new Map([[key.index, new Set([this.pointsTo.values.constant(name)])]]);
    return this.tabulation.contexts.knownBesides(edge.callee, { ...noContext, parameters });
  }

  private handlerOf(
    edge: CallbackEdge,
    role: VisitRole,
    place: readonly string[],
  ): NonNullable<Incoming["callback"]> {
    const key = `${edge.site.id}|${String(edge.callee.index)}|${role.to.text}|${place.join(".")}`;
    let handler = this.handlers.get(key);
    if (handler === undefined) {
      handler = (entry, site, fact, inner, previous) => {
        const trace = previous === null ? inner : through(inner, previous);
        if (fact.base !== returned) this.callbacks.leave(edge, entry, site, fact, trace);
        else this.goOn(entry, site, role, place, fact, trace);
      };
      this.handlers.set(key, handler);
    }
    return handler;
  }

  /** What the function gave back stands at the place; its properties are visited in their turn. */
  private goOn(
    entry: Entry,
    site: CallSite,
    role: VisitRole,
    place: readonly string[],
    fact: Fact,
    trace: Trace,
  ): void {
    const [next, ...rest] = fact.path.components;
    if (next === undefined || isHidden(next) || isRound(next) || !(role.deep || place.length === 0)) {
      const path = accessPath([...place, ...fact.path.components]);
      this.deliver(entry, site, role.to, path, fact.state, trace, []);
    } else {
      const stop: Stop = { place: [...place, next], rest: accessPath(rest), state: fact.state };
      this.visit(entry, site, role, stop, fact, trace);
    }
  }
}

function isUnknown(name: string): boolean {
  return name === "[]" || isHidden(name) || isRound(name) || name.startsWith("=") || name.startsWith("<");
}

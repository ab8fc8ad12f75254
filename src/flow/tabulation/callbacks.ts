/** Function values handed to a modelled call: what the call passes them, and what they give back. */
import type { Address, AddressStep } from "../../contracts/model.js";
import { prepend } from "../paths/access-path.js";
import { isOutOfReach, mayBeSlot } from "../paths/path-components.js";
import type { AccessPath } from "../paths/access-path.js";
import { meet, rootPlaces, stepPaths, writtenPaths } from "../models/address-facts.js";
import type { Channels } from "./channels.js";
import { meetCallbackSinks } from "./callback-sinks.js";
import { readSteps, type SaidResult, saidResults } from "./callback-results.js";
import type { Context } from "../contexts/context.js";
import { wholeOperand } from "../contexts/leaving-contexts.js";
import { noContext } from "../contexts/context.js";
import { type PlaceResult, placesOf } from "../contexts/keyed-results.js";
import { elementParameters } from "../points-to/element-parameters.js";
import type { Entry, Given, Incoming } from "./entry.js";
import { closure, incoming, incomingIndex, receiver, returned, thrown } from "./fact.js";
import type { Base, Fact, State } from "./fact.js";
import { entersRound, nextRound, returnValue } from "./fold-moves.js";
import { ForeignCallbacks, type GiveResult } from "./foreign-callbacks.js";
import { isLeftInDraft } from "../models/draft-roles.js";
import { heldStep } from "../heap/held-places.js";
import { declares, functionAddress } from "../models/function-addresses.js";
import type { ModelAt } from "../program/model-at.js";
import { isPassing } from "../heap/passing-closures.js";
import type { CallbackEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { boundPaths, insidePlaces } from "./bound-places.js";
import type { FunctionNode } from "../program/program.js";
import { shareEverywhere } from "./shared-everywhere.js";
import type { SinkRecorder } from "../sinks/sinks.js";
import { called, capturedName } from "../paths/step-names.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import type { TellBlindSpot } from "./undescribed.js";
import { step, through } from "./trace.js";
import { isMadeIn, isOfAnother } from "../paths/slots.js";

/** Puts what a model moves to where it says. */
export type Deliver = (
  entry: Entry,
  site: CallSite,
  to: Address,
  rest: AccessPath,
  state: State,
  trace: Trace,
  names: readonly string[],
) => void;

export class Callbacks {
  private readonly handlers = new Map<CallbackEdge, NonNullable<Incoming["callback"]>>();
  readonly foreign: ForeignCallbacks;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly modelsAt: (site: CallSite) => readonly ModelAt[],
    private readonly deliver: Deliver,
    private readonly sinks: SinkRecorder,
    private readonly channels: Channels,
    tell: TellBlindSpot,
  ) {
    const back: GiveResult = (...given) => {
      this.giveResult(...given);
    };
    this.foreign = new ForeignCallbacks(tabulation, pointsTo, sinks, channels, back, tell);
  }

  /** A fact goes into a parameter (or the receiver) of every function at an address; `into` says of which. */
  enterParameter(
    entry: Entry,
    site: CallSite,
    functionText: string,
    into: AddressStep,
    base: Base,
    components: readonly string[],
    rest: AccessPath,
    state: State,
    fact: Fact,
    trace: Trace,
  ): void {
    const isCounted = into.kind === "parameter" && into.of !== undefined;
    const index = incomingIndex(base);
    if (index !== null && !isCounted)
      this.foreign.enter(entry, site, functionText, index, prepend(components, rest), state, trace);
    for (const edge of site.callbacks.values()) {
      if (edge.address !== functionText || !declares(edge.callee, into)) continue;
      if (!entersRound(this.pointsTo, edge, index, fact)) continue;
      const parameters = edge.callee.graph.parameters;
      const isRest = index !== null && parameters.at(-1)?.rest === true && index >= parameters.length - 1;
      const target = isRest ? incoming(parameters.length - 1) : base;
      const add = isRest ? [String(index - parameters.length + 1), ...components] : components;
      const passed = this.passed(entry, edge, index, trace);
      this.enter(
        entry,
        edge,
        this.tabulation.facts.fact(target, prepend(add, rest), state),
        fact,
        trace,
        passed,
      );
    }
  }

  private passed(entry: Entry, { site, callee }: CallbackEdge, index: number | null, trace: Trace): Trace {
    const parameter =
      index === null ? "this" : (callee.graph.parameters[index]?.name ?? `argument ${String(index + 1)}`);
    const note = { kind: "passed", parameter, ...called(callee, entry.node) } as const;
    return step(entry.node, site.instruction.at, note, trace);
  }

  /** What closures handed over have captured goes with them. */
  enterClosures(entry: Entry, site: CallSite, fact: Fact, trace: Trace, assumed: boolean): void {
    for (const edge of site.callbacks.values()) {
      const rest = meet(this.pointsTo, site, edge.place, fact.base, fact.path, []);
      if (rest === null || !mayBeSlot(rest.components[0]) || isOfAnother(edge.callee, rest)) continue;
      const state = assumed ? this.tabulation.facts.assume(fact.state) : fact.state;
      const name = capturedName(edge.callee, rest);
      const passed = step(
        entry.node,
        site.instruction.at,
        assumed
          ? { kind: "assumed-called", callee: "name" in site.instruction ? site.instruction.name : "" }
          : { kind: "captured", name, ...called(edge.callee, entry.node) },
        trace,
      );
      for (const { base, path } of insidePlaces(edge.callee, rest))
        this.enter(entry, edge, this.tabulation.facts.fact(base, path, state), fact, trace, passed);
    }
  }

  private enter(
    entry: Entry,
    edge: CallbackEdge,
    inside: Fact,
    fact: Fact,
    before: Trace,
    trace: Trace,
  ): void {
    if (!this.tabulation.contexts.allowsCallback(entry.context, edge)) return;
    const run = this.tabulation.entryOf(edge.callee, inside, this.contextOf(entry, edge));
    const callback = this.handlerOf(edge);
    this.tabulation.addIncoming(run, {
      entry,
      site: edge.site,
      edge,
      binding: { callee: edge.callee, links: [], result: null },
      callback,
      fact,
      trace,
      before,
    });
  }

  contextOf(entry: Entry, edge: CallbackEdge): Context {
    const operand = wholeOperand(edge);
    return operand === null
      ? noContext
      : this.tabulation.contexts.enterCallback(
          entry.context,
          edge,
          operand,
          elementParameters(edge, this.modelsAt),
        );
  }

  private handlerOf(edge: CallbackEdge): NonNullable<Incoming["callback"]> {
    let handler = this.handlers.get(edge);
    if (handler === undefined) {
      handler = (entry, site, fact, inner, previous, given) => {
        this.leave(edge, entry, site, fact, previous === null ? inner : through(inner, previous), given);
      };
      this.handlers.set(edge, handler);
    }
    return handler;
  }

  /** What leaves a callback that ran without an entry fact. */
  exitEverywhere(run: Entry, fact: Fact, trace: Trace): void {
    const { decided, resumed } = this.tabulation;
    for (const edge of this.pointsTo.callbacksOf(run.node)) {
      const base = resumed.by(edge, decided.baseOf(run), this.tabulation.zero(edge.site.caller));
      for (const caller of decided.callersOf(run, edge, base))
        this.tabulation.runningIn(caller, () => {
          this.leave(edge, caller, edge.site, fact, trace);
        });
    }
  }

  /** What leaves a callback comes back to the call that ran it. */
  leave(
    edge: CallbackEdge,
    entry: Entry,
    site: CallSite,
    fact: Fact,
    trace: Trace,
    given: Given | null = null,
  ): void {
    meetCallbackSinks(this.pointsTo, this.sinks, this.modelsAt(site), edge, entry, site, fact, trace);
    if (fact.base === returned) {
      if (!this.leaveRound(edge, entry, site, fact, trace))
        this.giveResult(edge.address, entry, site, fact, trace, edge, given);
    } else if (fact.base === thrown) {
      // What an async function gives is a promise, which is kept wherever its results are.
      if (edge.callee.graph.async) {
        const promised = this.tabulation.facts.fact(returned, prepend(["!"], fact.path), fact.state);
        this.giveResult(edge.address, entry, site, promised, trace, edge, given);
      }
      this.leaveException(edge, entry, site, fact, trace);
    } else if (fact.base === closure) {
      if (!isMadeIn(edge.callee, entry.node)) shareEverywhere(this.tabulation, edge.callee, fact, trace);
      this.writeAt(entry, site, edge.place, [], fact.path.components, fact.state, trace, edge.callee);
      // The same call may run it again, which then sees what it left.
      if (isPassing(this.pointsTo, edge.callee))
        this.enter(
          entry,
          edge,
          fact,
          this.tabulation.facts.fact(closure, fact.path, fact.state),
          trace,
          trace,
        );
    } else {
      // What it leaves in what was bound to it is in the function that was handed over.
      for (const components of boundPaths(edge.callee, fact.base, fact.path))
        this.writeAt(entry, site, edge.place, [], components, fact.state, trace, null);
      this.leaveParameter(edge, entry, site, fact, trace);
    }
  }

  /** Writes below the places of an address of the call. */
  private writeAt(
    entry: Entry,
    site: CallSite,
    address: Address,
    names: readonly string[],
    inside: readonly string[],
    state: State,
    trace: Trace,
    ran: FunctionNode | null,
  ): void {
    for (const { base, prefix } of rootPlaces(site, address))
      for (const components of writtenPaths(this.pointsTo, site, address.steps, names)) {
        const whole = [...prefix, ...components, ...inside];
        this.tabulation.write(entry, site.point, base, whole, state, trace, ran, "changed");
      }
  }

  /** What one round of a fold gives is what the next one gets; what the last one gives is what comes of it all. */
  private leaveRound(edge: CallbackEdge, entry: Entry, site: CallSite, fact: Fact, trace: Trace): boolean {
    const next = nextRound(this.pointsTo, edge);
    if (next === null) return false;
    if (next === "end") this.deliver(entry, site, returnValue, fact.path, fact.state, trace, []);
    else {
      const given = this.tabulation.facts.fact(incoming(0), fact.path, fact.state);
      if (declares(next.callee, { kind: "parameter", index: 0 }))
        this.enter(entry, next, given, given, trace, this.passed(entry, next, 0, trace));
    }
    return true;
  }

  private giveResult(
    functionText: string,
    entry: Entry,
    site: CallSite,
    fact: Fact,
    trace: Trace,
    edge: CallbackEdge | null = null,
    given: Given | null = null,
  ): void {
    const models = this.modelsAt(site);
    const isMoved = this.channels.giveResult(entry, site, functionText, fact.path, fact.state, trace);
    if (isMoved && models.length === 0) return;
    this.enterResult(functionText, entry, site, fact, trace, models.length === 0);
    if (models.length === 0) {
      if (site.instruction.kind === "call" && !isOutOfReach(fact.path.components[0] ?? "")) {
        const note = step(
          entry.node,
          site.instruction.at,
          { kind: "assumed-through", callee: site.instruction.name },
          trace,
        );
        this.tabulation.put(
          entry,
          site.point,
          site.instruction.out,
          fact.path,
          this.tabulation.facts.assume(fact.state),
          note,
        );
      }
      return;
    }
    const said = saidResults(this.pointsTo, site, models, functionText, fact.path, false, edge?.callee);
    this.deliverResults(entry, site, said, fact.state, trace, placesOf(this.pointsTo, edge, given));
  }

  /** A function that a callback gave back is called with what it has captured; by a package nobody describes, it may be. */
  private enterResult(
    functionText: string,
    entry: Entry,
    site: CallSite,
    fact: Fact,
    trace: Trace,
    assumed: boolean,
  ): void {
    if (!mayBeSlot(fact.path.components[0])) return;
    const state = assumed ? this.tabulation.facts.assume(fact.state) : fact.state;
    for (const edge of site.callbacks.values()) {
      if (edge.address !== `${functionText}.result` || isOfAnother(edge.callee, fact.path)) continue;
      const note = assumed
        ? ({ kind: "assumed-called", ...called(edge.callee, entry.node) } as const)
        : ({
            kind: "captured",
            name: capturedName(edge.callee, fact.path),
            ...called(edge.callee, entry.node),
          } as const);
      const inside = this.tabulation.facts.fact(closure, fact.path, state);
      this.enter(entry, edge, inside, fact, trace, step(entry.node, site.instruction.at, note, trace));
    }
  }

  private deliverResults(
    entry: Entry,
    site: CallSite,
    said: readonly SaidResult[],
    state: State,
    trace: Trace,
    placed: PlaceResult = (to) => to,
  ): void {
    for (const { to, rest, names } of said)
      if (rest !== null)
        for (const each of to) this.deliver(entry, site, placed(each, rest), rest, state, trace, names);
  }

  /** An exception goes where a model says; else out of the call that ran the callback, or into its promise. */
  private leaveException(edge: CallbackEdge, entry: Entry, site: CallSite, fact: Fact, trace: Trace): void {
    if (site.instruction.kind !== "call") return;
    const said = saidResults(this.pointsTo, site, this.modelsAt(site), edge.address, fact.path, true);
    if (said.length > 0) {
      this.deliverResults(entry, site, said, fact.state, trace);
      return;
    }
    const rejects = edge.callee.graph.async || /(?:^|\.)(?:then|catch|finally)$/u.test(site.instruction.name);
    if (rejects)
      this.tabulation.put(
        entry,
        site.point,
        site.instruction.out,
        prepend(["!"], fact.path),
        fact.state,
        trace,
      );
    else this.tabulation.raise(entry, entry.node.blockOf[site.point] ?? 0, fact.path, fact.state, trace);
  }

  /** What a callback wrote into its argument is in what the argument came from. */
  private leaveParameter(edge: CallbackEdge, entry: Entry, site: CallSite, fact: Fact, trace: Trace): void {
    for (const { model, names } of this.modelsAt(site)) {
      for (const role of model.roles) {
        if (role.kind === "drafts" && isLeftInDraft(role, edge, fact))
          this.deliver(entry, site, role.to, fact.path, fact.state, trace, names);
        if (role.kind !== "flow") continue;
        for (const to of role.to) {
          const index = to.steps.findIndex((each) => each.kind === "parameter" || each.kind === "receiver");
          const target = to.steps[index];
          if (target === undefined || functionAddress(to, index) !== edge.address) continue;
          if (!declares(edge.callee, target)) continue;
          if ((target.kind === "parameter" ? incoming(target.index) : receiver) !== fact.base) continue;
          const rest = readSteps(stepPaths(this.pointsTo, site, to.steps.slice(index + 1), names), fact.path);
          if (rest === null || rest.components.length === 0) continue;
          for (const from of role.from) this.deliverBack(entry, site, from, rest, fact.state, trace, names);
        }
      }
    }
  }

  private deliverBack(
    entry: Entry,
    site: CallSite,
    from: Address,
    rest: AccessPath,
    state: State,
    trace: Trace,
    names: readonly string[],
  ): void {
    if (from.steps.some(({ kind }) => kind === "result" || kind === "parameter" || kind === "deep")) return;
    // What was taken out of an object's keeping is what the next take out of it.
    if (heldStep(from) !== -1) {
      this.deliver(entry, site, from, rest, state, trace, names);
      return;
    }
    this.writeAt(entry, site, from, names, rest.components, state, trace, null);
  }
}

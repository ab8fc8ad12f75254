/** Calls of own functions: facts enter, results come back; functions with a role (`@encrypts` …) are believed. */
import { declarationId } from "../../contracts/annotation.js";
import type { AnnotationTable, FunctionAnnotation } from "../../contracts/annotation.js";
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, emptyPath, prepend, readPrefix } from "../paths/access-path.js";
import type { Binding, Link } from "./bindings.js";
import { bind, enter, leave, readsReceiver } from "./bindings.js";
import type { Borders } from "./borders.js";
import { asOperand, isMadeHere, objectOfCallee } from "./caller-operands.js";
import type { Contexts } from "../contexts/contexts.js";
import { noContext } from "../contexts/context.js";
import type { Entry, Incoming } from "./entry.js";
import { hasEntered } from "./entry.js";
import { closure, incomingIndex, receiver, resumed, returned, thrown } from "./fact.js";
import type { Base, Fact } from "./fact.js";
import { initialisersBehind } from "./initialisers-behind.js";
import { KeyedCallees } from "../contexts/keyed-callees.js";
import type { CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import { mayBeSlot } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import { apply } from "../protection/protection.js";
import { isWrittenAnew, makersPart, sharedObject, sharedVariable } from "../heap/shared-variables.js";
import { siblingPaths } from "../heap/sibling-paths.js";
import { shownBeside } from "../heap/shown-captures.js";
import { comesByAnother, linksToCaptured } from "../points-to/captured-operands.js";
import { called } from "../paths/step-names.js";
import { passedNote } from "./passed-note.js";
import { shareEverywhere } from "./shared-everywhere.js";
import { isReplacedBeside } from "./replaced-variables.js";
import { RunningObjects } from "./running-objects.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { depthOfPut } from "./put-objects.js";
import { step, through } from "./trace.js";
import { isOfAnother, slotNumber } from "../paths/slots.js";

/**
 * What a callee does with a fact. `taken-over`: as it leaves it, so it is. `left`: it never looks at it. `none`: it does
 * not run where the fact holds, or took a part of it by itself.
 */
type Taking = "taken-over" | "left" | "none";

export class OwnCalls {
  private readonly bindings = new Map<CallEdge, Binding>();
  private readonly contexts: Contexts;
  private readonly keyed: KeyedCallees;
  private readonly running: RunningObjects;
  /** Set by `solve`: what a call does with an element of an own iterable that it is handed. */
  meetElement: (...at: [Entry, CallSite, Fact, Trace]) => void = () => undefined;

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly annotations: AnnotationTable,
    private readonly borders: Borders,
  ) {
    this.contexts = tabulation.contexts;
    this.running = new RunningObjects(pointsTo);
    this.keyed = new KeyedCallees(pointsTo, tabulation.contexts.values, tabulation.keys, tabulation.facts);
  }

  bindingOf(edge: CallEdge): Binding {
    let binding = this.bindings.get(edge);
    if (binding === undefined) {
      binding = bind(this.pointsTo, edge);
      const twins = linksToCaptured(this.pointsTo, edge);
      if (twins.length > 0) binding = { ...binding, links: [...binding.links, ...twins] };
      this.bindings.set(edge, binding);
    }
    return binding;
  }

  rolesOf(node: FunctionNode): readonly FunctionAnnotation[] {
    return this.annotations.functions.get(declarationId(node.file, node.graph.nameAt[0])) ?? [];
  }

  private roleOf(node: FunctionNode): FunctionAnnotation["tag"] | null {
    return (
      this.rolesOf(node).find((each) => /^(?:encrypts|decrypts|redacts|anonymizes)$/u.test(each.tag))?.tag ??
      null
    );
  }

  /** A fact reaches the call: it enters every callee whose operands hold it. True if each that may run took it over. */
  enterAll(entry: Entry, site: CallSite, fact: Fact, trace: Trace): boolean {
    const leaving: CallEdge[] = [];
    let entered = false;
    for (const edge of site.edges.values()) {
      const how = this.enterCallee(entry, edge, fact, trace);
      if (how === "taken-over") entered = true;
      else if (how === "left") leaving.push(edge);
    }
    if (isReplacedBeside(this.tabulation, site, fact)) return true;
    // What one of them does to it is not what the other does, which never looks at it.
    return entered && !leaving.some((edge) => this.mayRun(entry, edge, fact)) && !this.mayBeUnseen(site);
  }

  /** A function that somebody outside hands in may be called. */
  private mayBeUnseen({ caller, instruction }: CallSite): boolean {
    return (
      instruction.kind === "call" &&
      instruction.receiver === null &&
      this.borders.origins.isOpaque(caller, instruction.callee)
    );
  }

  private mayRun(entry: Entry, edge: CallEdge, { state }: Fact): boolean {
    return (
      this.contexts.allows(entry.context, edge.site, edge) && !this.keyed.isOfOtherKey(entry, edge, state)
    );
  }

  private enterCallee(entry: Entry, edge: CallEdge, fact: Fact, trace: Trace): Taking {
    const { site } = edge;
    const binding = this.bindingOf(edge);
    let how: Taking = "left";
    for (const link of binding.links) {
      if (link.to === receiver && !readsReceiver(edge.callee)) continue;
      // What is not waited for, or never asked for its values, has taken nothing away yet.
      const isDoneAtOnce = !edge.callee.graph.async && !edge.callee.graph.generator;
      const given = isDoneAtOnce ? asOperand(this.tabulation, entry.node, link.from, fact) : fact;
      const path = enter(link, given.base, given.path);
      if (path === null) continue;
      if (how === "left") how = "none";
      if (link.to === closure && isOfAnother(edge.callee, path)) continue;
      if (link.to === receiver && this.runsOnOthers(entry, edge, fact, path, trace)) continue;
      const index = incomingIndex(link.to);
      if (index !== null && comesByAnother(this.pointsTo, edge.callee, index, path.components)) continue;
      if (!this.mayRun(entry, edge, fact)) break;
      // A part handed over by itself, or a plain value, stays as it is in what it was taken from.
      if (link.prefix.length === 0 && path.components.length > 0 && link.isTwin !== true) how = "taken-over";
      const passed = step(entry.node, site.instruction.at, passedNote(entry.node, edge, link, path), trace);
      this.enterRun(
        entry,
        edge,
        fact,
        this.tabulation.entryOf(
          edge.callee,
          this.tabulation.facts.fact(link.to, path, fact.state),
          this.contexts.enter(entry.context, edge),
        ),
        trace,
        passed,
        given,
      );
      this.believe(entry, site, edge, binding, fact, passed);
    }
    return how;
  }

  /** Other objects than those that run the callee hold what lies there; it enters once one of these does. */
  private runsOnOthers(
    entry: Entry,
    edge: CallEdge,
    fact: Fact,
    { components }: AccessPath,
    trace: Trace,
  ): boolean {
    return this.running.areWithout(edge, components, () =>
      this.tabulation.held.asked(fact.state.field, () =>
        this.running.againAt(edge, entry, fact, () => {
          this.enterCallee(entry, edge, fact, trace);
        }),
      ),
    );
  }

  private enterRun(
    entry: Entry,
    edge: CallEdge,
    fact: Fact,
    run: Entry,
    before: Trace,
    passed: Trace,
    as = fact,
  ): void {
    const { site } = edge;
    const binding = this.bindingOf(edge);
    if (
      hasEntered(run, fact, (each) => each.entry === entry && each.site === site && each.binding === binding)
    )
      return;
    this.tabulation.addIncoming(run, {
      entry,
      site,
      edge,
      binding,
      callback: null,
      fact,
      as,
      trace: passed,
      before,
    });
  }

  private believe(
    entry: Entry,
    site: CallSite,
    edge: CallEdge,
    binding: Binding,
    fact: Fact,
    passed: Trace,
  ): void {
    const role = this.roleOf(edge.callee);
    if (role === null || role === "anonymizes" || binding.result === null) return;
    const name = edge.callee.graph.name;
    const state = apply(
      this.tabulation.facts,
      fact.state,
      role === "encrypts"
        ? { kind: "encrypted", by: name }
        : role === "redacts"
          ? { kind: "pseudonymised", by: name }
          : { kind: "raw" },
    );
    const note =
      role === "decrypts"
        ? ({ kind: "revealed", by: name } as const)
        : ({ kind: "protected", by: name, as: role === "encrypts" ? "encrypted" : "pseudonymised" } as const);
    this.tabulation.put(
      entry,
      site.point,
      binding.result.base,
      emptyPath,
      state,
      step(entry.node, site.instruction.at, note, passed),
    );
  }

  /** What leaves a callee comes back into one caller. */
  give(
    entry: Entry,
    site: CallSite,
    binding: Binding,
    fact: Fact,
    inner: Trace,
    from: Incoming | null,
  ): void {
    const { callee } = binding;
    const trace = from === null ? inner : through(inner, from.trace);
    if (fact.base === returned) {
      if (binding.result === null || this.roleOf(callee) !== null) return;
      if (binding.givesIterator === true) this.enterNext(entry, site, fact, inner, from);
      const rest = readPrefix(fact.path, binding.result.read);
      if (rest === null) return;
      const state = this.keyed.stateOfResult(entry, site, callee, fact.state, from?.fact.state.key ?? null);
      if (state === null) return;
      const note = step(
        entry.node,
        site.instruction.at,
        { kind: "returned", ...called(callee, entry.node) },
        trace,
      );
      const { base, add } = binding.result;
      const path = prepend(add, rest);
      if (binding.givesElements === true)
        this.meetElement(entry, site, this.tabulation.facts.fact(base, path, state), note);
      else if (base === returned)
        this.tabulation.exit(entry, this.tabulation.facts.fact(base, path, state), note);
      else this.tabulation.put(entry, site.point, base, path, state, note);
      return;
    }
    if (fact.base === thrown) {
      if (callee.graph.async && binding.result !== null)
        this.tabulation.put(
          entry,
          site.point,
          binding.result.base,
          prepend(["!"], fact.path),
          fact.state,
          trace,
        );
      else this.tabulation.raise(entry, entry.node.blockOf[site.point] ?? 0, fact.path, fact.state, trace);
      return;
    }
    if (fact.base === resumed && entry.fact !== null) this.tabulation.exit(entry, fact, trace);
    // What the closure found in its variables and left there is known to the others already.
    if (fact.base === closure && (from === null || inner.kind !== "entry"))
      this.share(entry, site, callee, fact, trace);
    const twins = binding.links.filter(
      (link) => link.isTwin === true && leave(link, fact.base, fact.path) !== null,
    );
    for (const link of twins.length > 0 ? twins : binding.links) {
      const components = leave(link, fact.base, fact.path);
      if (components === null || isOfAnotherOperand(link, fact, inner, from)) continue;
      if (link.to === receiver && this.runsOn(entry, site, callee, link.from, components, fact, trace))
        continue;
      const unchanged =
        from !== null &&
        inner.kind === "entry" &&
        link.from === (from.as ?? from.fact).base &&
        fact.state === from.fact.state &&
        accessPath(components) === from.fact.path;
      if (unchanged) this.tabulation.emitAfter(entry, site.point, from.fact, from.before);
      else {
        const ran = fact.base === closure ? callee : null;
        const put = depthOfPut(this.tabulation.aliases, site, link.from, components, from);
        const how = put ?? "changed";
        this.tabulation.write(entry, site.point, link.from, components, fact.state, trace, ran, how);
      }
    }
  }

  /** Field initialisers that run behind the callee find what it has left; true if each took it over. */
  private runsOn(
    entry: Entry,
    site: CallSite,
    callee: FunctionNode,
    base: Base,
    components: readonly string[],
    { state }: Fact,
    trace: Trace,
  ): boolean {
    const { edges, isCertain } = initialisersBehind(this.pointsTo, site, callee, components[0]);
    if (edges.length === 0) return false;
    const left = this.tabulation.facts.fact(base, accessPath(components), state);
    const taken = edges.map((edge) => this.enterCallee(entry, edge, left, trace));
    return isCertain && taken.every((how) => how === "taken-over");
  }

  /** A closure wrote a variable that others share: those in the same object, else whoever has it. */
  private share(entry: Entry, site: CallSite, callee: FunctionNode, fact: Fact, trace: Trace): void {
    const [slot = "", ...rest] = fact.path.components;
    const shared =
      slot.startsWith("^") && rest.length > 0
        ? sharedVariable(this.pointsTo, callee, slotNumber(slot))
        : null;
    if (shared === null || (this.isMaker(entry.node, shared) && isMadeHere(entry.node, site, callee))) return;
    const object = objectOfCallee(entry.node, site);
    const objects = object === null ? [] : this.pointsTo.valuesOf(entry.node, object);
    const paths = siblingPaths(this.pointsTo, objects, shared);
    if (object !== null)
      for (const { path, closure: sibling } of paths)
        this.tabulation.write(entry, site.point, object, [...path, ...rest], fact.state, trace, sibling);
    if (!isWrittenAnew(shared)) {
      if (object !== null)
        for (const shown of shownBeside(this.tabulation, entry.node, object, callee, slotNumber(slot)))
          this.tabulation.write(entry, site.point, shown.base, [...shown.way, ...rest], fact.state, trace);
      const isAlone = paths.every((each) => each.closure === callee);
      const kept = isAlone ? sharedObject(this.pointsTo, callee, slotNumber(slot)) : null;
      if (kept !== null)
        this.tabulation.heap.publish({ key: kept, prefix: [] }, accessPath(rest), fact.state, trace);
      return;
    }
    // The function that made the object may read its variable itself.
    const key = paths.length === 0 ? shared : makersPart(shared);
    this.tabulation.heap.publish({ key, prefix: [] }, accessPath(rest), fact.state, trace);
  }

  /** The function that holds the variable follows it by itself. */
  private isMaker(node: FunctionNode, shared: string): boolean {
    return shared.split(":")[1] === String(node.index);
  }

  /** What an iterator method gave is the receiver of `next`, or holds its closure. */
  private enterNext(entry: Entry, site: CallSite, fact: Fact, inner: Trace, from: Incoming | null): void {
    for (const edge of site.edges.values()) {
      if (edge.shape !== "next") continue;
      const trace = from === null ? inner : through(inner, from.trace);
      const [first, ...rest] = fact.path.components;
      const inside =
        first === "next" && mayBeSlot(rest[0])
          ? this.tabulation.facts.fact(closure, accessPath(rest), fact.state)
          : this.tabulation.facts.fact(receiver, fact.path, fact.state);
      this.enterRun(entry, edge, fact, this.tabulation.entryOf(edge.callee, inside, noContext), trace, trace);
    }
  }

  everywhere(run: Entry, fact: Fact, trace: Trace): void {
    if (fact.base === closure && this.pointsTo.callersOf(run.node).length === 0)
      shareEverywhere(this.tabulation, run.node, fact, trace);
    const { decided } = this.tabulation;
    for (const edge of this.pointsTo.callersOf(run.node)) {
      const context = this.borders.isCrossedBy(trace, edge)
        ? this.contexts.leave(decided.baseOf(run).context, edge)
        : null;
      if (context === null) continue;
      const base = this.tabulation.entryOf(edge.site.caller, null, context);
      for (const caller of decided.callersOf(run, edge, base))
        this.tabulation.runningIn(caller, () => {
          this.give(caller, edge.site, this.bindingOf(edge), fact, trace, null);
        });
    }
  }
}

/** What a parameter holds as it came in lies where it came from, and in no other operand that may come in there. */
function isOfAnotherOperand(link: Link, fact: Fact, inner: Trace, from: Incoming | null): boolean {
  return (
    from !== null &&
    inner.kind === "entry" &&
    incomingIndex(fact.base) !== null &&
    link.from !== (from.as ?? from.fact).base
  );
}

/** Functions of packages and of the library as callbacks: what goes in as their arguments, and what they give back. */
import type { Address } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { emptyPath, prepend } from "../paths/access-path.js";
import { isOutOfReach, isUnprinted } from "../paths/path-components.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { stepPaths, writtenPaths } from "../models/address-facts.js";
import { operandsOfSite } from "../models/address-values.js";
import { readSteps } from "./callback-results.js";
import type { Channels } from "./channels.js";
import type { Entry } from "./entry.js";
import type { MouthRun } from "./mouth-runs.js";
import { movedByRole, type MovedByRole } from "./moved-by-roles.js";
import { incoming, returned } from "./fact.js";
import type { Base, Fact, State } from "./fact.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { holdsForMethod } from "../models/select-models.js";
import { apply } from "../protection/protection.js";
import type { SinkRole } from "../sinks/sink-of.js";
import type { SinkRecorder } from "../sinks/sinks.js";
import { isSink } from "../sinks/sink-of.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step } from "./trace.js";
import { believed, type TellBlindSpot, unknownPlace } from "./undescribed.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

/** What the function at an address gave back goes to where the model of the call says. */
export type GiveResult = (
  functionText: string,
  entry: Entry,
  site: CallSite,
  fact: Fact,
  trace: Trace,
) => void;

export class ForeignCallbacks {
  /** What goes into functions just now. */
  private readonly entered = new WeakMap<Entry, Set<string>>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly sinks: SinkRecorder,
    private readonly channels: Channels,
    private readonly giveResult: GiveResult,
    private readonly tell: TellBlindSpot,
  ) {}

  /** A package or library function as a callback: `names.map(String)`, `rows.forEach(console.log)`. */
  enter(
    entry: Entry,
    site: CallSite,
    functionText: string,
    index: number,
    path: AccessPath,
    state: State,
    trace: Trace,
    run = this.runAt(site, functionText),
  ): void {
    if (!site.foreignCallbacks.has(functionText)) {
      if (isOfNothing(this.pointsTo, site, functionText))
        this.assume(entry, site, functionText, index, path, state, trace, run, null);
      return;
    }
    const given = this.tabulation.facts.fact(incoming(index), path, state);
    const key = `${run.site.id}|${run.key}|${site.id}|${functionText}|${String(given.id)}`;
    const known = this.entered.get(entry) ?? new Set<string>();
    this.entered.set(entry, known);
    // Of functions in a list of unknown order each may be called with what any gave.
    if (known.has(key)) return;
    known.add(key);
    this.call(entry, site, functionText, index, path, state, trace, run);
    known.delete(key);
  }

  private call(
    entry: Entry,
    site: CallSite,
    functionText: string,
    index: number,
    path: AccessPath,
    state: State,
    trace: Trace,
    run: MouthRun,
  ): void {
    const operand = run.site === site ? operandOf(site, functionText) : null;
    for (const callback of site.foreignCallbacks.get(functionText) ?? []) {
      if (operand !== null && !this.mayBe(entry, operand, callback)) continue;
      this.channels.give(entry, callback, index, path, state, trace, run);
      const matches = this.pointsTo.catalogue.match(callback.module, callback.path, "call");
      if (matches.length === 0 && this.isUndescribed(callback))
        this.assume(entry, site, functionText, index, path, state, trace, run, callback);
      const all = matches.filter((match) => holdsForMethod(this.pointsTo, site, match, callback));
      for (const match of all)
        for (const role of match.model.roles) {
          if (isSink(role) && !path.components.some(isUnprinted))
            this.foreignSink(entry, site, { ...match, callee: callback }, role, index, state, trace);
          const called = { callback, match, all };
          const moved = movedByRole(this.pointsTo, this.tabulation.facts, site, called, role, state);
          if (moved === null) continue;
          const told = moved.note === null ? trace : step(entry.node, site.instruction.at, moved.note, trace);
          this.keep(entry, site, functionText, moved, match.names, index, path, told);
          const places = moved.to
            .filter(isPartOfResult)
            .flatMap((to) => writtenPaths(this.pointsTo, site, to.steps, match.names));
          for (const from of places.length === 0 ? [] : moved.from) {
            if (!takesArgument(from, index)) continue;
            const inner = readSteps(stepPaths(this.pointsTo, site, from.steps, match.names), path);
            if (inner === null) continue;
            for (const place of places)
              run.back(entry, prepend(place, moved.isWhole ? emptyPath : inner), moved.state, told);
          }
        }
    }
  }

  /** The operand may be the function in this run; of one that is bound there nothing is told. */
  private mayBe({ context, node }: Entry, operand: Base, callback: Foreign): boolean {
    const isItself = operand < 0 || this.pointsTo.valuesOf(node, operand).has(callback);
    return !isItself || this.tabulation.contexts.mayBe(context, node, operand, callback);
  }

  /** Of what a described call made, its description says what there is to say. */
  private isUndescribed(callback: Foreign): boolean {
    const { module, path, site } = callback;
    const { catalogue } = this.pointsTo;
    const isMadeOfNothing =
      path.at(-1) === "()" && catalogue.match(module, path.slice(0, -1), "call").length === 0;
    return (
      /^(?:npm|node):/u.test(module) &&
      (site === null || isMadeOfNothing || catalogue.find(module).length === 0) &&
      !this.channels.isMouthOf(callback)
    );
  }

  /** Nothing describes the function: what it gives back may be made of what it got. */
  private assume(
    entry: Entry,
    site: CallSite,
    functionText: string,
    index: number,
    path: AccessPath,
    state: State,
    trace: Trace,
    run: MouthRun,
    callback: Foreign | null,
  ): void {
    if (isOutOfReach(path.components[0] ?? "") || path.components.some(isUnprinted)) return;
    const { at } = site.instruction;
    const operand = operandOf(site, functionText);
    const { facts } = this.tabulation;
    const callee = callback?.path.join(".") ?? nameOf(site);
    const belief = operand === null ? null : believed(this.pointsTo, site.caller, operand, callee);
    if (belief !== null) {
      if (belief.role === "anonymizes") return;
      const note = step(entry.node, at, belief.note, trace);
      run.back(entry, emptyPath, apply(facts, state, belief.protection), note);
      return;
    }
    const note = step(entry.node, at, { kind: "assumed-through", callee }, trace);
    const fact = facts.fact(incoming(index), path, state);
    if (callback === null) this.tell("unresolved-callee", site, fact, callee);
    else this.tell("unmodelled-package", site, fact, `${callback.module}#${callee}`);
    run.back(entry, unknownPlace(path), facts.assume(state), note);
  }

  /** What it gives back goes to where the model of the call says. */
  private runAt(site: CallSite, functionText: string): MouthRun {
    const back: MouthRun["back"] = (entry, path, state, trace) => {
      this.giveResult(functionText, entry, site, this.tabulation.facts.fact(returned, path, state), trace);
    };
    return { site, key: functionText, back };
  }

  /** What a method of a package takes in stays in its object: `input.pipe(zip)` writes into `zip`. */
  private keep(
    entry: Entry,
    site: CallSite,
    functionText: string,
    moved: MovedByRole,
    names: readonly string[],
    index: number,
    path: AccessPath,
    trace: Trace,
  ): void {
    const object = /^arg(\d+)\.[^.]+$/u.exec(functionText)?.[1];
    const argument = object === undefined ? undefined : operandsOfSite(site).arguments[Number(object)];
    if (argument === undefined || argument.spread) return;
    for (const from of moved.from) {
      const inner = takesArgument(from, index)
        ? readSteps(stepPaths(this.pointsTo, site, from.steps, names), path)
        : null;
      if (inner === null) continue;
      for (const to of moved.to) {
        if (to.root.kind !== "this" || to.steps.some((each) => each.kind === "parameter")) continue;
        for (const kept of writtenPaths(this.pointsTo, site, to.steps, names))
          this.tabulation.putBefore(
            entry,
            site.point,
            argument.value,
            prepend(kept, moved.isWhole ? emptyPath : inner),
            moved.state,
            trace,
          );
      }
    }
  }

  private foreignSink(
    entry: Entry,
    site: CallSite,
    match: ModelAt,
    role: SinkRole,
    index: number,
    state: State,
    trace: Trace,
  ): void {
    if (role.kind !== "sql" && role.data.some((address) => takesArgument(address, index)))
      this.sinks.record(entry, site, match, role, null, state, trace);
  }
}

/** What comes back, or a part of it that is named in the model: other addresses are about operands of the call itself. */
function isPartOfResult({ root, steps }: Address): boolean {
  return (
    root.kind === "return" &&
    steps.every(({ kind }) => kind === "property" || kind === "element" || kind === "any")
  );
}

function takesArgument(address: Address, index: number): boolean {
  return (
    (address.root.kind === "argument" && address.root.index === index) ||
    (address.root.kind === "arguments" && index >= address.root.from)
  );
}

/** The operand that a function's address names, where it is the function itself. */
function operandOf(site: CallSite, functionText: string): Base | null {
  const index = /^arg(\d+)$/u.exec(functionText)?.[1];
  if (index === undefined) return null;
  const argument = operandsOfSite(site).arguments[Number(index)];
  return argument === undefined || argument.spread ? null : argument.value;
}

function nameOf({ instruction }: CallSite): string {
  return instruction.kind === "call" ? instruction.name : "";
}

/** An argument of which nothing is known: a function that comes from outside, and not one that a described call made. */
function isOfNothing(pointsTo: PointsTo, site: CallSite, functionText: string): boolean {
  const operand = operandOf(site, functionText);
  if (operand === null || !pointsTo.valueNode(site.caller, operand).isEmpty) return false;
  const definition = site.caller.definitions[operand];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return true;
  const made = pointsTo.findSite(site.caller, definition.point)?.foreign ?? [];
  return ![...made].some(({ module, path }) => pointsTo.catalogue.match(module, path, "call").length > 0);
}

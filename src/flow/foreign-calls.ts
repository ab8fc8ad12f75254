/** Calls that models describe, and calls that nothing describes. */
import type { BlindSpotKind, Protection } from "../contracts/flow.js";
import type { Address, AddressStep, Role } from "../contracts/model.js";
import type { AccessPath } from "./access-path.js";
import { emptyPath, isHidden, isIndex } from "./access-path.js";
import { isWrittenOut, meet, rootPlaces, writtenPaths } from "./address-facts.js";
import { operandsOfSite } from "./address-values.js";
import { isBinding } from "./bound-functions.js";
import { Callbacks } from "./callbacks.js";
import { Channels } from "./channels.js";
import type { Entry } from "./entry.js";
import { incoming, receiver } from "./fact.js";
import type { Fact, State } from "./fact.js";
import type { ModelAt } from "./model-at.js";
import { channelModule, functionAddress } from "./model-constraints.js";
import { clearedPaths, isOverwrittenByRange, isReplacedLater } from "./overwriting.js";
import type { CallSite, PointsTo } from "./points-to.js";
import { apply, judge } from "./protection.js";
import { firstRank, selectModels } from "./select-models.js";
import type { SinkRecorder } from "./sinks.js";
import { isSink } from "./sinks.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step } from "./trace.js";

type CalledValue = ModelAt["callee"];

export type TellBlindSpot = (kind: BlindSpotKind, site: CallSite, fact: Fact, subject: string) => void;

export class ForeignCalls {
  readonly callbacks: Callbacks;
  private readonly channels: Channels;
  private readonly models = new Map<CallSite, readonly ModelAt[]>();

  constructor(
    private readonly tabulation: Tabulation,
    private readonly pointsTo: PointsTo,
    private readonly sinks: SinkRecorder,
    private readonly tell: TellBlindSpot,
  ) {
    this.channels = new Channels(tabulation, pointsTo);
    this.callbacks = new Callbacks(
      tabulation,
      pointsTo,
      (site) => this.modelsAt(site),
      (entry, site, to, rest, state, trace, names) => {
        this.deliver(entry, site, to, rest, state, trace, names);
      },
      sinks,
    );
  }

  /** The models that hold at a site, for whatever foreign values it calls, assigns to or reads. */
  modelsAt(site: CallSite): readonly ModelAt[] {
    let found = this.models.get(site);
    if (found === undefined) {
      found = this.findModels(site);
      this.models.set(site, found);
    }
    return found;
  }

  private findModels(site: CallSite): readonly ModelAt[] {
    const { instruction } = site;
    if (instruction.kind === "store" && instruction.property.kind === "name")
      return this.assignModels(site, instruction.object, instruction.property.name);
    const found: ModelAt[] = [];
    const seen = new Set<unknown>();
    const isKnown =
      site.edges.size > 0 ||
      [...site.foreign].some(
        (callee) => !isGuess(callee) && selectModels(this.pointsTo, site, callee).length > 0,
      );
    for (const callee of site.foreign) {
      // A guess by the member's name is none any more where the receiver is known.
      if (isKnown && isGuess(callee)) continue;
      for (const match of selectModels(this.pointsTo, site, callee)) {
        if (seen.has(match.model)) continue;
        seen.add(match.model);
        found.push({ ...match, callee });
      }
    }
    return found;
  }

  private assignModels(site: CallSite, object: number, name: string): readonly ModelAt[] {
    const found: ModelAt[] = [];
    for (const value of this.pointsTo.valuesOf(site.caller, object)) {
      if (value.kind !== "foreign") continue;
      const matches = firstRank(
        this.pointsTo,
        site,
        this.pointsTo.catalogue.match(value.module, [...value.path, name], "assign"),
      );
      found.push(...matches.map((match) => ({ ...match, callee: value })));
    }
    return found;
  }

  /** A fact reaches a site. True if a model says that what it is about is emptied. */
  atSite(entry: Entry, site: CallSite, fact: Fact, trace: Trace): boolean {
    this.channels.meet(entry, site, fact, trace);
    if (site.instruction.kind === "store") {
      for (const match of this.modelsAt(site)) this.applyRoles(entry, site, match, fact, trace);
      return false;
    }
    const models = this.modelsAt(site);
    let cleared = false;
    for (const match of models) cleared = this.applyRoles(entry, site, match, fact, trace) || cleared;
    if (models.length > 0 || site.instruction.kind === "jsx")
      this.callbacks.enterClosures(entry, site, fact, trace, false);
    else if (site.instruction.kind === "call" && (site.edges.size === 0 || site.foreign.size > 0))
      this.unknownCall(entry, site, fact, trace);
    return cleared;
  }

  private applyRoles(entry: Entry, site: CallSite, match: ModelAt, fact: Fact, trace: Trace): boolean {
    let cleared = false;
    const isGuessed = isGuess(match.callee);
    for (const role of match.model.roles) {
      if (isSink(role)) {
        if (!isGuessed) this.sinks.meet(entry, site, match, role, fact, trace);
      } else if (role.kind === "flow") {
        this.move(entry, site, role, match.names, fact, trace);
        cleared = isOverwrittenByRange(site, role, fact.base, fact.path.components) || cleared;
      } else if (role.kind === "encrypt") this.protect(entry, site, role, match, fact, trace);
      else if (role.kind === "decrypt") this.reveal(entry, site, role, match.names, fact, trace);
      else if (role.kind === "clear") cleared = this.clears(site, role.target, match.names, fact) || cleared;
    }
    return cleared;
  }

  private move(
    entry: Entry,
    site: CallSite,
    role: Extract<Role, { kind: "flow" }>,
    names: readonly string[],
    fact: Fact,
    trace: Trace,
  ): void {
    for (const from of role.from) {
      if (from.steps.some((each) => each.kind === "result" || each.kind === "parameter")) continue;
      for (const to of role.to) {
        const [source, target] = keepsNames(from, to)
          ? [withoutLast(from), withoutLast(to)]
          : [from, sameElement(from, to, fact.path)];
        const rest = meet(this.pointsTo, site, source, fact.base, fact.path, names);
        if (rest === null || isReplacedLater(site, from, fact.base, rest.components)) continue;
        this.deliver(entry, site, target, rest, fact.state, trace, names, fact);
      }
    }
  }

  /** What a model moves goes to a place in the caller, or into a parameter of a callback. */
  private deliver(
    entry: Entry,
    site: CallSite,
    to: Address,
    rest: AccessPath,
    state: State,
    trace: Trace,
    names: readonly string[],
    fact?: Fact,
  ): void {
    const index = to.steps.findIndex((each) => each.kind === "parameter" || each.kind === "receiver");
    const target = to.steps[index];
    const paths = writtenPaths(this.pointsTo, site, to.steps.slice(index + 1), names);
    if (target !== undefined) {
      const base = target.kind === "parameter" ? incoming(target.index) : receiver;
      for (const components of paths)
        this.callbacks.enterParameter(
          entry,
          site,
          functionAddress(to, index),
          base,
          components,
          rest,
          state,
          fact ?? this.tabulation.facts.fact(base, rest, state),
          trace,
        );
      return;
    }
    const note =
      site.instruction.kind === "call"
        ? step(entry.node, site.instruction.at, { kind: "through", callee: site.instruction.name }, trace)
        : trace;
    if (to.steps.some((each) => each.kind === "text") && !isWrittenOut(rest)) return;
    for (const place of rootPlaces(site, to)) {
      for (const path of paths) {
        const components = [...place.prefix, ...path, ...rest.components];
        if (to.root.kind === "return" && this.isClearedInResult(site, components)) continue;
        if (to.root.kind === "return" && place.base >= 0)
          this.tabulation.put(entry, site.point, place.base, this.path(components), state, note);
        else this.tabulation.write(entry, site.point, place.base, components, state, note);
      }
    }
  }

  /** A model says that what would come back there is taken out (`omit`). */
  private isClearedInResult(site: CallSite, components: readonly string[]): boolean {
    return this.modelsAt(site).some(({ model, names }) =>
      model.roles.some(
        (role) =>
          role.kind === "clear" &&
          role.target.root.kind === "return" &&
          clearedPaths(this.pointsTo, site, role.target, names).some(
            (cleared) =>
              cleared.length <= components.length &&
              cleared.every((component, index) => component === components[index]),
          ),
      ),
    );
  }

  private path(components: readonly string[]): AccessPath {
    return this.tabulation.path(components);
  }

  private protect(
    entry: Entry,
    site: CallSite,
    role: Extract<Role, { kind: "encrypt" }>,
    match: ModelAt,
    fact: Fact,
    trace: Trace,
  ): void {
    if (
      !role.input.some(
        (input) => meet(this.pointsTo, site, input, fact.base, fact.path, match.names) !== null,
      )
    )
      return;
    const callee = site.instruction.kind === "call" ? site.instruction.name : match.model.text;
    const { protection, certain } = judge(this.pointsTo, site, role, match.names, callee);
    let state = apply(this.tabulation.facts, fact.state, protection);
    if (!certain) state = this.tabulation.facts.assume(state);
    const note = step(
      entry.node,
      site.instruction.at,
      { kind: "protected", by: callee, as: protection.kind },
      trace,
    );
    for (const output of role.output)
      this.deliver(entry, site, output, emptyPath, state, note, match.names, fact);
  }

  private reveal(
    entry: Entry,
    site: CallSite,
    role: Extract<Role, { kind: "decrypt" }>,
    names: readonly string[],
    fact: Fact,
    trace: Trace,
  ): void {
    if (!role.input.some((input) => meet(this.pointsTo, site, input, fact.base, fact.path, names) !== null))
      return;
    const callee = site.instruction.kind === "call" ? site.instruction.name : "";
    const state = apply(this.tabulation.facts, fact.state, { kind: "raw" });
    const note = step(entry.node, site.instruction.at, { kind: "revealed", by: callee }, trace);
    for (const output of role.output) this.deliver(entry, site, output, emptyPath, state, note, names, fact);
  }

  private clears(site: CallSite, target: Address, names: readonly string[], fact: Fact): boolean {
    if (fact.path.components.length === 0 || target.root.kind === "return") return false;
    const cleared = clearedPaths(this.pointsTo, site, target, names);
    return rootPlaces(site, target).some((place) => {
      const alias = this.tabulation.aliases
        .placesOf(site.caller, place.base)
        .find(
          (each) =>
            each.certain &&
            each.base === fact.base &&
            each.path.components.every((component, index) => component === fact.path.components[index]),
        );
      if (alias === undefined) return false;
      const below = fact.path.components.slice(alias.path.components.length);
      return cleared.some((components) => {
        const wanted = [...place.prefix, ...components];
        return (
          wanted.length <= below.length &&
          wanted.every((component, index) => isWithin(component, below[index] ?? ""))
        );
      });
    });
  }

  /** A member of an interface with a role (`@encrypts`), whose body is not seen. */
  private believes(entry: Entry, site: CallSite, fact: Fact, trace: Trace): boolean {
    const { instruction } = site;
    if (instruction.kind !== "call") return false;
    const definition = site.caller.definitions[instruction.callee];
    if (definition?.kind !== "instruction") return false;
    const callee = definition.instruction;
    const nameStart = callee.kind === "load" ? callee.nameAt[0] : callee.at[0];
    const role = this.pointsTo.resolver
      .rolesAt?.(site.caller.file, nameStart)
      .find(
        (each) =>
          each.tag === "encrypts" ||
          each.tag === "decrypts" ||
          each.tag === "redacts" ||
          each.tag === "anonymizes",
      )?.tag;
    if (role === undefined) return false;
    if (role === "anonymizes" || fact.base === instruction.receiver) return true;
    const { name } = instruction;
    const protection: Protection =
      role === "encrypts"
        ? { kind: "encrypted", by: name }
        : role === "redacts"
          ? { kind: "pseudonymised", by: name }
          : { kind: "raw" };
    const note =
      role === "decrypts"
        ? ({ kind: "revealed", by: name } as const)
        : ({ kind: "protected", by: name, as: protection.kind } as const);
    this.tabulation.put(
      entry,
      site.point,
      instruction.out,
      emptyPath,
      apply(this.tabulation.facts, fact.state, protection),
      step(entry.node, instruction.at, note, trace),
    );
    return true;
  }

  /** Nothing describes the callee: its result carries the data on as possible, and functions it got are called. */
  private unknownCall(entry: Entry, site: CallSite, fact: Fact, trace: Trace): void {
    const { instruction } = site;
    if (instruction.kind !== "call") return;
    if (
      [...site.foreign].some((callee) => callee.module === "lib" || callee.module === channelModule) ||
      isBinding(this.pointsTo, site)
    )
      return;
    const operands = operandsOfSite(site);
    const isOperand =
      fact.base === operands.receiver || operands.arguments.some((argument) => argument.value === fact.base);
    if (!isOperand) return;
    this.callbacks.enterClosures(entry, site, fact, trace, true);
    if (isHidden(fact.path.components[0] ?? "") || this.believes(entry, site, fact, trace)) return;
    const state = this.tabulation.facts.assume(fact.state);
    const note = step(
      entry.node,
      instruction.at,
      { kind: "assumed-through", callee: instruction.name },
      trace,
    );
    this.tabulation.put(entry, site.point, instruction.out, emptyPath, state, note);
    const foreign = [...site.foreign][0];
    this.tell(
      foreign === undefined ? "unresolved-callee" : "unmodelled-package",
      site,
      fact,
      foreign === undefined ? instruction.name : `${foreign.module}#${foreign.path.join(".")}`,
    );
    for (const edge of site.callbacks.values()) {
      for (const parameter of edge.callee.graph.parameters) {
        const called = step(
          entry.node,
          instruction.at,
          { kind: "assumed-called", callee: edge.callee.graph.name },
          trace,
        );
        this.callbacks.enterParameter(
          entry,
          site,
          edge.address,
          incoming(parameter.index),
          [],
          emptyPath,
          state,
          fact,
          called,
        );
      }
    }
  }
}

/** A member of whatever library type has one of this name. */
function isGuess(callee: CalledValue): boolean {
  return callee.module === "lib" && callee.path[0] === "*";
}

/** `arg0.* -> return.*`: each property goes to the one of its own name. */
function keepsNames(from: Address, to: Address): boolean {
  return from.steps.at(-1)?.kind === "any" && to.steps.at(-1)?.kind === "any";
}

/** `arg0[].1 -> return[arg0[].0]`: the key beside the value, where the element is known by its index. */
function sameElement(from: Address, to: Address, path: AccessPath): Address {
  const position = from.steps.findIndex((step) => step.kind === "element");
  const index = path.components[position];
  if (position === -1 || index === undefined || !isIndex(index)) return to;
  const steps = to.steps.map((step): AddressStep => {
    if (step.kind !== "entry" || step.key.steps[position]?.kind !== "element") return step;
    const keySteps = step.key.steps.map((each, place): AddressStep =>
      place === position ? { kind: "property", name: index } : each,
    );
    return { ...step, key: { ...step.key, steps: keySteps } };
  });
  return { ...to, steps };
}

function withoutLast(address: Address): Address {
  return { ...address, steps: address.steps.slice(0, -1) };
}

/** Clearing `[]` clears every element; clearing a key that key alone. */
function isWithin(cleared: string, component: string): boolean {
  if (cleared === component || (cleared === "*" && !isHidden(component))) return true;
  return cleared === "[]" && (component.startsWith("=") || isIndex(component));
}

/**
 * Contexts: which functions and objects the parameters and the receiver of one run of a function are, where its
 * callers differ in it. `apply(seal, a)` and `apply(log, b)` run `apply` twice, so `b` does not meet `seal`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { distinguishes } from "../points-to/abstract-value.js";
import { ChosenElements, isSameCallee } from "./chosen-elements.js";
import { common, inCommon } from "./known-in-common.js";
import { RunReaders } from "./run-readers.js";
import { fewer, NarrowedValues } from "./narrowed-values.js";
import { ContextClosures } from "./context-closures.js";
import { ContextValues } from "./context-values.js";
import type { ReadValues } from "../models/address-values.js";
import { areAllKnown } from "../constants/complete-values.js";
import { foldValues } from "../constants/constants.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { receiver as receiverBase } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import { accessedObjects, writtenShift } from "../program/edge-arguments.js";
import { givenByLanguage } from "./given-by-language.js";
import { givenAt } from "../program/given-parameters.js";
import type { HeapReader } from "../heap/heap.js";
import { KeyParameters } from "./key-parameters.js";
import { leftOut } from "./left-out.js";
import { LeavingContexts, wholeOperand } from "./leaving-contexts.js";
import type { Known } from "./leaving-contexts.js";
import type { CallbackEdge, CallEdge, CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { promisedCallback } from "../points-to/promised-functions.js";
import { settlersOf } from "../tabulation/thenables.js";
import { mayIterate } from "./iterators-in-run.js";
import { isKnownOutside } from "../heap/unused-closures.js";

/** More contexts of one function than this are one. */
const mostContexts = 48;

export class Contexts {
  private readonly allowed = new Map<Context, Map<CallEdge, boolean>>();
  private readonly known = new Map<number, Map<string, Context>>();
  private readonly entered = new Map<CallEdge, Map<Context, Context>>();
  private readonly resumed = new Map<CallEdge | CallbackEdge, Map<Context, Map<Context, Context>>>();
  private readonly reading = new Map<HeapReader, Context>();
  private readonly readers: RunReaders;
  readonly values: ContextValues;
  private readonly closures: ContextClosures;
  readonly keys: KeyParameters;
  private readonly leaving: LeavingContexts;
  private readonly narrowed: NarrowedValues;
  private readonly chosen: ChosenElements;

  constructor(private readonly pointsTo: PointsTo) {
    this.values = new ContextValues(pointsTo);
    this.chosen = new ChosenElements(pointsTo, this.values);
    this.readers = new RunReaders(pointsTo, this.values);
    this.keys = new KeyParameters(pointsTo);
    this.narrowed = new NarrowedValues(pointsTo, this.values);
    this.leaving = new LeavingContexts(pointsTo, this.values);
    this.closures = new ContextClosures(pointsTo, this.values, {
      enter: (caller, edge) => this.enter(caller, edge),
      allows: (context, site, edge) => this.allows(context, site, edge),
    });
  }

  /** The context in which a caller's run enters a callee. */
  enter(caller: Context, edge: CallEdge): Context {
    let entered = this.entered.get(edge);
    if (entered === undefined) this.entered.set(edge, (entered = new Map<Context, Context>()));
    let context = entered.get(caller);
    if (context === undefined) entered.set(caller, (context = this.contextOf(caller, edge)));
    return context;
  }

  private contextOf(caller: Context, edge: CallEdge): Context {
    const { instruction } = edge.site;
    const { callee } = edge;
    const parameters = new Map<number, ReadonlySet<AbstractValue>>();
    const slots =
      instruction.kind === "call"
        ? this.closures.slotsAt(caller, edge)
        : new Map<number, ReadonlySet<AbstractValue>>();
    const given = givenAt(this.pointsTo, edge);
    let receiver: ReadonlySet<AbstractValue> | null = null;
    // The arguments of a call on a bound function stand behind those that it was bound to.
    const shift = writtenShift(edge);
    if (instruction.kind === "call" && shift !== null && edge.bound === null) {
      const all = this.pointsTo.receiverNode(callee).values;
      if (instruction.receiver !== null)
        receiver =
          this.chosen.receiverOf(caller, edge.site, all) ??
          this.narrowed.of(caller, edge.site.caller, instruction.receiver, all);
      instruction.arguments.forEach((argument, index) => {
        if (argument.spread) return;
        const narrowed = this.narrowed.of(
          caller,
          edge.site.caller,
          argument.value,
          this.pointsTo.parameterNode(callee, index + shift).values,
          () => isKnownOutside(this.pointsTo, callee),
        );
        if (narrowed !== null) parameters.set(index + shift, narrowed);
      });
      for (const index of leftOut(this.pointsTo, edge, shift))
        parameters.set(index, new Set([this.pointsTo.values.constant(undefined)]));
      this.addKeys(caller, edge, parameters);
    } else if (instruction.kind === "call" && (edge.shape === "construct" || edge.shape === "promised")) {
      instruction.arguments.forEach((argument, index) => {
        if (argument.spread) return;
        const all = this.pointsTo.parameterNode(callee, index).values;
        const narrowed = this.narrowed.of(caller, edge.site.caller, argument.value, all);
        if (narrowed !== null) parameters.set(index, narrowed);
      });
      const callback = promisedCallback(this.pointsTo, edge);
      if (callback !== null) parameters.set(...callback);
      this.addKeys(caller, edge, parameters);
      const made = [...this.pointsTo.receiverNode(callee).values].filter(
        (value) => value.kind === "instance" && value.site === edge.site.id,
      );
      if (made.length > 0 && this.pointsTo.receiverNode(callee).values.size > 1) receiver = new Set(made);
    } else if (edge.shape === "await" && instruction.kind === "await") {
      receiver = this.narrowed.of(
        caller,
        edge.site.caller,
        instruction.value,
        this.pointsTo.receiverNode(callee).values,
      );
      settlersOf(this.pointsTo, edge.site).forEach((settler, index) => {
        parameters.set(index, new Set([settler]));
      });
    } else if (instruction.kind === "jsx") {
      const all = this.pointsTo.parameterNode(callee, 0).values;
      const props = this.narrowed.of(caller, edge.site.caller, instruction.props, all);
      if (props !== null) parameters.set(0, props);
    } else if (edge.shape === "super" || instruction.kind === "super-load")
      receiver = fewer(
        caller.receiver ?? this.pointsTo.receiverNode(edge.site.caller).values,
        this.pointsTo.receiverNode(callee).values,
      );
    else {
      for (const [index, value] of givenByLanguage(this.pointsTo, edge))
        parameters.set(index, new Set([value]));
      const all = this.pointsTo.receiverNode(callee).values;
      const objects = accessedObjects(this.pointsTo, edge).map((object) =>
        this.narrowed.of(caller, edge.site.caller, object, all),
      );
      const known = objects.flatMap((each) => (each === null ? [] : [each]));
      if (known.length > 0 && known.length === objects.length)
        receiver = fewer(new Set(known.flatMap((each) => [...each])), all);
    }
    if (receiver === null && parameters.size === 0 && slots.size === 0 && given === null) return noContext;
    return this.intern(callee, { receiver, parameters, slots, given });
  }

  /**
   * Constants handed to parameters that name properties (`pick(child, "team")` is not `pick(child, "email")`) or are
   * tested, and whatever is handed to a parameter that is a cipher's key or the address of a request.
   */
  private addKeys(
    caller: Context,
    edge: CallEdge,
    parameters: Map<number, ReadonlySet<AbstractValue>>,
  ): void {
    const { instruction } = edge.site;
    if (instruction.kind !== "call" || instruction.arguments.some((argument) => argument.spread)) return;
    for (const index of this.keys.of(edge.callee)) {
      if (parameters.has(index)) continue;
      const isRest = edge.callee.graph.parameters[index]?.rest === true;
      // What is left out is not what other callers hand over.
      if (!isRest && instruction.arguments.length <= index) {
        parameters.set(index, new Set([this.pointsTo.values.constant(undefined)]));
        continue;
      }
      const given = isRest
        ? instruction.arguments.slice(index)
        : instruction.arguments.slice(index, index + 1);
      const values = given.map(({ value }) => this.values.valuesIn(caller, edge.site.caller, value));
      const constants = values.flatMap((each) => [...(each ?? [])].flatMap((value) => this.textsOf(value)));
      const areKnown =
        !values.includes(null) &&
        constants.every((value) => value.kind === "constant") &&
        given.every(({ value }) => areAllKnown(this.pointsTo, caller, edge.site.caller, value));
      if (areKnown && constants.length > 0) parameters.set(index, new Set(constants));
    }
    for (const index of [...this.keys.ofCiphers(edge.callee), ...this.keys.ofAddresses(edge.callee)]) {
      if (parameters.has(index)) continue;
      const argument = instruction.arguments[index];
      const all = this.pointsTo.parameterNode(edge.callee, index).values;
      if (argument === undefined) {
        // An option that this call leaves out is not what other calls set it to.
        if (all.size > 0) parameters.set(index, new Set([this.pointsTo.values.constant(undefined)]));
        continue;
      }
      const values = this.values.valuesIn(caller, edge.site.caller, argument.value);
      if (values !== null && values.size < all.size) parameters.set(index, values);
    }
  }

  /** A text that is put together of known parts is as good as one that is written: `${area}:name`. */
  private textsOf(value: AbstractValue): readonly AbstractValue[] {
    if (value.kind !== "computed") return [value];
    const texts = foldValues(this.pointsTo, [value]);
    return texts.some((text) => text.includes("*") || text.startsWith("env:"))
      ? [value]
      : texts.map((text) => this.pointsTo.values.constant(text));
  }

  /**
   * The context of a function that a call hands over, by what its slots hold in this run, and by the elements of the
   * list that its parameters are.
   */
  enterCallback(
    caller: Context,
    { site, callee }: CallbackEdge,
    value: ValueId,
    elements: ReadonlySet<number>,
  ): Context {
    const slots =
      callee.graph.captures.length === 0
        ? new Map<number, ReadonlySet<AbstractValue>>()
        : this.closures.slotsOfCallback(caller, site.caller, value, callee);
    const parameters = new Map<number, ReadonlySet<AbstractValue>>();
    const own = elements.size === 0 ? null : this.chosen.elementsIn(caller, site);
    for (const index of own === null ? [] : elements) {
      const narrowed = own && fewer(own, this.pointsTo.parameterNode(callee, index).values);
      if (narrowed !== null) parameters.set(index, narrowed);
    }
    return slots.size === 0 && parameters.size === 0
      ? noContext
      : this.intern(callee, { receiver: null, parameters, slots, given: null });
  }

  /** The context of a caller's run in which something comes back that began in a callee; null: it was not called so. */
  leave(context: Context, edge: CallEdge): Context | null {
    const known = this.leaving.callerOf(context, edge);
    if (known === null) return null;
    return isNothing(known) ? noContext : this.intern(edge.site.caller, { ...known, given: null });
  }

  /** The context of a caller's run once something has come back from a callee: as before, and known to have called it. */
  resume(caller: Context, context: Context, edge: CallEdge | CallbackEdge): Context {
    let ofEdge = this.resumed.get(edge);
    if (ofEdge === undefined) this.resumed.set(edge, (ofEdge = new Map<Context, Map<Context, Context>>()));
    let ofCaller = ofEdge.get(caller);
    if (ofCaller === undefined) ofEdge.set(caller, (ofCaller = new Map<Context, Context>()));
    let resumed = ofCaller.get(context);
    if (resumed === undefined) ofCaller.set(context, (resumed = this.resumedOf(caller, context, edge)));
    return resumed;
  }

  private resumedOf(caller: Context, context: Context, edge: CallEdge | CallbackEdge): Context {
    const known =
      "shape" in edge ? this.leaving.callerOf(context, edge) : this.leaving.callerOfCallback(context, edge);
    if (known === null || isNothing(known)) return caller;
    const resumed = this.intern(edge.site.caller, {
      ...caller,
      receiver: known.receiver === null ? caller.receiver : common(known.receiver, caller.receiver),
      parameters: inCommon(known.parameters, caller.parameters),
      slots: inCommon(known.slots, caller.slots),
    });
    return resumed === noContext ? caller : resumed;
  }

  /** May a call have run the callee so? */
  mayHaveRun(context: Context, edge: CallEdge | CallbackEdge): boolean {
    return !("shape" in edge) || this.leaving.callerOf(context, edge) !== null;
  }

  /** A context of which something is known besides what the call tells. */
  knownBesides(callee: FunctionNode, known: Omit<Context, "key">): Context {
    return this.intern(callee, known);
  }

  private intern(
    callee: FunctionNode,
    { receiver, parameters, slots, given }: Omit<Context, "key">,
  ): Context {
    const ids = (values: ReadonlySet<AbstractValue>): string =>
      [...values]
        .map((value) => value.id)
        .sort((a, b) => a - b)
        .join(",");
    const key = `${receiver === null ? "" : ids(receiver)};${[...parameters].map(([index, values]) => `${String(index)}=${ids(values)}`).join(";")};${[...slots].map(([slot, values]) => `${String(slot)}=${ids(values)}`).join(";")};${given === null ? "" : [...given].join(",")}`;
    let row = this.known.get(callee.index);
    if (row === undefined) {
      row = new Map();
      this.known.set(callee.index, row);
    }
    const found = row.get(key);
    if (found !== undefined) return found;
    if (row.size >= mostContexts) return noContext;
    const context: Context = { key, receiver, parameters, slots, given };
    row.set(key, context);
    return context;
  }

  /** Reads what values may be in one run of a function. */
  reader(context: Context, owner: FunctionNode): ReadValues {
    return this.readers.of(context, owner);
  }

  /** May an operand be this value in this context? */
  mayBe(context: Context, node: FunctionNode, operand: ValueId, value: AbstractValue): boolean {
    if (context === noContext) return true;
    const values = this.values.valuesIn(context, node, operand);
    return values === null || values.has(value);
  }

  /** The same for the receiver too. */
  mayHold(context: Context, node: FunctionNode, base: Base, value: AbstractValue): boolean {
    if (base === receiverBase) return context.receiver?.has(value) ?? true;
    return base < 0 || this.mayBe(context, node, base, value);
  }

  /** The runs in which something is read from an object of which many know: those in which it is that object. */
  ofReader(reader: HeapReader): Context {
    let context = this.reading.get(reader);
    if (context === undefined) this.reading.set(reader, (context = this.contextOfReader(reader)));
    return context;
  }

  private contextOfReader({ node, base, object }: HeapReader): Context {
    const definition = object === null ? undefined : node.definitions[base];
    if (object === null || definition?.kind !== "instruction") return noContext;
    const { instruction } = definition;
    const own = new Set([object]);
    const isOneOfMany = (all: ReadonlySet<AbstractValue>): boolean =>
      distinguishes(object) && [...all].filter(distinguishes).length > 1;
    const plain = { receiver: null, parameters: new Map(), slots: new Map(), given: null };
    if (instruction.kind === "this" && isOneOfMany(this.pointsTo.receiverNode(node).values))
      return this.intern(node, { ...plain, receiver: own });
    if (
      instruction.kind === "parameter" &&
      isOneOfMany(this.pointsTo.parameterNode(node, instruction.index).values)
    )
      return this.intern(node, { ...plain, parameters: new Map([[instruction.index, own]]) });
    if (instruction.kind === "capture" && isOneOfMany(this.pointsTo.slotNode(node, instruction.slot).values))
      return this.intern(node, { ...plain, slots: new Map([[instruction.slot, own]]) });
    return noContext;
  }

  /** May this edge be taken in this context? */
  allows(context: Context, site: CallSite, edge: CallEdge): boolean {
    if (context === noContext && !this.chosen.isChosen(site)) return true;
    let ofContext = this.allowed.get(context);
    if (ofContext === undefined) this.allowed.set(context, (ofContext = new Map<CallEdge, boolean>()));
    let isAllowed = ofContext.get(edge);
    if (isAllowed === undefined) ofContext.set(edge, (isAllowed = this.isAllowed(context, site, edge)));
    return isAllowed;
  }

  private isAllowed(context: Context, site: CallSite, edge: CallEdge): boolean {
    const { instruction } = site;
    if (edge.shape === "iterate" || edge.shape === "next")
      return mayIterate(this.pointsTo, this.values, context, edge);
    if (instruction.kind === "load" || (instruction.kind === "store" && instruction.above !== true))
      return this.allowsAccessor(context, site, edge, instruction.object);
    if (instruction.kind !== "call" || writtenShift(edge) === null) return true;
    if (!this.chosen.mayRun(context, site, edge.callee)) return false;
    const callees = this.values.valuesIn(context, site.caller, instruction.callee);
    if (callees === null || callees === this.pointsTo.valuesOf(site.caller, instruction.callee)) return true;
    return [...callees].some(
      (value) => value.kind === "function" && isSameCallee(value.function, edge.callee),
    );
  }

  /** May a call hand over this function in this context? */
  allowsCallback(context: Context, edge: CallbackEdge): boolean {
    if (context === noContext) return true;
    const { caller } = edge.site;
    const operand = wholeOperand(edge);
    const values = operand === null ? null : this.values.valuesIn(context, caller, operand);
    if (operand === null || values === null || values === this.pointsTo.valuesOf(caller, operand))
      return true;
    return [...values].some(
      (value) => value.kind !== "function" || value.function.closureIndex === edge.callee.closureIndex,
    );
  }

  private allowsAccessor(context: Context, site: CallSite, edge: CallEdge, object: ValueId): boolean {
    const objects = this.values.valuesIn(context, site.caller, object);
    if (objects === null) return true;
    return [...objects].some((value) => this.values.mayHaveAccessor(value, edge));
  }
}

function isNothing({ receiver, parameters, slots }: Known): boolean {
  return receiver === null && parameters.size === 0 && slots.size === 0;
}

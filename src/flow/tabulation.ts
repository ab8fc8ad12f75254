/**
 * The tabulation: facts go forward through each function along its control flow; a callee is run once for each
 * fact that enters it, and what leaves it goes back only to the callers that entered that fact.
 */
import type { FieldId } from "../contracts/annotation.js";
import type { BlockId, Instruction } from "../contracts/file-graph.js";
import type { StepNote } from "../contracts/flow.js";
import type { AccessPath } from "./access-path.js";
import { accessPath, prepend } from "./access-path.js";
import { Aliases } from "./aliases.js";
import { capturedBehind, isHandedOn } from "./captured-values.js";
import type { Binding } from "./bindings.js";
import type { Context } from "./context.js";
import { noContext } from "./context.js";
import { Branches } from "./branches.js";
import { Contexts } from "./contexts.js";
import { isSpent } from "./entry.js";
import type { Entry, Incoming } from "./entry.js";
import { channelIndex, FactTable, pending, returned, thrown } from "./fact.js";
import type { Base, Fact, State } from "./fact.js";
import { Heap } from "./heap.js";
import { KeyNotes } from "./key-notes.js";
import { LiveValues } from "./live-values.js";
import { NoReturn } from "./no-return.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { StaticConditions } from "./static-conditions.js";
import { ThrowingPoints } from "./throwing-points.js";
import { TouchedValues } from "./touched-values.js";
import type { Trace } from "./trace.js";
import { step, through } from "./trace.js";
import { WorkList } from "./work-list.js";

interface Item {
  readonly entry: Entry;
  readonly block: number;
  readonly point: number;
  readonly fact: Fact;
  readonly trace: Trace;
}

/** What was spent: the facts of one run of a function, or all steps for one field. */
export type Budget = "run" | "field";

/** What the solver does beyond moving facts, set by `solve`. */
export interface TabulationHooks {
  /** What leaves a function without an entry fact goes back through its callbacks too. */
  readonly exitOfCallback: (entry: Entry, fact: Fact, trace: Trace) => void;
  readonly fieldName: (field: FieldId) => string;
  readonly budgetReached: (node: FunctionNode, fact: Fact, budget: Budget) => void;
}

export class Tabulation {
  readonly facts = new FactTable();
  readonly aliases: Aliases;
  readonly heap: Heap;
  readonly contexts: Contexts;
  private readonly noReturn: NoReturn;
  readonly conditions: StaticConditions;
  readonly keys: KeyNotes;
  private readonly branches: Branches;
  private readonly throwing: ThrowingPoints;
  private readonly touched: TouchedValues;
  private readonly live: LiveValues;
  private readonly entries = new Map<string, Entry>();
  private readonly work = new WorkList<Item>();
  constructor(
    readonly pointsTo: PointsTo,
    readonly hooks: TabulationHooks,
  ) {
    this.aliases = new Aliases(pointsTo);
    this.touched = new TouchedValues(this.aliases);
    this.live = new LiveValues(this.touched);
    this.contexts = new Contexts(pointsTo);
    this.noReturn = new NoReturn(pointsTo);
    this.conditions = new StaticConditions(pointsTo);
    this.keys = new KeyNotes(pointsTo, this.conditions);
    this.branches = new Branches(pointsTo, this.conditions, this.keys);
    this.throwing = new ThrowingPoints(pointsTo);
    this.heap = new Heap(pointsTo, (reader, path, shared, trace) => {
      const state = this.facts.noteKey(shared, null);
      const run = this.zero(reader.node);
      if (reader.base === pending)
        this.raise(run, reader.node.blockOf[reader.point] ?? 0, path, state, trace);
      else this.emitAfter(run, reader.point, this.facts.fact(reader.base, path, state), trace);
      // Functions run when the module has long been loaded: what they write is not overwritten by its own statements.
      if (reader.partsOnly && reader.node.graph.kind === "module")
        this.write(run, reader.node.code.length - 1, reader.base, path.components, state, trace);
    });
  }

  fieldName(field: FieldId): string {
    return this.hooks.fieldName(field);
  }

  zero(node: FunctionNode): Entry {
    return this.entryOf(node, null, noContext);
  }

  entryOf(node: FunctionNode, given: Fact | null, context: Context): Entry {
    const fact = given === null ? null : this.facts.withoutKey(given);
    const key = `${String(node.index)}|${fact === null ? "" : String(fact.id)}|${context.key}`;
    let entry = this.entries.get(key);
    if (entry === undefined) {
      const incoming: Incoming[] = [];
      const start: Trace = { kind: "entry", length: 0, entered: () => incoming[0]?.trace ?? null };
      entry = { node, context, fact, incoming, exits: new Map(), seen: new Map(), start, facts: 0 };
      this.entries.set(key, entry);
      if (fact !== null) this.emit(entry, 0, 0, fact, start);
    }
    return entry;
  }

  /** A fact that holds after the instruction at `point`. */
  emitAfter(entry: Entry, point: number, fact: Fact, trace: Trace): void {
    this.emit(entry, entry.node.blockOf[point] ?? 0, point + 1, fact, trace);
  }

  /** A fact that holds already when the instruction at `point` is run. */
  putBefore(entry: Entry, point: number, base: Base, path: AccessPath, state: State, trace: Trace): void {
    this.emit(entry, entry.node.blockOf[point] ?? 0, point, this.facts.fact(base, path, state), trace);
  }

  private emit(entry: Entry, block: number, point: number, fact: Fact, trace: Trace): void {
    const key = block * (entry.node.code.length + 1) + point;
    let seen = entry.seen.get(key);
    if (seen === undefined) {
      seen = new Set();
      entry.seen.set(key, seen);
    }
    if (seen.has(fact.id) || fact.path.isLost) return;
    seen.add(fact.id);
    // Nothing behind this point concerns the value.
    if (point >= this.live.endOf(entry.node, block, fact)) return;
    if (isSpent(entry)) this.hooks.budgetReached(entry.node, fact, "run");
    else if (!this.work.push({ entry, block, point, fact, trace }))
      this.hooks.budgetReached(entry.node, fact, "field");
  }

  run(): void {
    for (let item = this.work.next(); item !== undefined; item = this.work.next()) this.process(item);
  }

  private process({ entry, block, point, fact, trace }: Item): void {
    const { node } = entry;
    const body = node.graph.blocks[block];
    if (body === undefined) return;
    const alive = this.live.endOf(node, block, fact);
    const end = Math.min(alive, (node.blockStart[block] ?? 0) + body.instructions.length);
    // An exception that was caught here goes no further by itself.
    let handler = fact.base === pending || alive !== Infinity ? null : body.handler;
    const toHandler = (): void => {
      if (handler !== null) this.emitEdge(entry, block, handler, fact, trace);
      handler = null;
    };
    if (this.throwing.leaves(node, point - 1, fact)) toHandler();
    const dead = this.noReturn.pointsOf(node);
    const made = fact.state.key === null ? -1 : this.keys.pointOf(node, fact.state.key);
    for (let current = point; current < end; current++) {
      if (current === made) {
        this.emit(entry, block, current, this.facts.withoutKey(fact), trace);
        return;
      }
      if (handler !== null && this.throwing.mayThrow(node, current)) toHandler();
      if (this.touched.at(node, current, fact.base) && !this.transfer(this, entry, current, fact, trace))
        return;
      if (dead.size > 0 && dead.has(current)) return;
    }
    if (body.end.kind === "throw") toHandler();
    if (alive === Infinity) this.leaveBlock(entry, block, fact, trace);
  }

  private leaveBlock(entry: Entry, block: number, fact: Fact, trace: Trace): void {
    const { node } = entry;
    const end = node.graph.blocks[block]?.end;
    if (end === undefined) return;
    switch (end.kind) {
      case "jump":
        this.emitEdge(entry, block, end.to, fact, trace);
        return;
      case "branch": {
        const ways = this.branches.waysOf(entry, end, fact);
        if (ways.then) this.emitEdge(entry, block, end.then, fact, trace);
        if (ways.else && end.else !== end.then) this.emitEdge(entry, block, end.else, fact, trace);
        return;
      }
      case "loop":
        this.emitEdge(entry, block, end.body, fact, trace);
        if (end.exit !== end.body && !this.endsInLoop(this, entry, end.body, fact))
          this.emitEdge(entry, block, end.exit, fact, trace);
        return;
      case "return":
        if (fact.base === end.value)
          this.exit(
            entry,
            this.facts.fact(
              returned,
              node.graph.generator ? prepend(["<return>"], fact.path) : fact.path,
              fact.state,
            ),
            trace,
          );
        this.exitFact(entry, fact, trace);
        return;
      case "throw":
        if (fact.base === end.value)
          this.raise(entry, block, fact.path, fact.state, step(node, end.at, { kind: "thrown" }, trace));
        this.exitFact(entry, fact, trace);
        return;
      case "unreachable":
        return;
    }
  }

  private emitEdge(entry: Entry, from: number, to: BlockId, given: Fact, trace: Trace): void {
    const { node } = entry;
    const target = node.blockById.get(to);
    const body = target === undefined ? undefined : node.graph.blocks[target];
    if (target === undefined || body === undefined) return;
    const { key } = given.state;
    const fact = key !== null && this.keys.isMadeAt(node, key, target) ? this.facts.withoutKey(given) : given;
    const point = node.blockStart[target] ?? 0;
    const source = node.graph.blocks[from]?.id;
    for (const phi of body.phis) {
      for (const input of phi.inputs) {
        if (input.block === source && input.value === fact.base)
          this.emit(entry, target, point, this.facts.fact(phi.out, fact.path, fact.state), trace);
      }
    }
    // The phis of a block are taken at once: the old value is gone only after all have read it.
    if (!body.phis.some((phi) => phi.out === fact.base)) this.emit(entry, target, point, fact, trace);
  }

  /** An exception that carries data goes to the handler of its block, or out of the function. */
  raise(entry: Entry, block: number, path: AccessPath, state: State, trace: Trace): void {
    const handler = entry.node.graph.blocks[block]?.handler ?? null;
    if (handler === null) this.exit(entry, this.facts.fact(thrown, path, state), trace);
    else this.emitEdge(entry, block, handler, this.facts.fact(pending, path, state), trace);
  }

  /** What of a fact the caller can see when the function ends. */
  private exitFact(entry: Entry, fact: Fact, trace: Trace): void {
    if (fact.base < 0 && fact.base !== pending && fact.path.components.length > 0)
      this.exit(entry, fact, trace);
  }

  exit(entry: Entry, left: Fact, trace: Trace): void {
    const fact = this.facts.withoutKey(left);
    if (entry.exits.has(fact.id)) return;
    entry.exits.set(fact.id, { fact, trace });
    if (entry.fact === null) {
      this.exitEverywhere(entry, fact, trace);
      return;
    }
    for (const incoming of [...entry.incoming]) this.giveBack(entry, incoming, fact, trace);
  }

  addIncoming(entry: Entry, incoming: Incoming): void {
    if (incoming.callback !== null && entry.incoming.some((each) => isSameWay(each, incoming))) return;
    entry.incoming.push(incoming);
    for (const { fact, trace } of [...entry.exits.values()]) this.giveBack(entry, incoming, fact, trace);
  }

  private giveBack(run: Entry, incoming: Incoming, fact: Fact, inner: Trace): void {
    if (channelIndex(fact.base) !== null) {
      this.intoChannel(incoming.entry, fact, through(inner, incoming.trace));
      return;
    }
    // What a callback leaves as it was is still where it came from.
    if (incoming.callback !== null && fact === run.fact) return;
    // What is made of data that was read under a key is still of that key.
    const { key } = incoming.fact.state;
    const back =
      key === null ? fact : this.facts.fact(fact.base, fact.path, this.facts.noteKey(fact.state, key));
    if (incoming.callback !== null)
      incoming.callback(incoming.entry, incoming.site, back, inner, incoming.trace);
    else this.returns.give(incoming.entry, incoming.site, incoming.binding, back, inner, incoming);
  }

  /** What was put into a channel comes out in the run that made the channel, if this is it; else its caller asks. */
  intoChannel(entry: Entry, fact: Fact, trace: Trace): void {
    const index = channelIndex(fact.base);
    const channel = index === null ? undefined : this.pointsTo.channelOf(index);
    if (channel === undefined) return;
    const { site } = channel;
    if (entry.node === site.caller && "out" in site.instruction)
      this.put(entry, site.point, site.instruction.out, fact.path, fact.state, trace);
    else this.exit(entry, fact, trace);
  }

  private exitEverywhere(entry: Entry, fact: Fact, trace: Trace): void {
    const index = channelIndex(fact.base);
    if (index !== null) {
      const channel = this.pointsTo.channelOf(index);
      if (channel !== undefined)
        this.heap.publish({ key: `made:${channel.site.id}`, prefix: [] }, fact.path, fact.state, trace);
      return;
    }
    this.returns.everywhere(entry, fact, trace);
    this.hooks.exitOfCallback(entry, fact, trace);
  }

  /** Set by `solve`: what one instruction does to a fact; false: the fact itself ends there. */
  transfer: (tabulation: Tabulation, entry: Entry, point: number, fact: Fact, trace: Trace) => boolean = () =>
    true;

  /** Set by `solve`: a loop takes away what the fact is about before it is left. */
  endsInLoop: (tabulation: Tabulation, entry: Entry, body: BlockId, fact: Fact) => boolean = () => false;

  /** Set by `solve`: what a fact does at a call site that it reaches; false: the fact itself ends there. */
  reach: (entry: Entry, point: number, fact: Fact, trace: Trace) => boolean = () => true;

  /** Set by `solve`: how results of own functions come back. */
  returns: {
    readonly give: (
      entry: Entry,
      site: CallSite,
      binding: Binding,
      fact: Fact,
      inner: Trace,
      incoming: Incoming | null,
    ) => void;
    readonly everywhere: (entry: Entry, fact: Fact, trace: Trace) => void;
  } = { give: () => undefined, everywhere: () => undefined };

  path(components: readonly string[]): AccessPath {
    return accessPath(components);
  }

  // -- writing ---------------------------------------------------------------------------------------------

  /** `base` is a new value that holds the fact after `point`. */
  put(entry: Entry, point: number, base: Base, path: AccessPath, state: State, trace: Trace): void {
    this.emitAfter(entry, point, this.facts.fact(base, path, state), trace);
  }

  /** Something below `base` is known to hold the fact: so do all other names of its object, here and far away. */
  mark(
    entry: Entry,
    point: number,
    base: Base,
    components: readonly string[],
    state: State,
    trace: Trace,
  ): void {
    const path = accessPath(components);
    for (const place of this.aliases.placesOf(entry.node, base)) {
      const full = prepend(place.path.components, path);
      this.emitAfter(entry, point, this.facts.fact(place.base, full, state), trace);
      for (const far of this.heap.placesOf(entry.node, place.base))
        this.heap.publish(far, full, state, trace);
      this.escape(entry.node, place.base, full, state, trace);
    }
    for (const captured of capturedBehind(this.aliases, entry.node, base, components))
      this.mark(entry, point, captured.value, captured.rest, state, trace);
  }

  /** Something below `base` holds the fact from here on; the objects on the way to it have other names too. */
  write(
    entry: Entry,
    point: number,
    base: Base,
    components: readonly string[],
    state: State,
    trace: Trace,
  ): void {
    this.mark(entry, point, base, components, state, trace);
    for (const place of this.aliases.placesBelow(entry.node, point, base, components)) {
      this.emitAfter(entry, point, this.facts.fact(place.base, place.path, state), trace);
      for (const far of this.heap.placesOf(entry.node, place.base))
        this.heap.publish(far, place.path, state, trace);
    }
  }

  /** A variable written after its closure was handed on: whoever calls the closure later sees it. */
  private escape(node: FunctionNode, base: Base, path: AccessPath, state: State, trace: Trace): void {
    if (path.components[0]?.startsWith("^") !== true) return;
    const definition = node.definitions[base];
    if (definition?.kind !== "instruction" || definition.instruction.kind !== "function") return;
    if (!isHandedOn(this.aliases, node, base)) return;
    const callee = this.pointsTo.program.functionIn(node, definition.instruction.function);
    if (callee !== undefined)
      this.heap.publish({ key: `closure:${String(callee.closureIndex)}`, prefix: [] }, path, state, trace);
  }

  note(entry: Entry, instruction: Instruction, note: StepNote, trace: Trace): Trace {
    return step(entry.node, instruction.at, note, trace);
  }
}

/** One run hands one fact to a callback in one way, however often it comes by. */
function isSameWay(one: Incoming, other: Incoming): boolean {
  return (
    one.entry === other.entry &&
    one.site === other.site &&
    one.callback === other.callback &&
    one.fact === other.fact
  );
}

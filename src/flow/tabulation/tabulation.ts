/**
 * The tabulation: facts go forward through each function along its control flow; a callee is run once for each
 * fact that enters it, and what leaves it goes back only to the callers that entered that fact.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { BlockId, Instruction } from "../../contracts/file-graph.js";
import type { StepNote } from "../../contracts/flow.js";
import type { AccessPath } from "../paths/access-path.js";
import { prepend } from "../paths/access-path.js";
import { Aliases } from "../points-to/aliases.js";
import type { Context } from "../contexts/context.js";
import { noContext } from "../contexts/context.js";
import { Branches } from "../ways/branches.js";
import { Contexts } from "../contexts/contexts.js";
import { ConvertedFields } from "../ways/converted-fields.js";
import { againOf, Entries, isNewAt, isSpent, keepExit, keepIncoming, keepMade } from "./entry.js";
import type { Entry, Incoming } from "./entry.js";
import { closure, FactTable, pending, returned, thrown } from "./fact.js";
import type { Base, Fact, State } from "./fact.js";
import { FarNames } from "../points-to/far-names.js";
import { Heap } from "../heap/heap.js";
import type { HeapReader } from "../heap/heap.js";
import { DecidedRuns } from "./decided-runs.js";
import { giveBack } from "./given-back.js";
import type { Returns } from "./given-back.js";
import { publishInChannel } from "./made-channels.js";
import { HeldClosures } from "../heap/held-closures.js";
import { HeldFields } from "../heap/held-fields.js";
import { KeyNotes } from "../constants/key-notes.js";
import { OwnNames } from "../constants/own-names.js";
import { NameEnds } from "../constants/name-ends.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { FunctionRoutes, Route, Stop } from "../ways/routes.js";
import { ResumedRuns } from "./resumed-runs.js";
import { Routes } from "../ways/routes.js";
import type { TabulationHooks } from "./tabulation-hooks.js";
import { ThrowingPoints } from "../ways/throwing-points.js";
import type { Trace } from "./trace.js";
import { step } from "./trace.js";
import { WorkList } from "./work-list.js";
import { Writes } from "./writes.js";
import { StaticConditions } from "../ways/static-conditions.js";

interface Item {
  readonly entry: Entry;
  readonly stop: Stop;
  readonly fact: Fact;
  readonly trace: Trace;
}

export class Tabulation {
  readonly facts = new FactTable();
  readonly aliases: Aliases;
  readonly heap: Heap;
  private readonly writes: Writes;
  readonly contexts: Contexts;
  private readonly routes: Routes;
  readonly conditions: StaticConditions;
  readonly keys: KeyNotes;
  readonly ownNames: OwnNames;
  readonly nameEnds: NameEnds;
  readonly branches: Branches;
  readonly held: HeldFields;
  readonly converted: ConvertedFields;
  readonly heldClosures: HeldClosures;
  private readonly throwing: ThrowingPoints;
  private readonly entries = new Entries();
  readonly resumed: ResumedRuns;
  readonly decided: DecidedRuns;
  /** The run that is followed: what comes into another one comes from outside of it. */
  private running: Entry | null = null;
  private readonly zeros: (Entry | undefined)[] = [];
  private readonly work = new WorkList<Item>();
  constructor(
    readonly pointsTo: PointsTo,
    readonly hooks: TabulationHooks,
  ) {
    this.aliases = new Aliases(pointsTo);
    this.contexts = new Contexts(pointsTo);
    this.resumed = new ResumedRuns(this.contexts, this.entries, (run, incoming) => {
      this.addIncoming(run, incoming);
    });
    this.conditions = new StaticConditions(pointsTo);
    this.decided = new DecidedRuns(pointsTo, this.contexts, this.entries, this.conditions);
    this.ownNames = new OwnNames(pointsTo, this.contexts.values);
    this.nameEnds = new NameEnds(pointsTo, this.contexts.values);
    this.keys = new KeyNotes(pointsTo, this.conditions, this.contexts);
    this.held = new HeldFields(pointsTo);
    this.converted = new ConvertedFields(pointsTo);
    this.heldClosures = new HeldClosures(pointsTo);
    this.branches = new Branches(pointsTo, this.conditions, this.keys);
    this.throwing = new ThrowingPoints(pointsTo);
    this.routes = new Routes(pointsTo, this.aliases, this.branches, this.throwing);
    this.heap = new Heap(pointsTo, (reader, path, shared, trace) => {
      this.runningIn(null, () => {
        this.comeTo(reader, path, this.facts.noteKey(shared, null), trace);
      });
    });
    this.writes = new Writes(this, new FarNames(pointsTo, this.aliases, this.heap));
  }

  /** What was written where many may read it comes to one who reads it. */
  private comeTo(reader: HeapReader, path: AccessPath, state: State, trace: Trace): void {
    const run = this.entryOf(reader.node, null, this.contexts.ofReader(reader));
    if (reader.base === pending) this.raise(run, reader.node.blockOf[reader.point] ?? 0, path, state, trace);
    else this.emitAfter(run, reader.point, this.facts.fact(reader.base, path, state), trace);
    // Functions run when the module has long been loaded: what they write is not overwritten by its own statements.
    if (reader.partsOnly && reader.node.graph.kind === "module")
      this.write(run, reader.node.code.length - 1, reader.base, path.components, state, trace);
  }

  fieldName(field: FieldId): string {
    return this.hooks.fieldName(field);
  }

  zero(node: FunctionNode): Entry {
    return (this.zeros[node.index] ??= this.entryOf(node, null, noContext));
  }

  entryOf(node: FunctionNode, given: Fact | null, context: Context): Entry {
    const fact = given === null ? null : this.facts.withoutKey(given);
    const entry = this.entries.of(node, fact, context);
    if (!entry.isBegun && fact !== null) {
      entry.isBegun = true;
      this.emit(entry, 0, 0, fact, entry.start);
    }
    return entry;
  }

  /** A fact that holds after the instruction at `point`. */
  emitAfter(entry: Entry, point: number, fact: Fact, trace: Trace): void {
    this.held.note(entry.node, point, fact);
    this.emitMade(entry, point, fact, trace);
  }

  /** The same of a fact of which it is noted elsewhere what holds it. */
  emitMade(entry: Entry, point: number, fact: Fact, trace: Trace): void {
    if (entry.fact === null) keepMade(entry, point, fact);
    this.converted.note(entry.node, point, fact);
    this.emit(entry, entry.node.blockOf[point] ?? 0, point + 1, fact, trace);
  }

  /** A fact that holds already when the instruction at `point` is run. */
  putBefore(entry: Entry, point: number, base: Base, path: AccessPath, state: State, trace: Trace): void {
    this.held.begins(path.components, state.field);
    this.emit(entry, entry.node.blockOf[point] ?? 0, point, this.facts.fact(base, path, state), trace);
  }

  /** A fact that holds in block `block` before its instruction at `point`. */
  emit(entry: Entry, block: number, point: number, fact: Fact, trace: Trace): void {
    if (fact.path.isLost || !this.heldClosures.mayHold(entry.node, fact)) return;
    // What arises where control never comes does not arise.
    if (entry.fact === null && !this.decided.mayComeTo(entry, block)) return;
    this.besides(entry, block, (run) => {
      this.emit(run, block, point, fact, trace);
    });
    const routes = this.routesOf(entry, fact);
    this.follow(entry, routes.from(fact.base, block, point), fact, trace);
    const handler = entry.node.graph.blocks[block]?.handler ?? null;
    // An exception that was caught here goes no further by itself.
    const hasCome = handler !== null && fact.base !== pending && entry.node.blockOf[point - 1] === block;
    if (hasCome && this.throwing.leaves(entry.node, point - 1, fact))
      this.follow(entry, routes.over(fact.base, block, handler), fact, trace);
  }

  /** What comes into a run without an entry fact from outside comes into those for given constants, too. */
  private besides(entry: Entry, block: number | null, come: (run: Entry) => void): void {
    if (entry.fact !== null || entry === this.running) return;
    for (const run of this.decided.of(entry))
      if (block === null || this.decided.mayComeTo(run, block))
        this.runningIn(run, () => {
          come(run);
        });
  }

  /** What comes into another run meanwhile comes from outside of it. */
  runningIn(run: Entry | null, act: () => void): void {
    const before = this.running;
    this.running = run;
    try {
      act();
    } finally {
      this.running = before;
    }
  }

  private follow(entry: Entry, { stops, renamed }: Route, fact: Fact, trace: Trace): void {
    for (const stop of stops) this.stop(entry, stop, fact, trace);
    for (const { base, head, isKeyMade } of renamed) {
      const state = isKeyMade ? this.facts.noteKey(fact.state, null) : fact.state;
      this.stop(entry, head, this.facts.fact(base, fact.path, state), trace);
    }
  }

  private stop(entry: Entry, stop: Stop, fact: Fact, trace: Trace): void {
    if (!isNewAt(entry, stop, fact)) return;
    if (isSpent(entry)) this.hooks.budgetReached(entry.node, fact, "run");
    else if (!this.work.push({ entry, stop, fact, trace }))
      this.hooks.budgetReached(entry.node, fact, "field");
  }

  /** The routes of a run for a fact: what is known of the key that it was read under decides branches too. */
  private routesOf(entry: Entry, fact: Fact): FunctionRoutes {
    const { node, context } = entry;
    const key = this.keys.ofFact(node, fact);
    return key === null
      ? (entry.routes ??= this.routes.of(node, context))
      : this.routes.withKey(node, context, key, fact.state.key !== null);
  }

  run(): void {
    for (let item = this.work.next(); item !== undefined; item = this.work.next()) {
      this.running = item.entry;
      try {
        this.process(item);
      } catch (error) {
        this.hooks.failed(item.entry.node, error);
      }
      this.running = null;
    }
  }

  private process({ entry, stop, fact, trace }: Item): void {
    const { node } = entry;
    const points = node.code.length;
    const blocks = node.graph.blocks.length;
    if (stop < points) this.processPoint(entry, stop, fact, trace);
    else if (stop < points + blocks) this.leaveBlock(entry, stop - points, fact, trace);
    else {
      const block = stop - points - blocks;
      this.emit(entry, block, node.blockStart[block] ?? 0, fact, trace);
    }
  }

  private processPoint(entry: Entry, point: number, fact: Fact, trace: Trace): void {
    const block = entry.node.blockOf[point] ?? 0;
    const routes = this.routesOf(entry, fact);
    this.hooks.arrives(entry, point, fact, trace);
    if (routes.makesKey(point)) this.emit(entry, block, point, this.facts.withoutKey(fact), trace);
    else if (this.transfer(this, entry, point, fact, trace) && !routes.isDead(point))
      this.follow(entry, routes.from(fact.base, block, point + 1), fact, trace);
  }

  private leaveBlock(entry: Entry, block: number, fact: Fact, trace: Trace): void {
    const { node } = entry;
    const end = node.graph.blocks[block]?.end;
    if (end === undefined) return;
    this.hooks.ends(entry, block, fact, trace);
    switch (end.kind) {
      case "jump":
        this.emitEdge(entry, block, end.to, fact, trace);
        return;
      case "branch": {
        const again = (): (() => void) => this.againAt(entry, block, fact, trace);
        const ways = this.branches.waysOf(entry, end, fact, {
          isHeld: this.held.asked(fact.state.field, again),
          isConverted: this.converted.asked(fact.state, again),
        });
        if (ways.then) this.emitEdge(entry, block, end.then, fact, trace);
        if (ways.else && end.else !== end.then) this.leaveLoop(entry, block, end.else, fact, trace);
        return;
      }
      case "loop":
        this.emitEdge(entry, block, end.body, fact, trace);
        if (end.exit !== end.body) this.leaveLoop(entry, block, end.exit, fact, trace);
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
            block,
          );
        this.exitFact(entry, fact, trace);
        return;
      case "throw":
        if (fact.base === end.value)
          this.raise(entry, block, fact.path, fact.state, step(node, end.at, { kind: "thrown" }, trace));
        // What a handler of the caller sees unchanged goes there past the call; to one here it has gone already.
        if (
          (node.graph.blocks[block]?.handler ?? null) === null &&
          (trace !== entry.start || node.graph.async || node.graph.generator)
        )
          this.exitFact(entry, fact, trace);
        return;
      case "unreachable":
        return;
    }
  }

  private leaveLoop(entry: Entry, block: number, exit: BlockId, fact: Fact, trace: Trace): void {
    const again = (): (() => void) => this.againAt(entry, block, fact, trace);
    if (!this.endsInLoop(this, entry, block, fact, again)) this.emitEdge(entry, block, exit, fact, trace);
  }

  /** Leaves the block once more; one function for each fact at each block. */
  private againAt(entry: Entry, block: number, fact: Fact, trace: Trace): () => void {
    return againOf(entry, fact.id * entry.node.graph.blocks.length + block, () => {
      this.leaveBlock(entry, block, fact, trace);
    });
  }

  private emitEdge(entry: Entry, from: number, to: BlockId, fact: Fact, trace: Trace): void {
    if (!fact.path.isLost)
      this.follow(entry, this.routesOf(entry, fact).over(fact.base, from, to), fact, trace);
  }

  /** An exception that carries data goes to the handler of its block, or out of the function. */
  raise(entry: Entry, block: number, path: AccessPath, state: State, trace: Trace): void {
    const handler = entry.node.graph.blocks[block]?.handler ?? null;
    this.besides(entry, block, (run) => {
      this.raise(run, block, path, state, trace);
    });
    if (handler === null) this.exit(entry, this.facts.fact(thrown, path, state), trace);
    else this.emitEdge(entry, block, handler, this.facts.fact(pending, path, state), trace);
  }

  /** What of a fact the caller can see when the function ends. */
  private exitFact(entry: Entry, fact: Fact, trace: Trace): void {
    if (fact.base < 0 && fact.base !== pending && fact.path.components.length > 0)
      this.exit(entry, fact, trace);
  }

  exit(entry: Entry, left: Fact, trace: Trace, block: number | null = null): void {
    const fact = this.facts.withoutKey(left);
    if (fact.path.isLost || !keepExit(entry, { fact, trace, block })) return;
    if (fact.base === closure && trace.kind !== "entry") this.writes.closures.note(entry.node, fact);
    this.besides(entry, block, (run) => {
      this.exit(run, left, trace, block);
    });
    if (entry.fact === null) this.exitEverywhere(entry, fact, trace);
    else for (const incoming of [...entry.incoming]) giveBack(this, entry, incoming, fact, trace);
  }

  addIncoming(entry: Entry, incoming: Incoming): void {
    if (!keepIncoming(entry, incoming)) return;
    this.resumed.addToNarrower(entry, incoming);
    for (const { fact, trace } of [...entry.exits.values()]) giveBack(this, entry, incoming, fact, trace);
  }

  private exitEverywhere(entry: Entry, fact: Fact, trace: Trace): void {
    if (publishInChannel(this, fact, trace)) return;
    this.returns.everywhere(entry, fact, trace);
    this.hooks.exitOfCallback(entry, fact, trace);
  }

  /** Set by `solve`: what one instruction does to a fact; false: the fact itself ends there. */
  transfer: (tabulation: Tabulation, entry: Entry, point: number, fact: Fact, trace: Trace) => boolean = () =>
    true;

  /** Set by `solve`: a loop takes away what the fact is about before it is left, as far as is known yet. */
  endsInLoop: (...at: [Tabulation, Entry, number, Fact, () => () => void]) => boolean = () => false;

  /** Set by `solve`: what a fact does at a call site that it reaches; false: the fact itself ends there. */
  reach: (entry: Entry, point: number, fact: Fact, trace: Trace) => boolean = () => true;

  /** Set by `solve`: how results of own functions come back. */
  returns: Returns = { give: () => undefined, everywhere: () => undefined };

  // -- writing ---------------------------------------------------------------------------------------------

  /** `base` is a new value that holds the fact after `point`. */
  put(entry: Entry, point: number, base: Base, path: AccessPath, state: State, trace: Trace): void {
    this.emitAfter(entry, point, this.facts.fact(base, path, state), trace);
  }

  mark(...write: Parameters<Writes["mark"]>): void {
    this.writes.mark(...write);
  }

  write(...write: Parameters<Writes["write"]>): void {
    this.writes.write(...write);
  }

  note(entry: Entry, instruction: Instruction, note: StepNote, trace: Trace): Trace {
    return step(entry.node, instruction.at, note, trace);
  }
}

/** Writing into an object: all other names of it hold the fact too, in the function, in the heap, in closures. */
import type { AccessPath } from "../paths/access-path.js";
import { accessPath, prepend } from "../paths/access-path.js";
import type { Aliases } from "../points-to/aliases.js";
import { capturedBehind, escapedClosure } from "../points-to/captured-values.js";
import { capturedOwners } from "../program/closure-owners.js";
import { closurePlaces } from "../points-to/closure-places.js";
import type { Contexts } from "../contexts/contexts.js";
import type { Entry } from "./entry.js";
import { closure } from "./fact.js";
import type { Base, Fact, FactTable, State } from "./fact.js";
import type { FarNames } from "../points-to/far-names.js";
import type { Heap } from "../heap/heap.js";
import type { HeldClosures } from "../heap/held-closures.js";
import type { HeapPlace } from "../paths/heap-place.js";
import { LaterRuns } from "../heap/later-runs.js";
import { placesBelow } from "../heap/places-below.js";
import type { HowWritten } from "../heap/places-below.js";
import { noteRoundWrite } from "./loop-writes.js";
import { siblingSlots } from "../heap/shared-variables.js";
import { steadyLiterals } from "../heap/steady-literals.js";
import { slotNumber, slotOf } from "../paths/slots.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Trace } from "./trace.js";
import { WrittenByClosures } from "../heap/written-by-closures.js";

/** What the tabulation gives for it. */
interface Runs {
  readonly pointsTo: PointsTo;
  readonly aliases: Aliases;
  readonly heap: Heap;
  readonly contexts: Contexts;
  readonly facts: FactTable;
  readonly heldClosures: HeldClosures;
  readonly emitAfter: (entry: Entry, point: number, fact: Fact, trace: Trace) => void;
  readonly reach: (entry: Entry, point: number, fact: Fact, trace: Trace) => boolean;
}

export class Writes {
  private readonly laterRuns: LaterRuns;
  readonly closures: WrittenByClosures;

  constructor(
    private readonly runs: Runs,
    private readonly farNames: FarNames,
  ) {
    this.laterRuns = new LaterRuns(runs.pointsTo);
    this.closures = new WrittenByClosures(runs.pointsTo);
  }

  /** Something below `base` is known to hold the fact: so do all other names of its object, here and far away. */
  mark(
    entry: Entry,
    point: number,
    base: Base,
    components: readonly string[],
    state: State,
    trace: Trace,
    /** The function that wrote a variable that its closure has captured. */
    ran: FunctionNode | null = null,
    /** The fact came about by a write, and not by what is known of the object. */
    isWritten = false,
  ): void {
    const { pointsTo, aliases, heap } = this.runs;
    const { node } = entry;
    const path = accessPath(components);
    for (const place of aliases.placesOf(node, base)) {
      const full = prepend(place.path.components, path);
      if (isWritten && place.base !== base && !this.mayBeGiven(node, place.base, full)) continue;
      this.markAt(entry, point, place.base, full, state, trace);
      if (place.base === closure) this.markSiblings(entry, point, full, state, trace);
      this.markEscaped(entry, point, place.base, full, state, trace);
      for (const far of this.farNames.of(node, place))
        if (far.kind === "heap") heap.publish(far.place, path, state, trace);
        else this.markAt(entry, point, far.base, prepend(far.components, path), state, trace);
    }
    for (const owned of capturedOwners(pointsTo, node, base, components)) {
      if (isWritten && !this.mayBeGiven(node, owned.base, accessPath(owned.components))) continue;
      const tell = (): void => {
        this.mark(entry, point, owned.base, owned.components, state, trace, null, isWritten);
        if (isWritten) this.markBelow(entry, point, owned.base, owned.components, state, trace);
      };
      if (owned.owners === null) tell();
      else this.closures.whenWritten(owned.owners, state.field, tell);
    }
    for (const captured of capturedBehind(pointsTo, aliases, node, base, components, ran))
      this.mark(entry, point, captured.value, captured.rest, state, trace);
  }

  /** What a closure has captured that was handed on is seen whenever it is run. */
  private markEscaped(
    entry: Entry,
    point: number,
    base: Base,
    path: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    const { pointsTo, aliases } = this.runs;
    const escaped = escapedClosure(pointsTo, aliases, entry.node, point, base, path);
    if (escaped === null) return;
    for (const kept of closurePlaces(pointsTo, escaped.callee, escaped.slot))
      this.publish(entry, escaped.captured, kept, path, state, trace);
  }

  /** What a closure has written into a variable is there for the closures that it has captured, too. */
  private markSiblings(
    entry: Entry,
    point: number,
    { components }: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    const { pointsTo } = this.runs;
    const { node } = entry;
    const [slot = "", ...rest] = components;
    if (rest[0] !== "<box>") return;
    for (const [way = "", ...inner] of siblingSlots(pointsTo, node, slotNumber(slot))) {
      const read = node.code.find((each) => each.kind === "capture" && slotOf(node, each.slot) === way);
      const path = accessPath([...inner, ...rest]);
      this.markAt(entry, point, closure, prepend([way], path), state, trace);
      if (read?.kind === "capture") this.markAt(entry, point, read.out, path, state, trace);
    }
  }

  private markAt(
    entry: Entry,
    point: number,
    base: Base,
    path: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    const { facts, heap } = this.runs;
    noteRoundWrite(facts, entry, point, base, path, state);
    this.runs.emitAfter(entry, point, facts.fact(base, path, state), trace);
    for (const far of heap.placesOf(entry.node, base)) this.publish(entry, base, far, path, state, trace);
    for (const site of this.laterRuns.before(entry.node, point, base))
      this.runs.reach(entry, site.point, facts.fact(base, path, state), trace);
  }

  /** Unless it is the place of an object that the value is not in this run. */
  private publish(
    { context, node }: Entry,
    base: Base | null,
    place: HeapPlace,
    path: AccessPath,
    state: State,
    trace: Trace,
  ): void {
    const { object } = place;
    if (object === undefined || base === null || this.runs.contexts.mayHold(context, node, base, object))
      this.runs.heap.publish(place, path, state, trace);
  }

  /** Something below `base` holds the fact from here on; the objects on the way to it have other names too. */
  write(
    entry: Entry,
    point: number,
    base: Base,
    components: readonly string[],
    state: State,
    trace: Trace,
    ran: FunctionNode | null = null,
    how: HowWritten = null,
  ): void {
    const fact = this.runs.facts.fact(base, accessPath(components), state);
    if (!this.isNew(entry, point, fact, ran) || !this.runs.heldClosures.mayHold(entry.node, fact)) return;
    this.mark(entry, point, base, components, state, trace, ran, true);
    this.markBelow(entry, point, base, components, state, trace, how);
  }

  /** The objects on the way to it have other names. */
  private markBelow(
    entry: Entry,
    point: number,
    base: Base,
    components: readonly string[],
    state: State,
    trace: Trace,
    how: HowWritten = null,
  ): void {
    for (const place of placesBelow(this.runs.aliases, entry.node, point, base, components, how))
      if (this.mayBeGiven(entry.node, place.base, place.path)) {
        this.markAt(entry, point, place.base, place.path, state, trace);
        this.markEscaped(entry, point, place.base, place.path, state, trace);
      }
  }

  private mayBeGiven(node: FunctionNode, base: Base, { components }: AccessPath): boolean {
    return steadyLiterals(this.runs.pointsTo).mayBeGiven(node, base, components);
  }

  /** The same comes back from each run of a callee and from each place that calls it: it is told once. */
  private isNew(entry: Entry, point: number, fact: Fact, ran: FunctionNode | null): boolean {
    const written = (entry.written ??= new Map<FunctionNode | null, Set<number>>());
    let ofCallee = written.get(ran);
    if (ofCallee === undefined) written.set(ran, (ofCallee = new Set<number>()));
    const key = fact.id * entry.node.code.length + point;
    if (ofCallee.has(key)) return false;
    ofCallee.add(key);
    return true;
  }
}

/**
 * Data in one of several objects goes into the method that this object runs: in `for (const badge of badges)
 * badge.show()` what only a badge of one class holds is not shown by the method of another.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import type { IsHeld } from "../heap/held-fields.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import { isPropertyName } from "../paths/path-components.js";
import { writersOf } from "../points-to/writers.js";

export class RunningObjects {
  private readonly known = new Map<CallEdge, readonly AbstractValue[] | null>();
  private readonly waiting = new Map<CallEdge, Map<Entry, Map<Fact, () => void>>>();

  constructor(private readonly pointsTo: PointsTo) {}

  /** None of the call's receivers that run this callee holds the data that lies there. */
  areWithout(edge: CallEdge, [name, ...below]: readonly string[], isHeld: () => IsHeld): boolean {
    if (name === undefined || !isPropertyName(name)) return false;
    const running = this.among(edge);
    if (running === null) return false;
    // What lies in a part of an object may have been put into the part by itself, where the object is not seen.
    if (below.length > 0 && running.some((value) => this.mayHavePart(value, name))) return false;
    const asked = isHeld();
    // Each is asked: whoever was told no is called again once one of them holds it.
    return running.every((value) => !asked(value, name));
  }

  private mayHavePart(value: AbstractValue, name: string): boolean {
    const writers = writersOf(this.pointsTo);
    return writers.ofField(value, name).length > 0 || writers.unnamedIn(value).length > 0;
  }

  /** What is done once more where the data may be held after all: the same function whoever asks. */
  againAt(edge: CallEdge, entry: Entry, fact: Fact, again: () => void): () => void {
    let ofEdge = this.waiting.get(edge);
    if (ofEdge === undefined) this.waiting.set(edge, (ofEdge = new Map<Entry, Map<Fact, () => void>>()));
    let ofEntry = ofEdge.get(entry);
    if (ofEntry === undefined) ofEdge.set(entry, (ofEntry = new Map<Fact, () => void>()));
    const found = ofEntry.get(fact) ?? again;
    ofEntry.set(fact, found);
    return found;
  }

  /** Those of a call's receivers that run the callee; null where all do, or where it is not known which. */
  private among(edge: CallEdge): readonly AbstractValue[] | null {
    let found = this.known.get(edge);
    if (found === undefined) this.known.set(edge, (found = this.findAmong(edge)));
    return found;
  }

  private findAmong({ site, callee, shape }: CallEdge): readonly AbstractValue[] | null {
    const { caller, instruction } = site;
    if (shape !== "call" || instruction.kind !== "call" || instruction.receiver === null) return null;
    if (site.edges.size < 2 || callee.graph.class === null || callee.graph.kind !== "method") return null;
    const receivers = this.pointsTo.valueNode(caller, instruction.receiver);
    const taking = this.pointsTo.receiverNode(callee);
    if (receivers.isFull || taking.isFull) return null;
    const running = receivers.list.filter((value) => taking.values.has(value));
    return running.length === 0 || running.length === receivers.list.length ? null : running;
  }
}

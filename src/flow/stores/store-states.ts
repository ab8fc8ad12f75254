/**
 * In which state a store holds a field. What is read back is in the state in which every write of the project
 * puts it there: the reads of a store wait until its writes are known, and hear of later ones.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { Protection } from "../../contracts/flow.js";
import { lastPart } from "./path-names.js";
import { plainName } from "./table-names.js";
import { beginning, type Trace } from "../tabulation/trace.js";
import type { Speaking } from "./engines.js";

/** A read of a field from one of several stores (a join), waiting for its state. */
export interface StoreRead {
  /** Names of tables, collections, keys. */
  readonly stores: readonly string[];
  readonly field: FieldId;
  readonly begin: (protection: Protection) => void;
}

/** The stores that a call reads, as its client means them. */
export interface StoresOf extends Required<Speaking> {
  readonly stores: readonly string[];
}

const nowhere: StoresOf = { stores: [], engines: [] };
const raw: Protection = { kind: "raw" };

export class StoreStates {
  private readonly written = new Map<string, Map<string, Protection>>();
  private readonly released = new Map<string, StoreRead[]>();
  private waiting: StoreRead[] = [];
  private readonly begun = new Map<Trace, StoresOf>();

  /** A sink put the field there in this state. */
  write(store: string | null, field: FieldId, protection: Protection): void {
    if (store === null || lastPart(store).includes("*")) return;
    const key = keyOf(store, field);
    let states = this.written.get(key);
    if (states === undefined) {
      states = new Map();
      this.written.set(key, states);
    }
    const state = protection.kind === "raw" ? "raw" : `${protection.kind}|${protection.by}`;
    if (states.has(state)) return;
    states.set(state, protection);
    for (const read of this.released.get(key) ?? []) read.begin(protection);
  }

  read(read: StoreRead): void {
    this.waiting.push(read);
  }

  /** Notes that ways which begin so begin at a read of these stores. */
  begins(trace: Trace, stores: StoresOf): void {
    this.begun.set(trace, stores);
  }

  /** The stores that a way begins at a read of. */
  storesRead(trace: Trace): StoresOf {
    const start = beginning(trace);
    return (start === null ? undefined : this.begun.get(start)) ?? nowhere;
  }

  /** Begins waiting reads: those whose store is written, or where there is none, all the others. False: none waited. */
  release(): boolean {
    if (this.waiting.length === 0) return false;
    const known = this.waiting.filter((read) => this.keysOf(read).some((key) => this.written.has(key)));
    const next = known.length > 0 ? known : this.waiting;
    this.waiting = known.length > 0 ? this.waiting.filter((read) => !known.includes(read)) : [];
    for (const read of next) this.begin(read);
    return true;
  }

  private begin(read: StoreRead): void {
    const keys = this.keysOf(read);
    const states = keys.flatMap((key) => [...(this.written.get(key)?.values() ?? [])]);
    for (const key of keys) {
      const list = this.released.get(key);
      if (list === undefined) this.released.set(key, [read]);
      else list.push(read);
    }
    for (const state of states.length === 0 ? [raw] : states) read.begin(state);
  }

  private keysOf(read: StoreRead): readonly string[] {
    return read.stores.map((store) => keyOf(store, read.field));
  }
}

/** Two clients reach one table: the name counts, as databases compare names, and not what a collection lies in. */
function keyOf(store: string, field: FieldId): string {
  return `${plainName(lastPart(store))}|${field}`;
}

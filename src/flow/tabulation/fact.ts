/** Facts of the tabulation: a part of a value holds a field, in a state. */
import type { FieldId } from "../../contracts/annotation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { Protection } from "../../contracts/flow.js";
import type { AccessPath } from "../paths/access-path.js";

/** A value of the function, or one of the pseudo-values below. */
export type Base = number;

/** What the function returns (or resolves with). */
export const returned: Base = -1;
/** What it throws (or rejects with). */
export const thrown: Base = -2;
/** The receiver at entry. */
export const receiver: Base = -3;
/** The closure that runs, whose slots hold captured values. */
export const closure: Base = -4;
/** An exception on its way to a handler of the same function. */
export const pending: Base = -5;
/** What a function that stands before a call hands on to it. */
export const resumed: Base = -6;
/** The incoming argument of an index. */
export function incoming(index: number): Base {
  return -10 - index;
}
export function incomingIndex(base: Base): number | null {
  return base <= -10 && base > firstChannel ? -10 - base : null;
}

const firstChannel = -1_000_000;

/** What was put into a channel (what `resolve` was called with), on its way to the run that made the channel. */
export function intoChannel(channel: number): Base {
  return firstChannel - channel;
}
export function channelIndex(base: Base): number | null {
  return base <= firstChannel ? firstChannel - base : null;
}

/**
 * The value that names the property which the data was read from, in the run of one function, and what it was then:
 * behind `const value = row[key]`, that `key` was "email". It holds until the value is made anew, in the next round of
 * its loop.
 */
export interface KeyNote {
  readonly place: KeyPlace;
  readonly name: string;
}

/** A value of a function, or the first element of it: the key of a pair. */
export interface KeyPlace {
  readonly value: ValueId;
  readonly isPair: boolean;
}

export interface State {
  readonly id: number;
  readonly field: FieldId;
  readonly protection: Protection;
  /** Some step was assumed. */
  readonly assumed: boolean;
  /** Known inside one run of one function only. */
  readonly key: KeyNote | null;
}

export interface Fact {
  readonly id: number;
  readonly base: Base;
  readonly path: AccessPath;
  readonly state: State;
}

const raw: Protection = { kind: "raw" };

/** Makes facts and states unique, so that they can be compared and kept in sets by id. */
export class FactTable {
  /** By the ids of state and path, then by base. */
  private readonly facts: Map<number, Map<Base, Fact>>[] = [];
  private readonly list: Fact[] = [];
  private readonly states = new Map<string, State>();

  state(field: FieldId, protection: Protection = raw, assumed = false, noted: KeyNote | null = null): State {
    const reason =
      protection.kind === "weak"
        ? protection.reason
        : protection.kind === "hashed"
          ? String(protection.slow)
          : "";
    const by = protection.kind === "raw" ? "" : protection.by;
    const note =
      noted === null ? "" : `${String(noted.place.value)}${noted.place.isPair ? ".0" : ""}=${noted.name}`;
    const key = `${field}|${protection.kind}|${by}|${reason}|${String(assumed)}|${note}`;
    let state = this.states.get(key);
    if (state === undefined) {
      state = { id: this.states.size, field, protection, assumed, key: noted };
      this.states.set(key, state);
    }
    return state;
  }

  fact(base: Base, path: AccessPath, state: State): Fact {
    const ofState = (this.facts[state.id] ??= new Map<number, Map<Base, Fact>>());
    let ofPath = ofState.get(path.id);
    if (ofPath === undefined) ofState.set(path.id, (ofPath = new Map<Base, Fact>()));
    let fact = ofPath.get(base);
    if (fact === undefined) {
      fact = { id: this.list.length, base, path, state };
      ofPath.set(base, fact);
      this.list.push(fact);
    }
    return fact;
  }

  byId(id: number): Fact | undefined {
    return this.list[id];
  }

  protect(state: State, protection: Protection): State {
    return this.state(state.field, protection, state.assumed, state.key);
  }

  assume(state: State): State {
    return state.assumed ? state : this.state(state.field, state.protection, true, state.key);
  }

  /** The same data, with another note of its key. */
  noteKey(state: State, key: KeyNote | null): State {
    return state.key === key ? state : this.state(state.field, state.protection, state.assumed, key);
  }

  withoutKey(fact: Fact): Fact {
    return fact.state.key === null ? fact : this.fact(fact.base, fact.path, this.noteKey(fact.state, null));
  }
}

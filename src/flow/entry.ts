/** Runs of functions, and who entered them. */
import type { Binding } from "./bindings.js";
import type { Context } from "./context.js";
import type { Fact } from "./fact.js";
import type { CallSite } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import type { Trace } from "./trace.js";

/** A run of a function: for one entry fact, or (null) for all that arises in it without one. */
export interface Entry {
  readonly node: FunctionNode;
  readonly context: Context;
  readonly fact: Fact | null;
  readonly incoming: Incoming[];
  readonly exits: Map<number, { readonly fact: Fact; readonly trace: Trace }>;
  readonly seen: Map<number, Set<number>>;
  readonly start: Trace;
  facts: number;
}

/** Facts of one run of one function, more for very long ones; beyond it the run is cut and told as a blind spot. */
const mostFacts = 60_000;
const mostFactsPerInstruction = 20;

/** Counts one more fact; true if the run has had its share. */
export function isSpent(entry: Entry): boolean {
  return ++entry.facts > Math.max(mostFacts, mostFactsPerInstruction * entry.node.code.length);
}

/** Who entered, and how results go back. */
export interface Incoming {
  readonly entry: Entry;
  readonly site: CallSite;
  readonly binding: Binding;
  /** Receives what leaves; null for a plain call, whose results the tabulation hands back itself. */
  readonly callback: CallbackReturn | null;
  readonly fact: Fact;
  /** The caller's way up to the call, with and without the step into the callee. */
  readonly trace: Trace;
  readonly before: Trace;
}

/** Hands what a callback returns (or leaves in its parameters) to the model of the call that called it. */
export type CallbackReturn = (
  entry: Entry,
  site: CallSite,
  fact: Fact,
  inner: Trace,
  previous: Trace | null,
) => void;

/** A way from where the program is entered to an operation, on which no guard took effect. */
import type { Entry } from "../tabulation/entry.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SourceTrace, Trace } from "../tabulation/trace.js";

/** Where the way begins: a handler that a framework calls, a module that is run, a function that nothing calls. */
export interface Outset {
  readonly kind: "handler" | "module" | "unknown";
  readonly node: FunctionNode;
  /** Where the handler is handed over. */
  readonly site: CallSite | null;
  readonly address: string;
  /** How a reader calls it, where what makes it an entry says so. */
  readonly name?: string;
  /** Nothing says that it is an entry; it is handed over where it stands, and what comes of it is kept under the name. */
  readonly isKept?: boolean;
  /** It is run by itself at times, for nobody's request. */
  readonly isJob?: boolean;
}

/** A place on the way: the operation, and the calls that lead to it, the innermost first. */
export interface Passage {
  readonly node: FunctionNode;
  readonly point: number;
}

export interface OpenWay {
  readonly outset: Outset;
  readonly passages: readonly Passage[];
  /** How the data came about that is kept or handed on. */
  readonly beginning: SourceTrace | null;
  /** Up to where it is followed. */
  readonly trace: Trace | null;
  /** A step on the way was assumed. */
  readonly isAssumed: boolean;
  /** Guards on it that are asked about somebody else. */
  readonly aboutOthers?: ReadonlySet<CallSite>;
}

/** Where a fact came to an operation. */
export interface ArrivalAt {
  readonly entry: Entry;
  readonly point: number;
  readonly trace: Trace;
}

/** A place of the heap: a cell, and the way below it. */
import type { AbstractValue } from "../points-to/abstract-value.js";

export interface HeapPlace {
  readonly key: string;
  readonly prefix: readonly string[];
  /** The one of the objects that a value may be whose place it is. */
  readonly object?: AbstractValue;
}

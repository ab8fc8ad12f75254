/** What is known of one run of a function that not all its runs share. */
import type { AbstractValue } from "../points-to/abstract-value.js";

export interface Context {
  readonly key: string;
  readonly receiver: ReadonlySet<AbstractValue> | null;
  readonly parameters: ReadonlyMap<number, ReadonlySet<AbstractValue>>;
  /** What the closure's slots hold, where its maker was told apart. */
  readonly slots: ReadonlyMap<number, ReadonlySet<AbstractValue>>;
  /** Parameters with a default that the caller gives (all others it leaves out); null where that is not known. */
  readonly given: ReadonlySet<number> | null;
  /** Texts that the first parameter has as properties: what it is told of the call that the function stands before. */
  readonly told?: ReadonlyMap<string, string>;
}

export const noContext: Context = {
  key: "",
  receiver: null,
  parameters: new Map(),
  slots: new Map(),
  given: null,
};

/** What models say of columns that a client encrypts by itself. */
import type { Address } from "./address.js";
import type { Condition } from "./condition.js";

/** Columns that a client encrypts before it writes them. */
export interface Seal {
  /** What does it, in words. */
  readonly by: string;
  readonly when: readonly Condition[];
  /** A list of their names, or an object whose keys they are; null: those that the schema declares. */
  readonly columns: Address | null;
  /** Of an object's keys, those whose value has this property. */
  readonly having: string | null;
  readonly key: Address | null;
  /** All that is written is encrypted, whatever it is. */
  readonly whole: boolean;
}

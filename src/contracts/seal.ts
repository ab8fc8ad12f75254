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
  /** Of an object's keys, those whose value has none of these properties. */
  readonly lacking: readonly string[];
  /** Columns that are left as they are. */
  readonly but: Address | null;
  /** Where the key stands: what is found at any of these. */
  readonly key: readonly Address[];
  /** All that is written is encrypted, whatever it is. */
  readonly whole: boolean;
}

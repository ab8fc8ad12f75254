/** What child data is read for, besides being kept. */
import type { FieldId } from "./annotation.js";
import type { Medium } from "./vocabulary.js";

/** A read of a store of which it is not known what comes back. */
export interface OpenRead {
  readonly medium: Medium | null;
  readonly package: string;
  readonly callee: string;
  readonly path: string;
  readonly target: string | null;
  readonly cascades: readonly string[];
  /** Names in plain spelling; null: all of them. */
  readonly columns: ReadonlySet<string> | null;
}

export interface UseFacts {
  /** Fields of which something is made, asked or shown. */
  readonly used: ReadonlySet<FieldId>;
  readonly openReads: readonly OpenRead[];
  /** Columns, in plain spelling, by which rows are looked up, sorted or counted. */
  readonly mentioned: ReadonlySet<string>;
}

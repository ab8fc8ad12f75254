/** What changes child data that is kept, and from where it is reached. */
import type { Location } from "../base/location.js";
import type { FieldId } from "./annotation.js";
import type { Client } from "./client.js";
import type { DutyEntry } from "./duty-entry.js";
import type { Medium } from "./vocabulary.js";

/** From where data is corrected: a function marked `@correctionPath`, or a handler that is there for updates. */
export type CorrectionEntry = DutyEntry<"correction">;

/** What of a store a call concerns: a field whose data comes to it, a column that it names, or what cannot be told. */
export type ChangedPart =
  | { readonly kind: "field"; readonly field: FieldId }
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "any" };

/** A call that writes to a store, or takes something out of it. */
export interface Change extends Client {
  /** `creates`: what is there stays as it is. */
  readonly does: "changes" | "creates" | "removes";
  readonly part: ChangedPart;
  readonly medium: Medium | null;
  /** Folded target, `*` for what is unknown; null: all that the client keeps. */
  readonly target: string | null;
  readonly cascades: readonly string[];
  /** As the code names it: `this.db.child.update`. */
  readonly callee: string;
  readonly location: Location;
  /** The entries that lead to it with that part. */
  readonly entries: readonly CorrectionEntry[];
  /** Where it is reached from, if from no such entry. */
  readonly otherOutsets: readonly string[];
}

/** What erases child data, and from where it is reached. */
import type { Location } from "../base/location.js";
import type { Client } from "./client.js";
import type { DutyEntry } from "./duty-entry.js";
import type { Sink } from "./flow.js";
import type { DeletionKind, Medium } from "./vocabulary.js";

/**
 * hard: gone. soft, archive: only hidden. ttl: goes by itself later. cryptoshred: its key goes. versions: earlier
 * versions stay. unknown: one of these. uncoupled, uncarried: rows that others go from under, by what the key to these
 * says: it is set to null, or they are not carried on to.
 */
export type ErasureStrength =
  "hard" | "soft" | "archive" | "ttl" | "cryptoshred" | "versions" | "unknown" | "uncoupled" | "uncarried";

/** From where data is erased: a function marked `@deletionPath`, or a handler that is named for it. */
export type DeletionEntry = DutyEntry<DeletionKind>;

/** Something is erased once it is so old. */
export interface PurgeAge {
  /** Null: that cannot be told. */
  readonly seconds: number | null;
  /** What the age is counted from: `created_at`. */
  readonly column: string | null;
}

/** A call that deletes from a store or overwrites in it. */
export interface Erasure extends Client {
  /** Null: of whatever store its package keeps. */
  readonly medium: Medium | null;
  /** The company that is told to erase what it keeps, if it is one. */
  readonly recipient: string | null;
  /** Folded target, `*` for what is unknown; null: all that the client keeps. */
  readonly target: string | null;
  /** Tables whose rows go along by cascade, as the schema calls them. */
  readonly cascades: readonly string[];
  /** The columns that are overwritten; null: whole rows, keys, files. */
  readonly columns: readonly string[] | null;
  readonly strength: ErasureStrength;
  /** Of what goes by itself: after how many seconds; null where that cannot be told. */
  readonly seconds: number | null;
  /** Where it is run by itself, or by whoever: how old what it erases is. Null: that has nothing to do with an age. */
  readonly age: PurgeAge | null;
  /** As the code names it: `this.db.child.delete`. */
  readonly callee: string;
  readonly location: Location;
  /** The function that it stands in, with its end. */
  readonly enclosing: Location;
  /** Its promise is dropped, so that nobody knows whether it was done. */
  readonly isDropped: boolean;
  /** It is only built: nobody waits for the query, or sends the batch. */
  readonly isNeverSent: boolean;
  /** The entries that lead to it. */
  readonly entries: readonly DeletionEntry[];
  /** Those that lead to it only on ways on which nobody hears that it failed. */
  readonly unheardEntries: readonly DeletionEntry[];
  /** Entries that end the whole service, and by which it only erases what they were called with. */
  readonly entriesForOne: readonly DeletionEntry[];
  /** Where it is reached from, if from no such entry. */
  readonly otherOutsets: readonly string[];
  /** Of these, functions that no code calls, as far as it runs. */
  readonly uncalled: readonly string[];
  /** It is never run, as what it depends on never holds: the call that is held back, or from which it is. */
  readonly neverRunAt: Location | null;
}

/** A write of which what it puts there ends by itself. */
export interface Expiry {
  readonly location: Location;
  /** Null: it ends, and when cannot be told. */
  readonly seconds: number | null;
  /** The column that says when it ends, for whoever removes it then; null: it ends by itself. */
  readonly column: string | null;
}

/** The key that data is sealed with on one way, as far as it matters who destroys it. */
export interface SealingKey {
  /** The way to where it is sealed (see `sealingWay`). */
  readonly way: string;
  /** The stores of the program's own that it lies in, folded, `*` for what is unknown; none: in no such store. */
  readonly targets: readonly string[];
  /** The columns that it may stand in there. */
  readonly columns: readonly string[];
  /** The same for all: what it is called in the code or the environment (`env:HOUSE_KEY`); none: that is not so. */
  readonly fixed: readonly string[];
}

/** What puts that which lies in one store into another, or into another column, without the program seeing it. */
export interface StoreCopy extends Pick<
  Sink,
  "package" | "path" | "engines" | "callee" | "location" | "enclosing"
> {
  readonly medium: Medium;
  readonly from: string;
  readonly to: string;
  /** `*`: all of them, each under its own name, or one that is not known. */
  readonly fromColumn: string;
  readonly toColumn: string;
}

/** A statement in code that makes or changes a table, and cannot be read. */
export interface UnreadSchema {
  readonly location: Location;
  readonly problem: string;
}

export interface DeletionFacts {
  readonly unreadSchemas: readonly UnreadSchema[];
  readonly copies: readonly StoreCopy[];
  readonly sealingKeys: readonly SealingKey[];
  readonly expiries: readonly Expiry[];
  readonly erasures: readonly Erasure[];
  /** All functions that are marked. */
  readonly entries: readonly DeletionEntry[];
  /** Other names of a table: what clients call it, and what the schema does. */
  readonly tableNames: ReadonlyMap<string, readonly string[]>;
}

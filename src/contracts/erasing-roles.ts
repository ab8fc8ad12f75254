/** What models say of calls that delete, and of what takes something out of rows. */
import type { Address, Target } from "./address.js";
import type { Extension } from "./extension.js";
import type { Medium } from "./vocabulary.js";

export interface DeleteRole {
  readonly kind: "delete";
  readonly target: Target | null;
  /** Of the keys at the target (`arg0.requests<keys>`), those under which something has this property. */
  readonly having?: string | null;
  /** A property of what the call makes that names the store, where settings hold it: `tableName`. */
  readonly setting?: string | null;
  readonly medium: Medium | null;
  /** versions: nothing is deleted, but what is deleted there stays as an earlier version. */
  readonly strength: "hard" | "soft" | "archive" | "ttl" | "cryptoshred" | "versions";
  /** What says which version goes, where a store keeps several. */
  readonly version?: Address | null;
  /** Rows that were read are deleted one by one: what the client carries on by itself goes with them. */
  readonly rows?: boolean;
  /** What lies within goes with it: `about` says which tables lie within which. */
  readonly nested?: boolean;
  /** Not the row goes, but those related to it under the name that stands here, if the client deletes what a row loses. */
  readonly related?: Address | null;
  /** Rows of an entity that `hides` them are only hidden. */
  readonly hiding: boolean;
  /** Own functions that stand before the call, or in its place, and may do something else instead. */
  readonly extended: Extension | null;
  /**
   * Own functions that are told of the call before it is done, under the property `called` how it is called and
   * under `entity` about which table it is, and that may name it anew.
   */
  readonly renames?: {
    readonly by: readonly Address[];
    readonly called: string;
    readonly entity: string;
  } | null;
  /** What stands before the call as a package's own: `tables` are objects whose keys are the tables that it only hides rows of. */
  readonly softened?: {
    readonly by: readonly Address[];
    readonly tables: readonly Address[];
  } | null;
  /** Events at which functions are run that were hooked to the table: `findOneAndDelete`. */
  readonly fires?: readonly string[];
  /** It is only done where somebody waits for what the call gives, or hands that on. */
  readonly lazy?: boolean;
  /** What is written in the place of the row: only where it is nothing but constants and ids is anything deleted. */
  readonly leaving?: Address | null;
  /** What says which rows; none: whatever it is given. */
  readonly which?: readonly Address[];
  /** It is only done where a method of one of these names is called on the object. */
  readonly sentBy?: readonly string[];
}

/** What stands under the columns that are named at `data`, by keys of an object or as texts, is taken out. */
export interface EraseRole {
  readonly kind: "erase";
  readonly medium: Medium;
  readonly target: Target | null;
  readonly data: readonly Address[];
  /** An expression that says what is set and removed (`SET phone = :none REMOVE #n`). */
  readonly updates?: Address | null;
  /** What names in it stand for (`#n`). */
  readonly meant?: Address | null;
  /** What values in it stand for (`:none`). */
  readonly values?: Address | null;
  /** As of `delete`. */
  readonly lazy?: boolean;
  readonly sentBy?: readonly string[];
}

/** What lies in one store is put into another, without the program seeing it: `copyFile`, `$out`. */
export interface CopiesRole {
  readonly kind: "copies";
  readonly medium: Medium;
  readonly from: Target;
  readonly to: Target;
}

/** What is set to this value is taken out; `text`: if the expression that stands there says the same of every row. */
export interface BlankRole {
  readonly kind: "blank";
  readonly text: Address | null;
}

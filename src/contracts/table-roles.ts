/** Roles that speak of tables: what stands for one, what its columns are, what its rows come out as. */
import type { Address, Target } from "./address.js";
import type { Condition } from "./condition.js";
import type { Seal } from "./seal.js";

/** `[{ $match }, { $group: { _id: "$diet" } }]`: each step is an object that has it under its name. */
export interface Pipeline {
  readonly at: Address;
  /** Steps behind which nothing is left of a row but what they name. */
  readonly closing: readonly string[];
  /** Of them, those whose keys name what is left. */
  readonly keeping: readonly string[];
  /** Steps that leave rows as they are: of others nobody knows what comes behind them. */
  readonly passing: readonly string[];
  /** What the name of a column begins with where it stands as a text. */
  readonly sign: string;
}

export type Spelling = "same" | "snake" | "plural" | "lower plural";

/** Related rows that come along: texts, descriptions, or lists of both. */
export interface Along {
  readonly at: readonly Address[];
  /** Under which properties of a description the related rows are named, the first that stands there; none: its keys do. */
  readonly name: readonly string[];
  /** Under which property those stand that come along with them; null: in the description itself. */
  readonly inside: string | null;
  /** Under which property the names of the columns stand that come; null: all do. */
  readonly columns: string | null;
  /** Under which property of these the names of columns stand that are left out. */
  readonly except: string | null;
  /** Where the names of columns stand of what a text names. */
  readonly only: Address | null;
}

export type TableRole =
  /** The result is (an array of) rows of an entity. */
  | {
      readonly kind: "rows";
      readonly output: Address;
      readonly entity: Target;
      /** An object whose `select`, `omit` and `include` say which columns and related rows come. */
      readonly options?: Address | null;
      /** Names of the only columns that come: a list of them, an object's keys, a text with spaces. */
      readonly only?: readonly Address[];
      /** An object whose keys stand, in what is named, for the columns that are its values. */
      readonly meant?: Address | null;
      /** What comes are no rows, but the values of the columns whose names stand here. */
      readonly named?: readonly Address[];
      /** Names of columns that come besides. */
      readonly also?: readonly Address[];
      /** Names of columns that are left out. */
      readonly left?: readonly Address[];
      /** An object whose values are columns of tables (or tables): those come, under its keys. */
      readonly picked?: readonly Address[];
      /** Names of properties that lead to other tables' rows which come too, written the same way. */
      readonly related?: readonly Address[];
      /** The same, described one within the other. */
      readonly along?: Along | null;
      /** The property of the entity's rows that leads to those which come. */
      readonly under?: Address | null;
      /** A list of steps that the rows go through before they come. */
      readonly pipeline?: Pipeline | null;
      /** The written type argument's properties are tables, each by its name. */
      readonly typed?: "row" | "tables";
      /** Columns that the client itself decrypts. */
      readonly seals?: readonly Seal[];
    }
  /**
   * A class, or what a call gives, stands for a table: a store's `target` or `entity` that is such a value, or an
   * object of it, is the table's name.
   */
  | {
      readonly kind: "entity";
      readonly of: Address;
      /** As clients call it; null: as the class or variable is called. */
      readonly name: Address | null;
      /** The table's name: the first that is known; none: as `spelled` makes it of the name. */
      readonly table: readonly Address[];
      readonly spelled: Spelling;
      /** Objects whose keys are the columns; none: the class's properties are. */
      readonly fields: readonly Address[];
      /** Of the definition under a key (`value`): the column's name, and functions that what is put there goes through. */
      readonly column: readonly Address[];
      readonly through: readonly Address[];
      /** The place of a schema (`value`) where by their names more definitions stand of columns. */
      readonly paths: Address | null;
      /** False there: a read brings the column only if it asks for it by its name. */
      readonly read: readonly Address[];
      /** True there: rows that are deleted are kept, and only hidden. */
      readonly hides: readonly Address[];
      /** Its rows lie among those of the table that stands here, which has its columns, too. */
      readonly among: readonly Address[];
    }
  /**
   * What a class at `of` that stands for a table is called here, and where that is said, its table; `each`: as of
   * `cascade`. `spelled`: how from now on the package makes the names of tables of those of its entities.
   */
  | {
      readonly kind: "table-name";
      readonly spelled: Spelling | null;
      readonly of: readonly Address[];
      readonly each: Address | null;
      readonly name: Address | null;
      readonly table: readonly Address[];
    }
  /**
   * Rows of an entity have related rows: under the keys of an object, whose values are about the other entities, or
   * under one name. `lists`: the types of this package that stand for many; for one name, whether they are many. Where
   * `to` begins at what stands under a key (`value`), that is a description: of many if one of `listed` holds of it, and
   * written along with the row if one of `saved` does. `keyed`: the row holds their keys alone, and never brings them.
   */
  | {
      readonly kind: "relations";
      readonly of: Address;
      readonly fields: readonly Address[];
      readonly name: readonly Address[];
      readonly to: readonly Address[];
      readonly lists: readonly string[];
      readonly many: boolean;
      readonly listed: readonly Condition[];
      readonly saved: readonly Condition[];
      readonly keyed: boolean;
    }
  /**
   * Rows of `child` go with the row of `parent` that they refer to, if one of the texts at `action` says so (none is
   * given: they do). A side that is not said is where it stands: the decorated class, or the table that what comes
   * back is a column of. `each` (`arg1.*`): one for each column that is defined under a key, and the other addresses begin there (`value`). `rows`:
   * only with rows that the client deletes one by one. `orphans`: not with the row, but where it is saved without them.
   * `where`: only if one of these holds of what is defined there.
   */
  | {
      readonly kind: "cascade";
      readonly child: readonly Address[];
      readonly parent: readonly Address[];
      readonly columns: readonly Address[];
      /** What the key is called, for whoever takes it away again. */
      readonly name: readonly Address[];
      readonly action: readonly Address[];
      readonly each: Address | null;
      readonly where: readonly Condition[];
      readonly rows: boolean;
      readonly orphans: boolean;
      /** True there: every read of the parent brings the rows along; elsewhere the client knows only those that were asked for. */
      readonly along: readonly Address[];
    }
  /**
   * The function is run when rows of a table are written or deleted by a call that `fires` this event: the text at `event`, with
   * `as` before it. `of`: the table, or the schema that it is made of.
   */
  | {
      readonly kind: "hook";
      /** Null: the decorated class. */
      readonly of: Address | null;
      readonly event: readonly Address[];
      readonly as: string | null;
      readonly function: Address;
      /** Classes or objects, each of which is a listener: the other addresses are about it (`value`). */
      readonly each: Address | null;
      /** Also run for data that is no object of a class yet. */
      readonly plain: boolean;
      /** Of an event before a write: where the row is in a run of the function (`arg1.param0`). */
      readonly row: Address | null;
      /** The method of what the function is called on that gives the row in its run. */
      readonly by: string | null;
    }
  /**
   * Of the package's classes that a decorator makes listeners, only those run that stand there: in a list, or by a
   * pattern of their files. `options`: what would name them; where that is not known, all may run.
   */
  | {
      readonly kind: "listeners";
      readonly among: readonly Address[];
      readonly options: Address | null;
    }
  /** A key of a table is taken away again: that of these columns, or of this name; of neither, all of them. */
  | {
      readonly kind: "uncascade";
      readonly of: Address;
      readonly columns: readonly Address[];
      readonly name: readonly Address[];
    }
  /** Properties of what is at an address are the entity's columns, though nothing is stored yet. */
  | {
      readonly kind: "columns";
      readonly data: readonly Address[];
      readonly entity: Target | null;
      /** The name of the one column that the data goes into. */
      readonly column: Address | null;
    }
  /**
   * What comes back is about the entity, or the table of the name, at an address: a repository, a query.
   */
  | {
      readonly kind: "about";
      readonly entity: readonly Address[];
      /**
       * The entity is named by parts of a path in which collections and documents take turns, and this is what lies at
       * its end, or by the parts of a tree, of which each may be data; or all collections of the name; or, of a type, that
       * in whose documents lies what led to it.
       */
      readonly path: "collection" | "document" | "node" | "group" | "around" | null;
      /** What the path begins in: a document, a collection, or what all paths begin in. */
      readonly within: Address | null;
      /** Types of what all paths begin in. */
      readonly root: readonly string[];
    }
  /** The decorated property is a column of its class's table. */
  | {
      readonly kind: "column";
      readonly name: readonly Address[];
      readonly through: readonly Address[];
      /** False there: a read brings the column only if it asks for it by its name. */
      readonly read: readonly Address[];
      /** Classes whose columns it holds as an object within the row. */
      readonly parts: readonly Address[];
      /** It is no column but leads to related rows, which are written along with the row. */
      readonly saved: boolean;
      /** It is a part of the row, even if its class stands for a table elsewhere. */
      readonly within?: boolean;
      /** The client encrypts the column, if one of these holds. */
      readonly seals?: readonly Seal[];
    }
  /** The result is an object of the class at an address, as the store filled it. */
  | { readonly kind: "instance"; readonly of: Address; readonly output: Address };

/** What is known of a table that a class or a call stands for. */
import type { Protection } from "../../contracts/flow.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite } from "../points-to/points-to.js";
import type { ClassNode } from "../program/program.js";
import type { WrittenType } from "../sources/written-types.js";

export interface Column {
  /** As the table calls it, if that is said. */
  readonly name: string | null;
  /** Functions that what is put there goes through. */
  readonly through: readonly AbstractValue[];
  /** Each of those is given what the one before made; else any of them may be the one. */
  readonly inTurn: boolean;
  /** They are given each element of the list that it is. */
  readonly each: boolean;
  /** What the client makes of it by itself. */
  readonly sealed: Protection | null;
  /** A read brings it only if it asks for it by its name. */
  readonly hidden: boolean;
  /** It leads to related rows, which are written along with the row. */
  readonly saved: boolean;
  /** It is a part of the row, whatever its class stands for. */
  readonly within?: boolean | undefined;
}

export interface Entity {
  readonly table: string;
  /** What its package speaks to; none: that is not told. */
  readonly engines: readonly string[];
  /** The table's and others, as clients call it. */
  readonly names: readonly string[];
  readonly home: ClassNode | null;
  /** The variable of its own package's code by which it is known beside the table's name: no table is called so. */
  readonly variable: { readonly name: string; readonly package: string } | null;
  /** Where the objects stand whose keys are its columns. */
  readonly schemas: readonly AbstractValue[];
  /** The call or decorator that makes it. */
  readonly madeAt: CallSite;
  /** Types that are written where it, or its schema, is made: `new Schema<Child>(…)`. */
  readonly types: readonly WrittenType[];
  readonly columns: ReadonlyMap<string, Column>;
  /** Properties of its rows that hold related rows, and the tables of those. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** What is deleted is only hidden. */
  readonly hides: boolean;
}

export interface Relation {
  readonly table: string;
  readonly isList: boolean;
  /** Written along with the row. */
  readonly isSaved: boolean;
  /** The row holds their keys alone: nothing is written by it, and a read brings them only where it asks for them. */
  readonly isKeyed: boolean;
}

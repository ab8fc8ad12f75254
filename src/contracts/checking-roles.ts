/** The roles of models that speak of looking at values. */
import type { Address } from "./address.js";
import type { Condition } from "./condition.js";

/**
 * Looks at data: whether it is there, and is what it should be. Where neither `fits` nor `lacks` is said, the call does
 * not come back with anything else.
 */
export interface ExaminesRole {
  readonly kind: "examines";
  /** `arg0.**`: all below it too. */
  readonly data: readonly Address[];
  /** True if the data is what it should be. */
  readonly fits: Address | null;
  /** True, or there, if it is not. */
  readonly lacks: Address | null;
  /** Only what the promise brings says so. */
  readonly promised: boolean;
  /** The schema that it is held against. */
  readonly by?: Address | null;
}

/** What a schema that the call makes asks of what it lets through, besides what it is made of. */
export interface DemandsRole {
  readonly kind: "demands";
  /** Numbers and points in time are at least, more than, at most or less than this. */
  readonly least: Address | null;
  readonly above: Address | null;
  readonly most: Address | null;
  readonly below: Address | null;
  /** A function that says yes to it; one that comes back without a call that is `unmet`. */
  readonly holds: Address | null;
  readonly heeds: Address | null;
  /** Places of the result where nothing may stand, and where something has to. */
  readonly spares: Address | null;
  readonly wants: Address | null;
  /** The keys of the later of its `fields` stand in the place of those of the earlier. */
  readonly adds: boolean;
  /** What these ask is asked, too: steps behind a schema. */
  readonly also: Address | null;
  /** The call says that something is not as it should be. */
  readonly unmet: boolean;
}

/**
 * The call gives a handler, or what handlers stand on, that lets only those requests through that fit a schema; or it
 * does so itself before it runs the functions that it is given.
 */
interface AdmitsRole {
  readonly kind: "admits";
  /** The schema; a plain object is a JSON Schema. */
  readonly by: Address;
  /** The functions that are behind it; with none, what the call gives. */
  readonly given: readonly Address[];
  /** Not where all conditions of one of the lists hold. */
  readonly unless: readonly (readonly Condition[])[];
}

/**
 * What handlers stand behind holds what parameters of theirs are given against the decorators of the parameters' classes:
 * of those whose decorator `admits` by what is decorated.
 */
interface ValidatesRole {
  readonly kind: "validates";
  readonly what: "classes";
  /** Not where all conditions of one of the lists hold. */
  readonly unless: readonly (readonly Condition[])[];
}

/** The call comes back only if a value is true, if one is not, or if two are equal. */
interface AssertsRole {
  readonly kind: "asserts";
  readonly truthy: Address | null;
  readonly falsy: Address | null;
  readonly equal: readonly Address[];
}

/** Objects of the type say by their members whether something failed: who does not ask does not know. */
interface MayFailRole {
  readonly kind: "may-fail";
}

export type CheckingRole =
  ExaminesRole | DemandsRole | AdmitsRole | ValidatesRole | AssertsRole | MayFailRole;

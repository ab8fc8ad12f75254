/** What a run was told to leave alone. Nothing of it was looked at, so nothing of it may be said to be in order. */
import type { Location } from "../base/location.js";
import type { RuleId } from "./obligation.js";
import type { LeftOutBy } from "./project.js";

export interface LeftOut {
  /** Null: all rules were asked for. */
  readonly asked: readonly RuleId[] | null;
  readonly switchedOff: readonly SwitchedOff[];
  /** By why, only where there are such files. */
  readonly files: readonly LeftOutFiles[];
  /** Rules of which something is assumed that nobody is shown, as `cannot-tell` is off there. */
  readonly unshown: readonly RuleId[];
}

/** A rule that a config switches off for files that are looked at. */
export interface SwitchedOff {
  readonly rule: RuleId;
  readonly location: Location;
  readonly files: number;
  /** Of all that are looked at. */
  readonly of: number;
}

export interface LeftOutFiles {
  readonly by: LeftOutBy;
  /** Of the configs that say so; empty where none does. */
  readonly patterns: readonly string[];
  readonly count: number;
}

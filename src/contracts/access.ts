/** Reads of child data by staff, and what is lacking there. */
import type { Location } from "../base/location.js";
import type { FieldId } from "./annotation.js";
import type { Outset, Sink, StepNote, TraceStep } from "./flow.js";

/** `export`: many children's data is handed out at once. */
export type AccessGap = "authorization" | "approval" | "record" | "export";

/** How it is known that staff come this way. */
export type StaffSign = "marked" | "address" | "role";

/** The first read of a child's data on a way of staff, and one thing that is lacking there. */
export interface StaffRead {
  readonly gap: AccessGap;
  readonly field: FieldId;
  /** The call that reads. */
  readonly sink: Sink;
  readonly sign: StaffSign;
  readonly outset: Outset;
  /** Other entries of staff for which the same holds, by name. */
  readonly otherOutsets: readonly string[];
  /** A function that is marked for it and stands near, without taking effect. */
  readonly near: { readonly name: string; readonly location: Location } | null;
  readonly trace: readonly TraceStep[];
  readonly assumptions: readonly StepNote[];
}

/** An answer to whoever asks, with child data that the request did not bring. */
export interface OpenAnswer {
  readonly field: FieldId;
  /** The call that answers, or where a handler gives it back. */
  readonly sink: Sink;
  readonly outset: Outset;
  readonly otherOutsets: readonly string[];
  readonly trace: readonly TraceStep[];
  readonly assumptions: readonly StepNote[];
}

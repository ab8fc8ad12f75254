/** What models say of things that bring values later, and of functions that values go through on their way. */
import type { Address } from "./address.js";

/** What the result brings in the end is what stands at the address brings. */
interface SettlesRole {
  readonly kind: "settles";
  readonly by: Address;
}

/** What is given goes through functions, one after the other, and comes out of the last one; of the first, if `backwards`. */
export interface PipesRole {
  readonly kind: "pipes";
  readonly steps: Address;
  readonly given: readonly Address[];
  readonly gives: readonly Address[];
  readonly backwards: boolean;
}

/** The result is such a step: what it is given goes through its function, or past it. */
interface StepRole {
  readonly kind: "step";
  readonly gives: "result" | "same";
}

/** What is put into the thing that the call makes is seen by all that have it, whoever came first. */
interface SharedRole {
  readonly kind: "shared";
}

export type StreamRole = SettlesRole | PipesRole | StepRole | SharedRole;

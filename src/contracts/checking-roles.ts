/** The roles of models that speak of looking at values. */
import type { Address } from "./address.js";

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

export type CheckingRole = ExaminesRole | AssertsRole | MayFailRole;

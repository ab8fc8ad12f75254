/** What a model says of values from outside that a call brings in. */
import type { Address } from "./address.js";

export interface InputRole {
  readonly kind: "input";
  readonly output: readonly Address[];
  /** The written type argument of the call that says the type of what enters, from one on; none: the first that may. */
  readonly nth?: number | null;
  /** Its property that says it; none: the argument itself. */
  readonly typed?: string | null;
  /** The argument lists events, and the output is what listeners of the one that is named here are called with. */
  readonly event?: Address | null;
  /** What was made with the written type argument, where the call has none: `<Form control={control}>`. */
  readonly of?: Address | null;
  /** A device of the person's reads it, from the call on. */
  readonly device?: boolean;
}

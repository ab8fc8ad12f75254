/** What models say of objects that are put together from what the program hands over. */
import type { Address } from "./address.js";

/** What stands at `to` has the properties of what stands at `of`, and others by functions that read and write them. */
export interface ComposedRole {
  readonly kind: "composed";
  readonly to: Address;
  readonly of: readonly Address[];
  readonly getters: readonly Address[];
  readonly setters: readonly Address[];
  /** What the function is called in what stands under the name: `{ fullName: { get() { … } } }`. */
  readonly under: string | null;
}

/**
 * Each property of what stands at `of` stands in a box of its own in `to`, below `under`; or (`unboxed`) what stands at
 * `to` shows under its name what stands in the box there. What is put into the one is in the other. With a `key`, `to`
 * is the box of the one property of this name.
 */
export interface BoxedRole {
  readonly kind: "boxed" | "unboxed";
  readonly of: Address;
  readonly to: Address;
  readonly under: string;
  readonly key: Address | null;
}

/** What is read (`form: read`) is what the functions at `run` give, which are run on the object. */
export interface GetterRole {
  readonly kind: "getter";
  readonly run: readonly Address[];
}

export type ObjectRole = ComposedRole | BoxedRole | GetterRole;

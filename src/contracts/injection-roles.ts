/** What models say of containers that make the objects which a program asks them for, or which they hand to constructors. */
import type { Address } from "./address.js";

/** What the container hands out for a token: `{ provide: KIDS, useClass: SealedKids }`. */
export interface ProvidesRole {
  readonly kind: "provides";
  /** Lists, each element of which says something for itself: it is the `value` of the other addresses. */
  readonly each: readonly Address[];
  readonly token: readonly Address[];
  /** Classes that objects are made of. */
  readonly made: readonly Address[];
  /** Other tokens, or classes, for which the same is handed out. */
  readonly same: readonly Address[];
  /** What is handed out itself. */
  readonly given: readonly Address[];
}

/** What is made is an app of the class there, and of all classes that its decorators name, and theirs. */
interface AssemblesRole {
  readonly kind: "assembles";
  readonly of: Address;
}

export type InjectionRole = ProvidesRole | AssemblesRole;

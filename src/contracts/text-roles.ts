/** What models say of texts: what they are put together of, what they begin with, which variable of the environment. */
import type { Address } from "./address.js";

/** The result is the text of the arguments, with a separator between them. */
interface JoinsRole {
  readonly kind: "joins";
  readonly with: string;
}

/** The result is the text of the receiver's elements, with the first argument between them. */
interface JoinedRole {
  readonly kind: "joined";
}

/** What comes out are texts that begin with the one there. */
interface BeginsRole {
  readonly kind: "begins";
  readonly with: Address;
  readonly output: readonly Address[];
}

/** What comes out is the variable of the environment whose name stands there. */
export interface VariableRole {
  readonly kind: "variable";
  readonly name: Address;
  readonly output: Address;
}

/** The keys of what stands there are variables of the environment; what their values keep in `default_` stands in for them. */
interface VariablesRole {
  readonly kind: "variables";
  readonly of: readonly Address[];
}

/** Where it stands in a hole of a statement, the text there stands in the statement; `quoted`: as a name. */
export interface SplicedRole {
  readonly kind: "spliced";
  readonly text: Address;
  readonly quoted: boolean;
}

export type TextRole = JoinsRole | JoinedRole | SplicedRole | BeginsRole | VariableRole | VariablesRole;

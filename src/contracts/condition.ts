/** What must hold of the operands of a call for a model to apply. */
import type { Address } from "./address.js";

export type Condition =
  | {
      readonly kind: "equals";
      readonly address: Address;
      readonly values: readonly (string | number | boolean)[];
    }
  | { readonly kind: "matches"; readonly address: Address; readonly pattern: string }
  | { readonly kind: "present" | "absent"; readonly address: Address }
  | {
      readonly kind: "type";
      readonly address: Address;
      readonly type: "string" | "number" | "boolean" | "object" | "array" | "function";
    }
  /** It is one of these things of packages, by their symbol keys (`npm:crypto-js#mode.ECB`). */
  | { readonly kind: "is"; readonly address: Address; readonly keys: readonly string[] }
  | { readonly kind: "arity"; readonly min: number; readonly max: number };

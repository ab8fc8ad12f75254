/** Types as they are written in a file, part of its graph. */
import type { Span } from "../base/location.js";

/** A type as it is written, without resolving it. */
export type TypeReference =
  /** `name` is dotted as written (`z.infer`); `typeof x` has kind `query`. */
  | { readonly kind: "named"; readonly name: string; readonly arguments: readonly TypeReference[] }
  | { readonly kind: "query"; readonly name: string }
  | { readonly kind: "array"; readonly element: TypeReference }
  | { readonly kind: "tuple"; readonly elements: readonly TypeReference[] }
  | { readonly kind: "union" | "intersection"; readonly members: readonly TypeReference[] }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | {
      readonly kind: "object";
      readonly members: readonly {
        readonly name: string;
        readonly nameAt: Span;
        readonly type: TypeReference | null;
        /** `name?: T`: it need not be there. */
        readonly optional?: true;
      }[];
      /** It has members whose names are not written down: index signatures, computed names. */
      readonly open?: true;
    }
  | { readonly kind: "indexed"; readonly object: TypeReference; readonly index: TypeReference }
  | {
      readonly kind: "function";
      readonly result: TypeReference | null;
      /** Those of its parameters, where one says more than a keyword. */
      readonly parameters?: readonly TypeReference[];
    }
  | { readonly kind: "keyword"; readonly name: string }
  | { readonly kind: "other" };

export interface TypeDeclaration {
  readonly name: string;
  readonly nameAt: Span;
  readonly parameters: readonly string[];
  readonly extends: readonly TypeReference[];
  /** An interface's members as an `object`, or the aliased type. */
  readonly type: TypeReference;
}

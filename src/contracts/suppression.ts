/** Comments with which people say that a finding is accepted. */
import type { Location } from "../base/location.js";

/** A comment as the scanner found it, without its delimiters. */
export interface SourceComment {
  readonly kind: "line" | "block";
  readonly text: string;
  /** With its end. */
  readonly location: Location;
}

export type SuppressionScope =
  | { readonly kind: "line"; readonly line: number }
  /** From a block `eslint-disable` to the `eslint-enable` that ends it, or the end of the file. */
  | { readonly kind: "range"; readonly from: Location; readonly to: Location | null };

export interface Suppression {
  /** Names as written, `child-privacy/require-encryption`; null: every rule. */
  readonly rules: readonly string[] | null;
  readonly scope: SuppressionScope;
  readonly reason: string | null;
  /** The last day on which it holds. */
  readonly until: string | null;
  /** What stands in `(until …)` and is no day. */
  readonly malformedUntil: string | null;
  readonly comment: Location;
}

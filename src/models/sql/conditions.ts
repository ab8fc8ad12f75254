/** What a statement asks of one column of the rows that it means. */
import type { SqlPlaceholder } from "./tokenize.js";

export type SqlTest =
  /**
   * `IS NOT NULL`, `IS NULL`; what cannot be read. `others`: all others, or only some of them (`<> $1`, `> $1`). `linked`:
   * it is what another row has (`r.kid = k.id`).
   */
  | { readonly kind: "set" | "unset" | "unknown" | "others" | "linked" }
  /** `attempts < 5` */
  | { readonly kind: "few"; readonly below: number }
  /** `status = 'due'`, `status <> 'done'` */
  | { readonly kind: "equals" | "differs"; readonly values: readonly (string | number | boolean)[] }
  /** What is handed over for the placeholder. */
  | { readonly kind: "handed"; readonly placeholder: SqlPlaceholder }
  /** It lies before the present, or before what is handed over for the placeholder. */
  | { readonly kind: "due"; readonly placeholder: SqlPlaceholder | null }
  /** It has a row in that table, by the own key of that row, and nothing else is asked of the two. */
  | { readonly kind: "joined"; readonly table: string | null; readonly byKey: boolean }
  /** It is a key of rows of another table. */
  | {
      readonly kind: "chosen";
      readonly tables: readonly string[];
      readonly conditions: readonly SqlCondition[];
    }
  /** There is no row of those tables for it; null: nobody can tell of which. */
  | { readonly kind: "lacking"; readonly tables: readonly string[] | null }
  /** All conditions of one side hold. */
  | { readonly kind: "either"; readonly sides: readonly (readonly SqlCondition[])[] };

export interface SqlCondition {
  /** Null: it is none that can be told. */
  readonly column: string | null;
  readonly test: SqlTest;
}

/** What is known of one SQL statement. */
import type { SqlPlaceholder } from "./tokenize.js";

export type SqlVerb =
  | "select"
  | "insert"
  | "update"
  | "delete"
  | "merge"
  | "truncate"
  | "drop"
  | "create"
  | "alter"
  | "copy"
  | "call"
  | "transaction"
  | "other";

export interface SqlCall {
  /** In lower case. */
  readonly name: string;
  /** Which of its arguments the value is part of. */
  readonly argument: number;
  /** All its arguments, of functions that seal, where a parser read them. */
  readonly arguments?: readonly SqlSource[];
}

/** A placeholder within a value, with the functions around it from the outside in. */
export interface SqlValuePart {
  readonly placeholder: SqlPlaceholder;
  readonly within: readonly SqlCall[];
}

/** A column of a table. */
export interface SqlColumn {
  readonly table: string;
  readonly column: string;
}

export type SqlSource =
  /** A text, number or keyword: no value from outside. */
  | { readonly kind: "literal" }
  /** The placeholder itself, perhaps cast. */
  | { readonly kind: "placeholder"; readonly placeholder: SqlPlaceholder }
  /** Anything else, with the placeholders and columns it is made of. */
  | {
      readonly kind: "expression";
      readonly parts: readonly SqlValuePart[];
      /** `*`: all of them, or one that only the run time knows. */
      readonly columns: readonly string[];
      /** One value is made of the columns of many rows: an average, a sum. */
      readonly merged?: true;
      /** Columns whose own values go into it, and not only how they compare. */
      readonly copied?: readonly SqlColumn[];
      /** The same while the tables of the query are still being read: with what stands before their names. */
      readonly unplaced?: readonly { readonly table: string | null; readonly column: string }[];
    };

/** A column that gets a value. */
export interface SqlWrite {
  readonly table: string;
  /** Null where the statement names no columns; then `position` counts them. */
  readonly column: string | null;
  readonly position: number;
  readonly source: SqlSource;
  /** `object`: the placeholder's properties are columns (`SET ?`); `rows`: it is a list of rows (`VALUES ?`). */
  readonly expand: "object" | "rows" | null;
}

/** A column of the result and the column that it is made of, one of each where it is made of several. */
export interface SqlResult {
  readonly name: string;
  /** Null where it is made of none. */
  readonly column: string | null;
  /** A function of the database decrypts it. */
  readonly opened?: true;
}

export interface SqlStatement {
  readonly verb: SqlVerb;
  /** Names without schema and quotes, as written; `*` stands for a part that only the run time knows. */
  readonly written: readonly string[];
  readonly read: readonly string[];
  readonly deleted: readonly string[];
  readonly writes: readonly SqlWrite[];
  /** Placeholders that only select, compare or limit. */
  readonly lookups: readonly SqlPlaceholder[];
  /** What a SELECT or RETURNING gives, or null for all columns; empty where nothing comes back. */
  readonly results: readonly SqlResult[] | null;
  /** Functions and procedures that are called by name. */
  readonly functions: readonly string[];
  /** False where the statement could only be read roughly: `writes` may lack columns. */
  readonly complete: boolean;
  /** A table that it makes, which ends with the connection. */
  readonly temporary?: string;
}

/** Functions of whose arguments nothing can be told from what they give. */
export const tellingNothing: ReadonlySet<string> = new Set([
  "length",
  "len",
  "char_length",
  "character_length",
  "octet_length",
  "bit_length",
  "datalength",
  "array_length",
  "cardinality",
  "jsonb_array_length",
  "json_length",
  "count",
  "pg_typeof",
  "typeof",
  "num_nulls",
]);

/** Functions that make one value of many rows, in which none of them can be found again. */
export const merging: ReadonlySet<string> = new Set([
  "avg",
  "sum",
  "total",
  "std",
  "stddev",
  "stddev_pop",
  "stddev_samp",
  "stdev",
  "variance",
  "var_pop",
  "var_samp",
  "corr",
  "regr_slope",
]);

/** What a model says of a schema: its keys, and which others it lets through. */
import type { Address } from "./address.js";

/** The result is a schema whose keys are those of `fields`, or a schema made from another (`this`). */
export interface SchemaRole {
  readonly kind: "schema";
  readonly fields: readonly Address[];
  readonly wraps: "same" | "array";
  /** A key may stand for an object that tells its type, or schema, under this name. */
  readonly definition?: string | null;
  /** Keys that it does not name come through, too. */
  readonly open?: boolean;
  /** They do not, whatever is said of the schemas that it is made of: its own keys, or also further down. */
  readonly closed?: "no" | "keys" | "deep";
  /** A function that what comes through goes through in the end, or a schema with such functions. */
  readonly through?: Address | null;
}

/**
 * The result has the shape of the schema (or class) at `schema`; what comes in there is child data. Where a list stands at
 * `each`, each element has.
 */
export interface ShapedRole {
  readonly kind: "shaped";
  readonly output: readonly Address[];
  readonly schema: Address;
  readonly each: Address | null;
}

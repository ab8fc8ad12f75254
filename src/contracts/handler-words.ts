/** The words in which models speak of handlers that run in order. */

/** How many, both ends included. */
export interface Count {
  readonly min: number;
  readonly max: number;
}

/** `directive`: one stands at the route's field; `path`: below what the handler's router is mounted at; `url`: the whole; `config`: what the route says of itself. */
export type RouteFact = "method" | "path" | "url" | "config" | "directive";

/** `param0.type`: a fact of the request stands there. `kind`: the name by which the route was registered. */
export interface ToldPlace {
  readonly fact: RouteFact | "kind";
  readonly parameter: number;
  readonly path: readonly string[];
}

export type HandlerScope = "own" | "later" | "inside" | "all" | "entries";

/** `exact`: the whole address; `starred`: a star takes in what is below and the address itself; `prefix`: all below. */
export type PathMatch = "exact" | "starred" | "prefix";

/**
 * A handler hands on by calling a parameter or a method of one, by returning, or by returning true; of those with so
 * many parameters.
 */
export type Continuation = { readonly of: Count | null } & (
  | {
      readonly kind: "next";
      readonly parameter: number;
      readonly member: string | null;
      /** What hands on when it is called with it: nothing (or an error does not), an answer that is true, or anything. */
      readonly with: "no error" | "true" | "any";
    }
  /** It is given an object, and puts another function in the place of one: where that calls the first, it hands on. */
  | { readonly kind: "wraps"; readonly parameter: number; readonly member: string }
  /** `fulfils`: an async handler does, by returning, beside what else holds for it. */
  | { readonly kind: "returns" | "nothing" | "true" | "nothing-but-true" | "truthy" | "valid" | "fulfils" }
);

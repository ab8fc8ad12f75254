/** The role of models that speaks of handlers. */
import type { Address } from "./address.js";
import type { Continuation, HandlerScope, PathMatch, ToldPlace } from "./handler-words.js";

/** Handlers that an object runs one after the other, each until it hands on. */
export interface HandlesRole {
  readonly kind: "handles";
  /** The object that runs them. */
  readonly chain: Address;
  /** Where they stand, in the order in which they run; none: all arguments. */
  readonly handlers: readonly Address[];
  /** Of the elements on the way, those that have a package's value under a name. */
  readonly where: readonly { readonly name: string; readonly key: string }[];
  /** Of the elements on the way, not those that have one of these texts under a name: what they refuse goes on. */
  readonly without: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** The address that they are for. */
  readonly path: Address | null;
  /**
   * Each is for the address that is made of the names of so many properties on the way to it, counted from the
   * last: `{ Mutation: { enrol } }` is `/Mutation/enrol`, and `*` stands for the names that nothing else has.
   */
  readonly keys: number | null;
  /**
   * Functions in a tree, which are the chains: around each run the handlers that stand under its name, with a dot
   * between its parts (`{ "Mutation.enrol": [ask], "Query.*": [ask] }`).
   */
  readonly around: Address | null;
  /** The elements of a list (`arg0[]`): each registers its own, and addresses below it are that element's. */
  readonly each: Address | null;
  /** They are for what no other handlers of the call are for that have an address by their keys. */
  readonly others: boolean;
  readonly match: PathMatch;
  /** An address in capitals is the same as in small letters. */
  readonly anyCase: boolean;
  /** Addresses that they are not for. */
  readonly except: Address | null;
  /** The request's method that they are for; `name`: it is called as the function is. */
  readonly method: Address | "name" | null;
  /** What the requests are called that they are for; null: as the function that is called. */
  readonly called: string | null;
  /** They are for routes of the chain itself that have this parameter. */
  readonly parameter: Address | null;
  /**
   * They run for this registration alone, before what is registered later on the same object (and behind it where
   * that is mounted, or only `inside` of it), before all of it, or before all members that decorators make `entries`.
   */
  readonly scope: HandlerScope;
  /** What the route says of itself, for its handlers to read; of several, the first that says a thing. */
  readonly config: readonly Address[];
  /** The text that says of the fields that they are for which directives stand there. */
  readonly definitions: Address | null;
  /** Where a handler is told of the request, in what it is called with. */
  readonly tells: readonly ToldPlace[];
  /** One of them that hands on is enough. */
  readonly any: boolean;
  /** It is run behind all others of the chain, whenever they are registered. */
  readonly last: boolean;
  /** How a handler hands on to the next; the first way that fits its number of parameters. */
  readonly continues: readonly Continuation[];
  /** How a handler of errors brings the request back on its way, behind what had failed. */
  readonly rescues: readonly Continuation[];
  /** Words by which a handler leaves the rest of its registration, and of its chain. */
  readonly skips: readonly string[];
}

/** The small language in which models say where data is among a call's operands; see GRAMMAR.md. */
import type { Count } from "./handler-words.js";

export type AddressRoot =
  | { readonly kind: "argument"; readonly index: number }
  /** `args`, or `arg1..`: all arguments from `from` on. */
  | { readonly kind: "arguments"; readonly from: number }
  | { readonly kind: "this" }
  | { readonly kind: "return" }
  /** A tagged template's hole; null: each of them. */
  | { readonly kind: "template"; readonly index: number | null }
  /** The functions that make what the n-th written type argument describes. */
  | { readonly kind: "type"; readonly index: number }
  /** The text that the n-th `*` of the path matched. */
  | { readonly kind: "name"; readonly index: number }
  /** The value assigned to a property path. */
  | { readonly kind: "value" }
  /** What the file exports, for `form: convention`. */
  | { readonly kind: "exports" }
  /** The files of the program that are run by their name and that lead to the one that the call stands in. */
  | { readonly kind: "file" }
  | { readonly kind: "literal"; readonly value: string | number | boolean };

export type AddressStep =
  | { readonly kind: "property"; readonly name: string }
  /** `*`: each property one level down. */
  | { readonly kind: "any" }
  /** `**`: everything below. */
  | { readonly kind: "deep" }
  /** `[]`: each element or map value. */
  | { readonly kind: "element" }
  /** `[last]`: the receiver's last element, where its length is known; else as `[]`. */
  | { readonly kind: "last" }
  /** `[same]`: the place of the element that a callback was called with, where it is known; else as `[]`. */
  | { readonly kind: "same" }
  /** `[end]`, `[end+1]`: the place behind its last element, and the one after that. */
  | { readonly kind: "end"; readonly offset: number }
  /** `[arg0]`: the entry whose key is the value of another address, constant keys apart. */
  | {
      readonly kind: "entry";
      readonly key: Address;
      /** `[...arg0]`: the key is a path, dotted or a list of names. */ readonly path?: true;
      /** `[arg0 i]`: read, the key in capitals or not is the same (names of headers). */
      readonly caseless?: true;
    }
  /** `<file>`: the file of the program that is named there, and run by that: a thread's, a process's. */
  | { readonly kind: "file" }
  /** `<keys>`: map keys. */
  | { readonly kind: "keys" }
  /** `<text>`: what stands in a text that was written out from it, place by place (JSON). */
  | { readonly kind: "text" }
  /** `.param0`: what a function value is called with; `.param0(4)`: those that declare so many parameters. */
  | { readonly kind: "parameter"; readonly index: number; readonly of?: Count }
  /** `.result`: what a function value returns (awaited). */
  | { readonly kind: "result" }
  /** `.receiver`: the `this` that a function value is called with. */
  | { readonly kind: "receiver" }
  /** `!`: what a promise rejects with. */
  | { readonly kind: "rejected" }
  /** `.held(errors)`: what models alone put into an object, under a name of theirs. */
  | {
      readonly kind: "held";
      readonly name: string;
      /** `.held(messages by arg1)`: into what is bound to an exchange of that name under the key there. */
      readonly by?: Address;
    }
  /** `.created.arg0`: the argument of the call that made this package object. */
  | { readonly kind: "created"; readonly index: number }
  /** `[called]`: the property that is named as the member that is called. */
  | { readonly kind: "called" }
  /** `[store]`: the entry of the store that is written, by its name. */
  | { readonly kind: "store" }
  /** `.maker`: the package function whose call made this package object. */
  | { readonly kind: "maker" }
  /** `.chain(insert).arg0`: the argument of an earlier call in this chain. */
  | { readonly kind: "chain"; readonly method: string; readonly index: number; readonly all?: true };

export interface Address {
  readonly root: AddressRoot;
  readonly steps: readonly AddressStep[];
  /** As written. */
  readonly text: string;
}

/** Identity of a store: addresses and texts joined (`child:` + arg0); a single address is the common case. */
export interface Target {
  readonly parts: readonly (string | Address)[];
}

/**
 * Positions in a list: the numbers at addresses, added up; a range of arguments counts for as many as it
 * has. What is left out is the beginning, or the end of the list.
 */
export interface Stretch {
  readonly from: readonly Address[];
  readonly until: readonly Address[];
  readonly count: readonly Address[];
  readonly to: readonly Address[];
}

/** What a branch tells of an object by one of its properties. */
import type { ValueId } from "../../contracts/file-graph.js";

export type Literal = string | number | boolean | null;

/** What a test tells of a member: that it is (or is not) a constant; null: that it is true (or false). */
export interface MemberTest {
  readonly name: string;
  readonly constant: { readonly value: Literal } | null;
  readonly holds: boolean;
}

/** What `"name" in x` tells of x: that it has a property, or has none; `own`: none of its own. */
export interface PropertyTest {
  readonly has: string;
  readonly holds: boolean;
  readonly own: boolean;
}

/** Not a word of `typeof`: what `Array.isArray` says of a list. */
export const listWord = "list";

/** What `typeof` says of a value that may be a text or a number, or does not say. */
export interface TypeofTest {
  readonly word: string;
  readonly said: boolean;
  /** What is asked about; null: a part of what a function was given. */
  readonly value: ValueId | null;
}

export function passes(literal: Literal, { constant, holds }: MemberTest): boolean {
  return (constant === null ? Boolean(literal) : literal === constant.value) === holds;
}

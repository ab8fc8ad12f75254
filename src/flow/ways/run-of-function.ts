/** What is taken for granted of a run of a function, when a condition is asked about. */
import type { Context } from "../contexts/context.js";
import { noContext } from "../contexts/context.js";
import type { KeyNote } from "../tabulation/fact.js";

export interface Run {
  readonly context: Context;
  readonly key: KeyNote | null;
}

export const anyRun: Run = { context: noContext, key: null };

export function keyOf({ context, key }: Run): string {
  return key === null
    ? context.key
    : `${context.key}|${String(key.place.value)}${key.place.isPair ? ".0" : ""}=${key.name}`;
}

/** What is known of one run from two sides. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { Context } from "./context.js";

export function inCommon(
  known: Context["parameters"],
  before: Context["parameters"],
): Map<number, ReadonlySet<AbstractValue>> {
  const all = new Map(before);
  for (const [index, values] of known) all.set(index, common(values, before.get(index) ?? null));
  return all;
}

/** Those of some values that are among what was known before, if any are. */
export function common(
  values: ReadonlySet<AbstractValue>,
  before: ReadonlySet<AbstractValue> | null,
): ReadonlySet<AbstractValue> {
  if (before === null) return values;
  const both = [...before].filter((value) => values.has(value));
  return both.length === 0 || both.length === before.size ? before : new Set(both);
}

/** A function that is looked at once more for one of its calls erases the same there: one erasure with all entries. */
import type { Erasure } from "../../contracts/deletion.js";
import { keyOf } from "../duties/marked-entries.js";

export function joinErasures(erasures: readonly Erasure[]): Erasure[] {
  const joined = new Map<string, Erasure>();
  for (const erasure of erasures) {
    const key = keyOfErasure(erasure);
    const known = joined.get(key);
    joined.set(key, known === undefined ? erasure : join(known, erasure));
  }
  return [...joined.values()];
}

function join(a: Erasure, b: Erasure): Erasure {
  const entries = new Map([...a.entries, ...b.entries].map((entry) => [keyOf(entry), entry]));
  return {
    ...a,
    isDropped: a.isDropped && b.isDropped,
    isNeverSent: a.isNeverSent && b.isNeverSent,
    entries: [...entries.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
    otherOutsets: [...new Set([...a.otherOutsets, ...b.otherOutsets])].sort(),
  };
}

function keyOfErasure({ location, medium, recipient, target, columns, strength, seconds }: Erasure): string {
  const { file, line, column } = location;
  return JSON.stringify([file, line, column, medium, recipient, target, columns, strength, seconds]);
}

/** A function that is looked at once more for one of its calls erases the same there: one erasure with all entries. */
import type { DeletionEntry, Erasure } from "../../contracts/deletion.js";
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
  return {
    ...a,
    isDropped: a.isDropped && b.isDropped,
    isNeverSent: a.isNeverSent && b.isNeverSent,
    entries: joinEntries(a.entries, b.entries),
    unheardEntries: joinEntries(a.unheardEntries, b.unheardEntries),
    entriesForOne: joinEntries(a.entriesForOne, b.entriesForOne),
    otherOutsets: [...new Set([...a.otherOutsets, ...b.otherOutsets])].sort(),
    uncalled: [...new Set([...a.uncalled, ...b.uncalled])].sort(),
    neverRunAt: a.neverRunAt ?? b.neverRunAt,
  };
}

/** Each once, in order. */
export function joinEntries(
  a: readonly DeletionEntry[],
  b: readonly DeletionEntry[] = [],
): readonly DeletionEntry[] {
  const entries = new Map([...a, ...b].map((entry) => [keyOf(entry), entry]));
  return [...entries.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOfErasure({ location, medium, recipient, target, columns, strength, seconds }: Erasure): string {
  const { file, line, column } = location;
  return JSON.stringify([file, line, column, medium, recipient, target, columns, strength, seconds]);
}

/** Which of the ways to a call begin where somebody asks for what it does. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { DutyEntry } from "../../contracts/duty-entry.js";
import type { EntryWay } from "./entry-ways.js";
import { entriesOf, keyOf, placeOf, type KindOfMark } from "./marked-entries.js";

/** How an entry of a duty is told. */
export interface EntryTelling<Kind extends string> {
  readonly kindOf: KindOfMark<Kind>;
  /** A handler that is not marked, and is there for it. */
  readonly isThere: (way: EntryWay) => boolean;
}

export interface EntriesFound<Kind extends string> {
  readonly entries: readonly DutyEntry<Kind>[];
  /** Where it is reached from, if from no such entry. */
  readonly otherOutsets: readonly string[];
}

export function entriesOn<Kind extends string>(
  ways: readonly EntryWay[],
  annotations: AnnotationTable,
  { kindOf, isThere }: EntryTelling<Kind>,
): EntriesFound<Kind> {
  const entries = new Map<string, DutyEntry<Kind>>();
  const others = new Set<string>();
  for (const way of ways) {
    const marked = [...way.functions].flatMap((node) => entriesOf(node, annotations, kindOf));
    for (const entry of marked) entries.set(keyOf(entry), entry);
    if (marked.length > 0) continue;
    const entry = { name: way.name, kind: null, location: placeOf(way.outset.node) };
    // Much comes from one entry on many ways.
    if (entries.has(keyOf(entry))) continue;
    const isEntry = way.outset.kind === "handler" || way.outset.isKept === true;
    const isNamed = (name: string): boolean => isThere({ ...way, name });
    // Whoever reads a caption is who runs what stands beside it, be it in a dialog that no model knows.
    if (
      (isEntry &&
        (isThere(way) ||
          isNamed(way.outset.node.graph.name) ||
          way.wishes.some((words) => words.every((word) => isNamed(word))))) ||
      way.captions().some(isNamed)
    )
      entries.set(keyOf(entry), entry);
    else others.add(way.name);
  }
  return {
    entries: [...entries.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    otherOutsets: [...others].sort(),
  };
}

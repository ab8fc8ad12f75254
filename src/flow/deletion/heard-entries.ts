/** The entries from which something is erased: on ways on which a failure is heard, and in bulk where all is to go. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import type { Erasure } from "../../contracts/deletion.js";
import type { DutyEntry } from "../../contracts/duty-entry.js";
import type { DeletionKind } from "../../contracts/vocabulary.js";
import { entriesOn, type EntryTelling } from "../duties/entries-on-ways.js";
import type { EntryWay } from "../duties/entry-ways.js";
import { entriesOf, keyOf } from "../duties/marked-entries.js";
import type { CallSite } from "../points-to/points-to.js";
import { isDeletionName } from "./deletion-names.js";
import type { ErasesOne } from "./erases-one.js";
import { isByDeletionChannel, isForDeletionEvent } from "./told-events.js";

export const deletionEntries: EntryTelling<DeletionKind> = {
  kindOf: ({ tag, deletion }) => (tag === "deletionPath" ? (deletion ?? "request") : null),
  isThere: (way) =>
    way.isForState !== true &&
    ((isDeletionName(way.name) && !isNamedByChannel(way)) ||
      isByDeletionChannel(way) ||
      isForDeletionEvent(way)),
};

/** `Worker("order-deleted")`: what the queue is called says less than what a function is. */
function isNamedByChannel({ name, channels }: EntryWay): boolean {
  return channels.some((channel) => channel.name !== null && name.endsWith(`("${channel.name}")`));
}

/** Entries on ways on which a failure is heard; who ends the service erases all, and not only what it was called with. */
export function heardEntries(
  { annotations, forOne }: { readonly annotations: AnnotationTable; readonly forOne: ErasesOne },
  site: CallSite,
  reached: readonly EntryWay[],
): Pick<Erasure, "entries" | "entriesForOne" | "otherOutsets" | "uncalled"> {
  const heard = reached.filter((way) => !way.isSwallowed);
  const unknown = new Set(
    heard.flatMap(({ outset, name }) => (outset.kind === "unknown" && outset.isKept !== true ? [name] : [])),
  );
  const onWays = entriesOn(heard, annotations, deletionEntries);
  const found = { ...onWays, uncalled: onWays.otherOutsets.filter((name) => unknown.has(name)) };
  if (!found.entries.some(({ kind }) => kind === "shutdown")) return { ...found, entriesForOne: [] };
  const inBulk = new Set<string>();
  for (const way of heard)
    for (const node of way.functions)
      for (const entry of entriesOf(node, annotations, deletionEntries.kindOf))
        if (entry.kind !== "shutdown" || !forOne.is(site, way, node)) inBulk.add(keyOf(entry));
  const isInBulk = (entry: DutyEntry): boolean => entry.kind !== "shutdown" || inBulk.has(keyOf(entry));
  return {
    ...found,
    entries: found.entries.filter(isInBulk),
    entriesForOne: found.entries.filter((entry) => !isInBulk(entry)),
  };
}

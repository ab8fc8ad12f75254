/** Article 11: nothing is collected about children that the service does not need. */
import { compareLocations } from "../base/location.js";
import { listNames } from "../base/word-list.js";
import type { Field } from "../contracts/annotation.js";
import type { FlowFinding } from "../contracts/finding.js";
import type { Flow, Sink } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import { plainName } from "../flow/stores/table-names.js";
import { defineCheck } from "./define-check.js";
import type { Facts } from "./facts.js";
import { flowFindings } from "./flow-finding.js";
import { clientOf, storeInWords } from "./store-name.js";
import { isSameStore } from "./store-match.js";
import { keptStores, namesIn, withoutCopies, type Store } from "./stores.js";

export interface UnusedParameters {
  readonly fields: readonly string[];
  /** `the database (pg, child)` */
  readonly place: string;
  readonly file: string;
  readonly line: number;
}

const texts = {
  unused: (p: UnusedParameters): FindingText => ({
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "is" : "are"} kept in ${p.place} (${p.file}:${String(p.line)}), and nothing in the code ever reads ${p.fields.length === 1 ? "it" : "them"} for anything.`,
    why: "Article 11: no children's personal information is collected that has nothing to do with the service.",
    mend: "Leave it out where it is collected, and remove what is kept of it. What another program needs it for belongs into the notice.",
  }),
};

function columnOf(name: string): string {
  return plainName(name.slice(name.lastIndexOf(".") + 1));
}

/** A log serves no purpose of the service, and a store only keeps. */
function isForSomebody({ role, medium }: Sink): boolean {
  return medium === null && role !== "log";
}

/** A field with the stores that it is kept in. */
interface Kept {
  readonly field: Field;
  readonly flows: Flow[];
  readonly stores: Store[];
  /** What it is called there, in plain spelling. */
  readonly columns: string[];
}

function keptFields(stores: readonly Store[], facts: Facts): Kept[] {
  const found = new Map<string, Kept>();
  for (const store of stores)
    for (const flow of store.flows) {
      const field = facts.annotations.fields.get(flow.field);
      if (field === undefined) continue;
      let kept = found.get(field.id);
      if (kept === undefined) found.set(field.id, (kept = { field, flows: [], stores: [], columns: [] }));
      kept.flows.push(flow);
      if (kept.stores.includes(store)) continue;
      kept.stores.push(store);
      kept.columns.push(...namesIn(store, field).map(plainName));
    }
  return [...found.values()];
}

/** It may come back from where it is kept, and nobody can tell what becomes of it. */
function mayBeRead({ columns, stores }: Kept, { uses, deletions }: Facts): boolean {
  return uses.openReads.some(
    (read) =>
      (read.columns === null || columns.some((column) => read.columns?.has(column))) &&
      stores.some((store) => isSameStore(store.sink, read, deletions.tableNames, "part")),
  );
}

/** The same column has another declaration, which is read: by what the rows of its table are told by. */
function isReadByOtherName(kept: Kept, all: readonly Kept[], facts: Facts): boolean {
  const own = new Map(all.map((each) => [each.field.id, each]));
  return [...facts.uses.used].some((id) => {
    const other = facts.annotations.fields.get(id);
    if (other === undefined || other.id === kept.field.id) return false;
    if (!kept.columns.includes(columnOf(other.name))) return false;
    const stored = own.get(id);
    return stored === undefined || stored.stores.some((store) => kept.stores.includes(store));
  });
}

/** Whoever speaks of an `id` speaks of that of some row, unless the field itself is called so. */
function isAnyRows(column: string, { field }: Kept): boolean {
  return column === "id" && plainName(columnOf(field.name)) !== "id";
}

export const noUnusedCollection = defineCheck({
  id: "no-unused-collection",
  description: "what is kept about children is read for something",
  texts,
  find(facts, say): FlowFinding[] {
    const { used, mentioned } = facts.uses;
    const all = keptFields(keptStores(withoutCopies(facts)), facts);
    const unused = all.filter(
      (kept) =>
        !used.has(kept.field.id) &&
        !kept.columns.some((column) => mentioned.has(column) && !isAnyRows(column, kept)) &&
        !facts.flows.some(({ field, sink }) => field === kept.field.id && isForSomebody(sink)) &&
        !mayBeRead(kept, facts) &&
        !isReadByOtherName(kept, all, facts),
    );
    return unused.flatMap(({ field, flows }) => {
      const [flow] = [...flows].sort((a, b) => compareLocations(a.sink.location, b.sink.location));
      if (flow === undefined) return [];
      const { sink } = flow;
      return flowFindings("no-unused-collection", [flow], facts.annotations, () =>
        say("unused", {
          fields: [field.name],
          place: storeInWords({ medium: sink.medium ?? "", client: clientOf(sink), target: sink.target }),
          file: sink.location.file,
          line: sink.location.line,
        }),
      ).map((finding) => ({ ...finding, location: field.declaration }));
    });
  },
});

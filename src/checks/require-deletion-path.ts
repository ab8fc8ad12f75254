/** Articles 20 and 23: whatever keeps children's personal information can be erased, and is where a person asks for it. */
import { articleOf } from "../contracts/obligation.js";
import { compareLocations } from "../base/location.js";
import { listNames, listWords } from "../base/word-list.js";
import type { DeletionEntry, Erasure, ErasureStrength } from "../contracts/deletion.js";
import type { FlowFinding, GuardFinding } from "../contracts/finding.js";
import type { Flow } from "../contracts/flow.js";
import type { FindingText } from "../contracts/message.js";
import { defineCheck, type Say } from "./define-check.js";
import type { Facts } from "./facts.js";
import { flowFindings } from "./flow-finding.js";
import { clientOf, recipientName, storeInWords } from "./store-name.js";
import {
  erasesColumn,
  isSameEntry,
  missedBy,
  namesOfFlow,
  recipientStores,
  storesToErase,
  type Store,
} from "./stores.js";

export interface DeletionParameters {
  readonly fields: readonly string[];
  /** `the database (pg, child)` */
  readonly place: string;
  /** `database:pg/child`, for the config. */
  readonly store: string;
  /** What comes nearest: a deletion that only hides, or that nobody reaches. */
  readonly nearest: {
    readonly callee: string;
    readonly file: string;
    readonly line: number;
    readonly flaw: Flaw;
    readonly from: readonly string[];
    /** Those of them that no code calls, as far as it runs. */
    readonly uncalled: readonly string[];
    /** Of what is never run: the call that is held back, if it is not the deletion itself. */
    readonly heldBack: string | null;
  } | null;
}

/** Why a deletion of this store does not do. */
type Flaw =
  | "soft"
  | "archive"
  | "ttl"
  | "versions"
  | "uncoupled"
  | "uncarried"
  | "unknown"
  | "untold"
  | "never-sent"
  | "dropped"
  | "swallowed"
  | "never-run"
  | "unreached"
  | "shutdown-only"
  | "other-columns";

export interface KeeperParameters extends Pick<DeletionParameters, "fields" | "nearest" | "store"> {
  readonly recipient: string;
  /** The call of its package that erases what it keeps. */
  readonly erasedBy: string | null;
}

export interface EntryParameters {
  readonly entry: string;
  readonly kind: string;
  readonly stores: readonly string[];
  /** Of them, those of which it erases only what it is called with. */
  readonly forOne: readonly string[];
}

const why =
  "Article 20: a child's personal information is deleted when the child or guardian asks, withdraws consent or leaves, and when it is no longer needed.";

const flawWords: Readonly<Record<Flaw, string>> = {
  soft: "only hides the rows",
  archive: "only archives them",
  ttl: "only lets them end later",
  versions: "leaves the earlier versions of them, which are kept",
  uncoupled: "takes away the rows that these belong to, and only sets their key to null",
  uncarried: "takes away the rows that these belong to, and no cascade carries it on",
  unknown: "may only hide the rows, as a package stands before it of which that is not known",
  untold: "may ask for something else, as its address cannot be told from the code",
  "never-sent": "is only built and never run, as nobody waits for it or sends it",
  dropped: "is not awaited, so nobody knows whether it was done",
  swallowed: "may fail without anybody hearing of it",
  "never-run": "is never run, as the condition that it depends on never holds",
  unreached: "is reached from no entry that is there to erase",
  "shutdown-only": "is only reached when the service is shut down",
  "other-columns": "leaves this field as it is",
};

function nearestWords({ nearest }: Pick<DeletionParameters, "nearest">): string {
  if (nearest === null) return "";
  const { callee, file, line, flaw, from, uncalled, heldBack } = nearest;
  const outsets = from
    .slice(0, 2)
    .map((name) => (uncalled.includes(name) ? `${name}, which nothing that runs calls` : name));
  const others = flaw === "unreached" && from.length > 0 ? ` (only from ${listWords(outsets, "and")})` : "";
  const whence = heldBack === null ? others : ` (it is called at ${heldBack})`;
  return ` ${callee} (${file}:${String(line)}) ${flawWords[flaw]}${whence}.`;
}

function mendAtKeeper({ nearest, store, recipient, erasedBy }: KeeperParameters): string {
  const mended = mendOfCall(nearest);
  if (mended !== null) return mended;
  const how =
    erasedBy === null
      ? `Send ${recipient} a request for erasure through its API`
      : `Call ${erasedBy} of ${recipient}'s package`;
  return `${how}, from a function marked with @deletionPath or a handler that is named for it; what a law obliges to keep stands under deletion.retainedByLaw (store: "${store}").`;
}

function mendOf({ nearest, store }: DeletionParameters): string {
  return (
    mendOfCall(nearest) ??
    `Delete it for good, from a function marked with @deletionPath or a handler that is named for it; what a law obliges to keep stands under deletion.retainedByLaw (store: "${store}").`
  );
}

function mendOfCall(nearest: DeletionParameters["nearest"]): string | null {
  if (nearest?.flaw === "unreached")
    return "Call it from where a guardian or child asks for deletion, or mark that function with @deletionPath request.";
  if (nearest?.flaw === "swallowed")
    return "Let the failure reach whoever asked: throw it on, or answer that the data is still there.";
  if (nearest?.flaw === "never-run")
    return "Let it run whenever a guardian or child asks for deletion: nothing that is fixed in the code may hold it back.";
  if (nearest?.flaw === "never-sent")
    return "Await the query, or send the batch (exec, commit) that it is part of.";
  if (nearest !== null && isOfParent(nearest.flaw))
    return "Let the key between the tables say ON DELETE CASCADE, or delete these rows first, in the same transaction.";
  if (nearest?.flaw === "dropped") return "Await it, and say that it failed where it fails.";
  return null;
}

const texts = {
  "no-path": (p: DeletionParameters): FindingText => ({
    what: `${listNames(p.fields)} ${p.fields.length === 1 ? "is" : "are"} kept in ${p.place}, and ${p.nearest?.flaw === "swallowed" ? "what erases" : "nothing erases"} ${p.fields.length === 1 ? "it" : "them"} there${p.nearest?.flaw === "swallowed" ? " cannot be relied on" : ""}.${nearestWords(p)}`,
    why,
    mend: mendOf(p),
  }),
  "not-asked": (p: KeeperParameters): FindingText => ({
    what: `${p.recipient} keeps ${listNames(p.fields)}, and ${p.nearest?.flaw === "swallowed" ? `what asks it to erase ${p.fields.length === 1 ? "it" : "them"} cannot be relied on` : `nothing asks it to erase ${p.fields.length === 1 ? "it" : "them"}`}.${nearestWords(p)}`,
    why,
    mend: mendAtKeeper(p),
  }),
  "entry-misses": (p: EntryParameters): FindingText => ({
    what: `${p.entry} is marked as the way of ${p.kind}, and leaves child data in ${listWords(p.stores, "and")}${p.forOne.length === 0 ? "" : ` (in ${listWords(p.forOne, "and")} it erases only what it is called with)`}.`,
    why:
      p.kind === "shutdown"
        ? "Article 23: who ends the service deletes all children's personal information."
        : why,
    mend: "Erase these stores there too; what a law obliges to keep stands under deletion.retainedByLaw.",
  }),
};

function isAsked({ kind }: DeletionEntry): boolean {
  return kind !== "shutdown";
}

/** It is reached where somebody asks for it, and nobody hears if it fails. */
function isUnheard({ entries, unheardEntries }: Erasure): boolean {
  return !entries.some(isAsked) && unheardEntries.some(isAsked);
}

function isNoErasure(
  strength: ErasureStrength,
): strength is Exclude<ErasureStrength, "hard" | "cryptoshred" | "unknown"> {
  return strength !== "hard" && strength !== "cryptoshred" && strength !== "unknown";
}

/** Why the deletion that comes nearest does not do. */
function flawOf(erasure: Erasure, columns: readonly string[]): Flaw {
  const { strength, isDropped, isNeverSent, entries, otherOutsets } = erasure;
  if (isNeverSent) return "never-sent";
  if (isNoErasure(strength)) return strength;
  if (isDropped) return "dropped";
  if (strength === "unknown" && entries.some(isAsked))
    return erasure.medium === null && erasure.recipient !== null ? "untold" : "unknown";
  if (strength !== "unknown" && !erasesColumn(erasure, columns)) return "other-columns";
  if (isUnheard(erasure)) return "swallowed";
  if (entries.length > 0) return "shutdown-only";
  return erasure.neverRunAt !== null && otherOutsets.length === 0 ? "never-run" : "unreached";
}

/** Of rows that others belong to: that is only worth a word where it is asked for. */
function isOfParent(flaw: Flaw): boolean {
  return flaw === "uncoupled" || flaw === "uncarried";
}

const flawOrder: readonly Flaw[] = [
  "unknown",
  "untold",
  "swallowed",
  "never-run",
  "unreached",
  "shutdown-only",
  "never-sent",
  "dropped",
  "soft",
  "archive",
  "versions",
  "ttl",
  "uncoupled",
  "uncarried",
  "other-columns",
];

function nearestOf(store: Store, columns: readonly string[]): DeletionParameters["nearest"] {
  const [first] = store.erasures
    .map((erasure) => ({ erasure, flaw: flawOf(erasure, columns) }))
    .filter(({ erasure, flaw }) => !isOfParent(flaw) || erasure.entries.some(isAsked))
    .sort((a, b) => flawOrder.indexOf(a.flaw) - flawOrder.indexOf(b.flaw));
  if (first === undefined) return null;
  const { erasure, flaw } = first;
  const { callee, location, otherOutsets, uncalled, neverRunAt } = erasure;
  const isHeldBack =
    flaw === "never-run" && neverRunAt !== null && compareLocations(neverRunAt, location) !== 0;
  const heldBack = isHeldBack ? `${neverRunAt.file}:${String(neverRunAt.line)}` : null;
  return { callee, file: location.file, line: location.line, flaw, from: otherOutsets, uncalled, heldBack };
}

/** Of the flows of each field into the store that nothing erases, the first. */
function unerased(store: Store, facts: Facts): Flow[] {
  const first = new Map<string, Flow>();
  // What is written there, and copied there by the database besides, is one.
  const inColumns = new Set<string>();
  for (const flow of [...store.flows].sort((a, b) => compareLocations(a.sink.location, b.sink.location))) {
    const columns = namesOfFlow(store, flow, facts.annotations.fields);
    const inThese = `${flow.field} ${columns.join()}`;
    const key = flow.isCopy === true ? inThese : flow.field;
    const isErased = store.erasures.some(
      (erasure) => erasesColumn(erasure, columns) && erasure.entries.some(isAsked),
    );
    if (!isErased && !first.has(key) && !inColumns.has(inThese)) first.set(key, flow);
    inColumns.add(inThese);
  }
  return [...first.values()];
}

type SayDeletion = Say<typeof texts>;

const namesAll: ReadonlySet<DeletionEntry["kind"]> = new Set(["withdrawal", "deregistration", "shutdown"]);

export const requireDeletionPath = defineCheck({
  id: "require-deletion-path",
  description: "every store of children's personal information is erased where somebody asks for it",
  texts,
  find(facts, say): (FlowFinding | GuardFinding)[] {
    const stores = storesToErase(facts);
    const theirs = recipientStores(facts);
    return [
      ...stores.flatMap((store) => pathFindings(store, facts, say)),
      ...theirs.flatMap((store) => keeperFindings(store, facts, say)),
      ...facts.deletions.entries.flatMap((entry) => entryFindings(entry, [...stores, ...theirs], facts, say)),
    ];
  },
});

function pathFindings(store: Store, facts: Facts, say: SayDeletion): FlowFinding[] {
  const { sink, name } = store;
  return flowFindings("require-deletion-path", unerased(store, facts), facts.annotations, (flow, field) => {
    const nearest = nearestOf(store, namesOfFlow(store, flow, facts.annotations.fields));
    const place = { medium: sink.medium ?? "", client: clientOf(sink), target: sink.target };
    const message = say("no-path", {
      fields: [field.name],
      place: storeInWords(place),
      store: name,
      nearest,
    });
    return { message, isDoubtful: nearest?.flaw === "unknown" };
  });
}

/** Without a call of its package that erases, a company may be asked in some other way than by code. */
function keeperFindings(store: Store, facts: Facts, say: SayDeletion): FlowFinding[] {
  const recipient = recipientName(store.sink);
  const { erasedBy = null } = store.sink;
  return flowFindings("require-deletion-path", unerased(store, facts), facts.annotations, (flow, field) => {
    const nearest = nearestOf(store, namesOfFlow(store, flow, facts.annotations.fields));
    const message = say("not-asked", {
      fields: [field.name],
      recipient,
      erasedBy,
      store: store.name,
      nearest,
    });
    return {
      message,
      isDoubtful: nearest?.flaw === "untold" || (nearest === null && erasedBy === null),
    };
  });
}

function isErasedForOne(entry: DeletionEntry, { erasures }: Store): boolean {
  return erasures.some(({ entriesForOne }) => entriesForOne.some((each) => isSameEntry(each, entry)));
}

/** What it calls may only hide rows, or not: nobody knows. */
function mayBeErased(entry: DeletionEntry, { erasures }: Store): boolean {
  return erasures.some(
    ({ strength, entries }) => strength === "unknown" && entries.some((each) => isSameEntry(each, entry)),
  );
}

function entryFindings(
  entry: DeletionEntry,
  stores: readonly Store[],
  { annotations }: Facts,
  say: SayDeletion,
): GuardFinding[] {
  const missed = namesAll.has(entry.kind) ? missedBy(entry, stores, annotations.fields) : [];
  if (missed.length === 0) return [];
  const isTold = missed.some((store) => store.sink.erasedBy !== null && !mayBeErased(entry, store));
  return [
    {
      rule: "require-deletion-path",
      verdict: isTold ? "proven" : "possible",
      articles: [entry.kind === "shutdown" ? articleOf.shutdown : articleOf.deletion],
      message: say("entry-misses", {
        entry: entry.name,
        kind: entry.kind ?? "request",
        stores: missed.map(({ name }) => name),
        forOne: missed.filter((store) => isErasedForOne(entry, store)).map(({ name }) => name),
      }),
      location: entry.location,
      subject: `${entry.kind ?? ""} ${entry.name}`,
    },
  ];
}

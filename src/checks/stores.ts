/** The stores that child data lies in, with what erases them. */
import { compareLocations, isInside } from "../base/location.js";
import type { DeletionEntry, Erasure, SealingKey } from "../contracts/deletion.js";
import type { Field, FieldId } from "../contracts/annotation.js";
import type { Flow, Sink } from "../contracts/flow.js";
import { namesInPath } from "../flow/stores/column-paths.js";
import { isSameName, plainName } from "../flow/stores/table-names.js";
import { sealingWay } from "../flow/deletion/sealing-way.js";
import { isAskedOf, isCopiedElsewhere, isKeptIn, isSameStore } from "./store-match.js";
import { copiedFlows } from "./copied-flows.js";
import type { Facts } from "./facts.js";
import { StoreIdentities } from "./store-identity.js";
import { isKeptByRecipient, matchesStore, storeNameOf } from "./store-name.js";

type Known = Pick<Facts, "flows" | "deletions" | "configOf">;

export interface Store {
  readonly name: string;
  readonly sink: Sink;
  readonly flows: readonly Flow[];
  readonly erasures: readonly Erasure[];
}

/** Stores of child data that need a path: not those that end by themselves. */
export function storesToErase(facts: Known): Store[] {
  return keptStores(facts).filter((store) => !endsByItself(store, facts));
}

/** For duties that only ask about what the program itself writes. */
export function withoutCopies(facts: Known): Known {
  return { ...facts, deletions: { ...facts.deletions, copies: [] } };
}

/** What companies keep of children, each until it is told to erase it. */
export function recipientStores(facts: Known): Store[] {
  return gather(facts, isKeptByRecipient, isAskedOf);
}

/** Stores of child data, without those that a law obliges to keep. */
export function keptStores(facts: Known): Store[] {
  const { tableNames } = facts.deletions;
  return gather(
    facts,
    (sink) => isOwn(sink) && !isCookie(sink),
    (sink, erasure) => isSameStore(sink, erasure, tableNames),
  );
}

/** What browsers keep for the program in cookies: that goes with the session, or when it is told to end. */
export function cookieStores(facts: Known): Store[] {
  return gather(
    facts,
    (sink) => isOwn(sink) && isCookie(sink),
    () => false,
  );
}

function isOwn({ role, medium }: Sink): boolean {
  return (role === "store" || role === "sql") && medium !== null;
}

function gather(
  facts: Known,
  isMeant: (sink: Sink) => boolean,
  isErasedBy: (sink: Sink, erasure: Erasure) => boolean,
): Store[] {
  const all = [...facts.flows, ...copiedFlows(facts)];
  const { groups } = new StoreIdentities(all, facts.deletions.tableNames);
  const stores = groups.flatMap(({ name, sink, flows }): Store[] => {
    if (!isMeant(sink) || flows.some((flow) => isRetained(flow, facts))) return [];
    const sinks = [...new Map(flows.map((flow) => [storeNameOf(flow.sink), flow.sink])).values()];
    const erasures = facts.deletions.erasures.filter(
      (erasure) => !isShredding(erasure) && sinks.some((each) => isErasedBy(each, erasure)),
    );
    return [{ name, sink, flows, erasures }];
  });
  return stores.map((store) =>
    store.flows.every(({ protection }) => protection.kind === "encrypted")
      ? { ...store, erasures: [...store.erasures, ...keysErased(store, facts)] }
      : store,
  );
}

/**
 * A key is destroyed: what is kept encrypted only cannot be read any more, wherever it lies. It is where a company keeps
 * keys, unless something is sealed with one that is called otherwise, or where the program keeps it itself.
 */
function keysErased({ flows }: Pick<Store, "flows">, { deletions }: Known): readonly Erasure[] {
  const { sealingKeys, erasures, tableNames, copies } = deletions;
  const keys = flows.map(({ trace }) => {
    const way = sealingWay(trace);
    return sealingKeys.find((key) => key.way === way);
  });
  return erasures.flatMap((erasure): readonly Erasure[] => {
    if (isShredding(erasure))
      return keys.every((key) => key === undefined || isCalled(key, erasure)) ? [erasure] : [];
    return erasure.strength === "hard" &&
      keys.every(
        (key) =>
          key !== undefined &&
          isKeptIn(key, erasure, tableNames) &&
          !copies.some((copy) => isCopiedElsewhere(key, copy, erasure, tableNames)),
      )
      ? [{ ...erasure, strength: "cryptoshred", columns: null }]
      : [];
  });
}

function isShredding({ strength, medium }: Erasure): boolean {
  return strength === "cryptoshred" && medium === null;
}

/** The key that is destroyed may be the one: that of one child is not the one of all. */
function isCalled({ fixed }: SealingKey, { target }: Erasure): boolean {
  return fixed.length === 0 || fixed.some((name) => name === target);
}

/** The browser keeps it, and gives it up with the session. */
function isCookie({ medium, path, target }: Sink): boolean {
  return medium === "browser" && /cookie/iu.test(`${path} ${target ?? ""}`);
}

/** A law obliges to keep the store, by whatever client it is named. */
function isRetained({ sink }: Flow, facts: Known): boolean {
  const { retainedByLaw } = facts.configOf(sink.location.file).deletion;
  return retainedByLaw.some(({ store }) => matchesStore(store, sink));
}

const secondsOfDay = 86_400;

/** A derived copy of which every write ends in time. */
function endsByItself({ sink, flows, erasures }: Store, facts: Known): boolean {
  if (sink.medium === "database") return false;
  if (flows.every((flow) => erasures.some((erasure) => isInSameRun(erasure, flow)))) return true;
  return flows.every(({ sink: { location } }) => {
    const limit = facts.configOf(location.file).deletion.expiresWithinDays * secondsOfDay;
    const isSoon = (seconds: number | null): boolean => seconds === null || seconds <= limit;
    if (erasures.some(({ strength, seconds }) => strength === "ttl" && isSoon(seconds))) return true;
    return facts.deletions.expiries.some(
      (expiry) =>
        expiry.column === null && compareLocations(expiry.location, location) === 0 && isSoon(expiry.seconds),
    );
  });
}

/** What a function writes and removes again behind it is gone when it is done; what it removes before is replaced. */
export function isInSameRun({ location, enclosing, strength }: Erasure, { sink }: Flow): boolean {
  return (
    strength === "hard" && isInside(sink.location, enclosing) && compareLocations(location, sink.location) > 0
  );
}

/** What a field is called in a store: as it is declared, and as the writes call it there. */
export function namesIn({ flows }: Store, field: { readonly id: FieldId; readonly name: string }): string[] {
  const written = flows.filter(({ isCopy }) => isCopy !== true);
  const own = field.name.slice(field.name.lastIndexOf(".") + 1);
  return [...new Set([own, ...written.flatMap((flow) => (flow.field === field.id ? flow.columns : []))])];
}

/** The columns that a flow puts its field in: of a copy, only its own, which whoever empties the others leaves. */
export function namesOfFlow(
  store: Store,
  flow: Flow,
  fields: ReadonlyMap<FieldId, Field>,
): readonly string[] {
  return flow.isCopy === true ? flow.columns : namesIn(store, fieldNamed(flow.field, fields));
}

/** It does what it is there for: data is gone, and not hidden, or only to be gone later, or asked to be gone by nobody. */
function isErasing({ strength, isDropped, isNeverSent }: Erasure): boolean {
  return (strength === "hard" || strength === "cryptoshred") && !isDropped && !isNeverSent;
}

/** What removes a whole row, or one of these columns. */
export function erasesColumn(erasure: Erasure, columns: readonly string[]): boolean {
  if (!isErasing(erasure)) return false;
  if (erasure.columns === null) return true;
  const names = new Set(columns.flatMap(namesInPath).map(plainName));
  return erasure.columns.some(
    (each) => columns.some((column) => isSameName(each, column)) || isWithin(namesInPath(each), names),
  );
}

function isWithin(path: readonly string[], names: ReadonlySet<string>): boolean {
  return path.length > 0 && path.every((name) => names.has(plainName(name)));
}

/** Whether it takes away something of what is kept of children there. */
export function erasesSomething(
  erasure: Erasure,
  store: Store,
  fields: ReadonlyMap<FieldId, Field>,
): boolean {
  return store.flows.some((flow) => erasesColumn(erasure, namesOfFlow(store, flow, fields)));
}

export function isSameEntry(a: DeletionEntry, b: DeletionEntry): boolean {
  return compareLocations(a.location, b.location) === 0 && a.kind === b.kind;
}

/** The stores that an entry leaves child data in: it removes no rows, nor overwrites all of the fields there. */
export function missedBy(
  entry: DeletionEntry,
  stores: readonly Store[],
  fields: ReadonlyMap<FieldId, Field>,
): Store[] {
  return stores
    .filter((store) => {
      const own = store.erasures.filter(({ entries }) => entries.some((each) => isSameEntry(each, entry)));
      return !store.flows.every((flow) => {
        const columns = namesOfFlow(store, flow, fields);
        return own.some((erasure) => erasesColumn(erasure, columns));
      });
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function fieldNamed(
  id: FieldId,
  fields: ReadonlyMap<FieldId, Field>,
): { readonly id: FieldId; readonly name: string } {
  return { id, name: fields.get(id)?.name ?? id };
}

/** When what a store keeps ends by itself: by expiries of its writes, or because something removes what is old. */
import { compareLocations, type Location } from "../base/location.js";
import type { Field } from "../contracts/annotation.js";
import type { Erasure, Expiry } from "../contracts/deletion.js";
import type { Flow } from "../contracts/flow.js";
import { isHidingColumn } from "../flow/deletion/deletion-names.js";
import { isSameName, plainName } from "../flow/stores/table-names.js";
import type { Facts } from "./facts.js";
import { erasesColumn, isInSameRun, namesIn, type Store } from "./stores.js";

export interface StoreEnd {
  /** Null: it ends, and when cannot be told. */
  readonly seconds: number | null;
  readonly by: "ttl" | "purge";
  readonly callee: string;
  readonly location: Location;
}

/** Null: it is kept for ever. `flows`: those of one field into the store. */
export function endOfStore(
  store: Store,
  flows: readonly Flow[],
  field: Field,
  facts: Pick<Facts, "deletions">,
): StoreEnd | null {
  const { erasures } = store;
  const [first] = flows;
  if (first === undefined) return null;
  const removed = flows.map((flow) => erasures.find((erasure) => isInSameRun(erasure, flow)));
  if (removed.every((erasure) => erasure !== undefined))
    return { seconds: 0, by: "purge", callee: first.sink.callee, location: first.sink.location };
  const purges = erasures.flatMap((erasure) => purgeOf(erasure, flows, namesIn(store, field), facts) ?? []);
  if (purges.length > 0) return shortest(purges);
  const byKey = erasures.filter(({ strength }) => strength === "ttl").map(ofKey);
  if (byKey.length > 0) return longest(byKey.map((end) => atOwnMoment(end, flows, facts)));
  const ends = flows
    .map((flow) => ownEnd(flow, facts))
    .map((end, index) => atOwnMoment(end, flows.slice(index, index + 1), facts));
  const known = ends.filter((end) => end !== null);
  return known.length === ends.length ? longest(known) : null;
}

/** `EXPIRE key`: the key that was written ends then. */
function ofKey({ seconds, callee, location }: Erasure): StoreEnd {
  return { seconds, by: "ttl", callee, location };
}

/**
 * What ends right at a moment that each row names itself (`expireAfterSeconds: 0` on `expireAt`) ends when the write says;
 * where several columns say when something ends, nobody can tell which of them is meant.
 */
function atOwnMoment<End extends StoreEnd | null>(
  end: End,
  flows: readonly Flow[],
  { deletions }: Pick<Facts, "deletions">,
): End | StoreEnd {
  if (end === null || (end.seconds !== null && end.seconds !== 0)) return end;
  const told = deletions.expiries.filter(
    ({ column, location }) => column !== null && flows.some((flow) => isAt(location, flow)),
  );
  const columns = new Set(told.map(({ column }) => plainName(column ?? "")));
  const known = told.flatMap(({ seconds }) => seconds ?? []);
  if (columns.size > 1) return { ...end, seconds: null };
  return known.length === 0 ? end : { ...end, seconds: Math.max(...known) };
}

/** Rows of which it is said that they are hidden already are no longer those that are kept. */
function isOfHidden(column: string | null): boolean {
  return column !== null && isHidingColumn(column);
}

function purgeOf(
  erasure: Erasure,
  flows: readonly Flow[],
  columns: readonly string[],
  facts: Pick<Facts, "deletions">,
): StoreEnd | null {
  const { age, callee, location } = erasure;
  if (age === null || isOfHidden(age.column) || !erasesColumn(erasure, columns)) return null;
  const { column } = age;
  const told = column === null ? [] : flows.flatMap((flow) => endsTold(flow, column, facts));
  const written = told.reduce<number | null>(
    (most, { seconds }) => (seconds === null ? most : Math.max(most ?? 0, seconds)),
    null,
  );
  if (written !== null) return { seconds: written + (age.seconds ?? 0), by: "purge", callee, location };
  // What is due by a column of which nothing is known.
  const isDue = age.seconds === 0;
  return { seconds: isDue ? null : age.seconds, by: "purge", callee, location };
}

function endsTold(flow: Flow, column: string, { deletions }: Pick<Facts, "deletions">): Expiry[] {
  return deletions.expiries.filter(
    (expiry) => expiry.column !== null && isSameName(expiry.column, column) && isAt(expiry.location, flow),
  );
}

function isAt(location: Location, { sink }: Flow): boolean {
  return compareLocations(location, sink.location) === 0;
}

function ownEnd(flow: Flow, { deletions }: Pick<Facts, "deletions">): StoreEnd | null {
  const own = deletions.expiries.filter(({ location, column }) => column === null && isAt(location, flow));
  if (own.length === 0) return null;
  const { callee, location } = flow.sink;
  return longest(own.map(({ seconds }) => ({ seconds, by: "ttl", callee, location })));
}

/** Of several that remove the same, the one that comes first. */
function shortest(ends: readonly StoreEnd[]): StoreEnd | null {
  return ends.reduce<StoreEnd | null>(
    (one, other) => (one === null || isLess(other.seconds, one.seconds) ? other : one),
    null,
  );
}

function longest(ends: readonly StoreEnd[]): StoreEnd | null {
  return ends.reduce<StoreEnd | null>(
    (one, other) => (one === null || isLess(one.seconds, other.seconds) ? other : one),
    null,
  );
}

/** What cannot be told is neither less nor more. */
function isLess(one: number | null, other: number | null): boolean {
  return one === null ? other !== null : other !== null && one < other;
}

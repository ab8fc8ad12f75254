/** Whether what a call erases or writes is what a store holds: the same table, key, path or object, however it is reached. */
import type { DeletionFacts, Erasure, SealingKey, StoreCopy } from "../contracts/deletion.js";
import { mayBeSameText } from "../base/text-patterns.js";
import type { Sink } from "../contracts/flow.js";
import { maySpeakToOne } from "../flow/stores/engines.js";
import { mayBeSameStore } from "../flow/stores/path-names.js";
import { isSameName, plainName } from "../flow/stores/table-names.js";
import { clientOf } from "./store-name.js";

/** What a call works on, as far as that can be told. */
export type StoreReached = Pick<Erasure, "medium" | "package" | "path" | "target" | "cascades"> &
  Partial<Pick<Erasure, "recipient" | "engines">>;

export function isSameStore(
  sink: Sink,
  erasure: StoreReached,
  tableNames: DeletionFacts["tableNames"],
  /** A part of it is enough, and what may be it is it. */
  how: "whole" | "part" = "whole",
): boolean {
  if (erasure.medium !== null && erasure.medium !== sink.medium) return false;
  if (erasure.medium !== null && !maySpeakToOne(sink, erasure)) return false;
  const sameClient = [sink, sink.within ?? sink].some((each) => clientOf(each) === clientOf(erasure));
  if (erasure.target === null) return sameClient;
  // What a company keeps as its `contacts` is no table of that name.
  if (erasure.medium === null && erasure.recipient != null && !sameClient) return false;
  if (sink.medium === "database") {
    const names = namesOf(sink.target, tableNames);
    return [erasure.target, ...erasure.cascades].some((table) =>
      namesOf(table, tableNames).some((name) => names.some((each) => mayBeSameStore(each, name, how))),
    );
  }
  if (sink.target === null) return sameClient;
  // In a browser each has its own: what is not told of one is nothing in another.
  if (sink.medium === "browser" && !sameClient)
    if ([erasure.target, sink.target].includes("*") || areApart(sink.within ?? sink, erasure)) return false;
  if (sink.medium === "object-store") return isInBucket(sink.target, erasure.target);
  if (mayBeSameText(erasure.target, sink.target)) return true;
  if (sink.medium !== "file") return false;
  // A folder goes with all that lies in it; `unlink` takes no folders.
  return /(?:^|\.)unlink(?:Sync)?$/u.test(erasure.path)
    ? mayBeFile(sink.target, erasure.target)
    : isWithin(sink.target, erasure.target);
}

/** A bucket's name tells nothing of the keys in it, even where it is not known. */
function isInBucket(path: string, erased: string): boolean {
  const [bucket, key] = splitBucket(path);
  const [erasedBucket, erasedKey] = splitBucket(erased);
  if (key === null || erasedKey === null) return mayBeSameText(path, erased) || isWithin(path, erased);
  if (!mayBeSameText(bucket, erasedBucket) && !mayBeDefault(bucket, erasedBucket)) return false;
  return erasedKey === "" || mayBeSameText(key, erasedKey) || isWithin(key, erasedKey);
}

/** One is the project's own, whose name has its domain in it; a setting may name that too. */
function mayBeDefault(...buckets: readonly string[]): boolean {
  return (
    buckets.includes("(default)") && buckets.some((each) => each.includes(".") || each.startsWith("env:"))
  );
}

function splitBucket(path: string): readonly [string, string | null] {
  const end = path.indexOf("/");
  return end === -1 ? [path, null] : [path.slice(0, end), path.slice(end + 1)];
}

/** Two objects of the platform, as `localStorage` and `sessionStorage`; what is only known by its type may be either. */
function areApart(...both: readonly Pick<Sink, "package" | "path">[]): boolean {
  return both.every((each) => /^(?:lib|global)$/u.test(each.package) && /^[a-z]/u.test(clientOf(each)));
}

/** Whether a key lies in what is erased, by the names of store and column alone. */
export function isKeptIn(
  { targets, columns }: SealingKey,
  erasure: StoreReached & Pick<Erasure, "columns">,
  tableNames: DeletionFacts["tableNames"],
): boolean {
  const { medium, target, cascades, columns: emptied } = erasure;
  if (medium === null || target === null) return false;
  // Where the key may stand in one column or another, or in any, emptying one leaves the other.
  const isEmptied = (column: string): boolean => emptied?.some((each) => isSameName(each, column)) ?? true;
  if (emptied !== null && (columns.length === 0 || !columns.every(isEmptied))) return false;
  const isKept = (each: string, erased: string): boolean => erased !== "*" && mayBeSameStore(each, erased);
  if (medium !== "database") return targets.some((each) => isKept(each, target));
  const erased = [target, ...cascades].flatMap((each) => namesOf(each, tableNames));
  return targets.some((each) =>
    namesOf(each, tableNames).some((name) => erased.some((other) => isKept(name, other))),
  );
}

/** A statement has put the key where this deletion does not come, so that what it seals can still be read. */
export function isCopiedElsewhere(
  key: SealingKey,
  copy: StoreCopy,
  { target, columns, cascades }: Pick<Erasure, "target" | "columns" | "cascades">,
  tableNames: DeletionFacts["tableNames"],
): boolean {
  const { fromColumn, toColumn } = copy;
  const isKey = (column: string): boolean =>
    column === "*" || key.columns.length === 0 || key.columns.some((each) => isSameName(each, column));
  const taken = { ...copy, target: copy.from, cascades: [], columns: null };
  if (!isKey(fromColumn) || !isKeptIn(key, taken, tableNames)) return false;
  const into = namesOf(copy.to, tableNames);
  const isReached = [target, ...cascades].some((table) =>
    namesOf(table, tableNames).some((name) => into.some((each) => mayBeSameStore(each, name))),
  );
  return !isReached || (columns !== null && !columns.some((each) => isSameName(each, toColumn)));
}

/** Whether a company is told to erase what it keeps there. */
export function isAskedOf(sink: Sink, { medium, recipient, target }: Erasure): boolean {
  if (medium !== null || recipient === null || recipient !== sink.recipient) return false;
  return target === null || mayBeSameText(target, sink.target ?? "*");
}

function namesOf(table: string | null, tableNames: DeletionFacts["tableNames"]): readonly string[] {
  if (table === null) return ["*"];
  const name = plainName(table);
  return tableNames.get(name) ?? [name];
}

function isWithin(path: string, folder: string): boolean {
  const base = folder.replace(/[/*]+$/u, "");
  if (base !== "" && path.startsWith(base) && /^(?:$|[/*])/u.test(path.slice(base.length))) return true;
  // Of a path whose beginning is not known, nobody can say that it lies elsewhere, but in `exports/all.csv` nothing lies.
  return /\.[a-z]\w{0,4}$/iu.test(folder) ? mayBeFile(path, folder) : path.startsWith("*");
}

/** Of a path whose beginning is not known: does it end as the file's does, as far as both are known? */
function mayBeFile(path: string, file: string): boolean {
  if (!path.startsWith("*")) return false;
  const ends = file.split("/").reverse();
  for (const [index, each] of path.split("/").reverse().entries()) {
    const end = ends[index];
    // What is not known at all may be several folders.
    if (end === undefined || end === "*" || each === "*") return true;
    if (!mayBeSameText(each, end)) return false;
  }
  return true;
}

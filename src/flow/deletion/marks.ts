/** What an entry puts into rows that it marks, and whether what a job asks for is just that. */
import type { DutyEntry } from "../../contracts/duty-entry.js";
import type { DeletionKind, Medium } from "../../contracts/vocabulary.js";
import { isSameName } from "../stores/table-names.js";
import { isHidingColumn } from "./deletion-names.js";
import type { RowCondition, RowTest, Scalar } from "./row-tests.js";

export type Put =
  | { readonly kind: "constant"; readonly value: Scalar | null }
  /** A time, what the client itself says of rows that it hides, one thing or another, or something that is not known. */
  | { readonly kind: "moment" | "hidden" | "perhaps" | "unknown" };

export interface Mark {
  readonly medium: Medium | null;
  readonly target: string;
  /** Whether it puts a row of its own there. */
  readonly isNew: boolean;
  /** None: it hides the rows in the client's own way. */
  readonly puts: ReadonlyMap<string, Put> | null;
  /** The client leaves such rows out of what it reads. */
  readonly isLeftOut?: boolean;
  readonly entries: readonly DutyEntry<DeletionKind>[];
  readonly entriesForOne: readonly DutyEntry<DeletionKind>[];
}

/** What a new request says of itself where the entry does not. */
const fresh = /^(?:pending|open|new|queued|waiting|requested|todo|scheduled|created|received|none|0)$/iu;
/** Times that a request has by itself, or that are to come; when somebody grants it, nobody knows. */
const ofRequests =
  /^(?:is_?)?(?:created?|creation|request|insert|add|submit|receiv|queue|enqueue|ask|open|schedul|due|run|next|avail|visib|retry|attempt|process_?(?:at|after|on)|execut|not_?before|lock|claim|lease|pick|eras|delet|purge|remov|expir|grace|until|after|date|time|ts$|at$|when|on$)/iu;
const counted = /attempt|tries|retries|retry|fail|error|count/iu;
const ofChildren =
  /child|kid|pupil|student|minor|player|member|scout|camper|user|junior|youth|teen|athlete|learner/iu;
/** Columns that whatever happens to a row sets: what is old by them was not marked by anybody. */
const ofAnyChange =
  /^(?:updated|modified|changed|edited|touched|synced|created|seen|visited|logged|last|mtime|sent|posted|published|uploaded|received|recorded|taken|registered|submitted|started|opened|viewed)/iu;

export function isOfAnyChange(column: string): boolean {
  return ofAnyChange.test(column);
}

/**
 * Whether rows with the mark are asked for, and nothing else keeps the job from them. Of what is tested row by row only
 * what is marked counts: that other tests may hold it back is so of every way.
 */
export function asksForMark(
  mark: Mark,
  conditions: readonly RowCondition[],
  tested: readonly RowCondition[],
): boolean {
  let isAsked = mark.isNew;
  for (const { column, test } of tested) {
    const put = column === null ? null : putInto(mark, column);
    if (put === null || ofAnyChange.test(column ?? "")) continue;
    if (!fits(test, put)) return false;
    isAsked = true;
  }
  for (const { column, test } of conditions) {
    const put = column === null ? null : putInto(mark, column);
    if (put === null) {
      if (!isNoBar(test, mark.isNew, column)) return false;
    } else if (!fits(test, put) || (!mark.isNew && ofAnyChange.test(column ?? ""))) return false;
    else isAsked = true;
  }
  return isAsked;
}

export function putInto({ puts }: Mark, column: string): Put | null {
  if (puts === null) return isHidingColumn(column) ? { kind: "hidden" } : null;
  for (const [name, put] of puts) if (isSameName(name, column)) return put;
  return null;
}

/** Does the test hold of what was put there? Of what is not known, only what holds of any value. */
export function fits(test: RowTest, put: Put): boolean {
  if (put.kind === "perhaps") return false;
  switch (test.kind) {
    case "truthy":
      return put.kind !== "constant" || Boolean(put.value);
    case "set":
      return put.kind !== "constant" || put.value !== null;
    case "unset":
      return put.kind === "constant" && put.value === null;
    case "due":
      return put.kind === "moment" || put.kind === "hidden";
    case "equals":
      // `deleted: true`
      if (put.kind === "hidden") return test.values.includes(true);
      return (
        put.kind === "constant" &&
        put.value !== null &&
        test.values.some((each) => isSameScalar(each, put.value))
      );
    // A key is the same as itself.
    case "handed":
      return put.kind === "unknown";
    case "differs":
      if (put.kind === "hidden") return !test.values.includes(true);
      return (
        put.kind === "constant" &&
        put.value !== null &&
        !test.values.some((each) => isSameScalar(each, put.value))
      );
    case "few":
      return put.kind === "constant" && typeof put.value === "number" && put.value < test.below;
    default:
      return false;
  }
}

/** A column that the entry leaves as it is: what is asked of it holds of rows in their first state. */
export function isNoBar(test: RowTest, isRequest: boolean, column: string | null): boolean {
  const isFresh = (value: Scalar): boolean =>
    value === false || value === 0 || (isRequest && typeof value === "string" && fresh.test(value));
  switch (test.kind) {
    case "unset":
    case "handed":
      return true;
    case "differs":
      return !test.values.some(isFresh);
    case "due":
      return isRequest && column !== null && ofRequests.test(column);
    case "few":
      return column !== null && counted.test(column);
    case "lacking":
      return test.tables !== null;
    case "equals":
      return test.values.some(isFresh);
    default:
      return false;
  }
}

/**
 * Whether what a deletion asks of a column keeps it from rows that are found by something else: it means others, or only
 * those in some state. What cannot be read is most often another way to write the key.
 */
export function meansOthers(test: RowTest, column: string | null): boolean {
  switch (test.kind) {
    case "unknown":
    case "linked":
    case "joined":
    case "chosen":
      return false;
    case "equals":
      return !isNoBar(test, false, column) && !isSortOfPerson(column, test.values);
    default:
      return !isNoBar(test, false, column);
  }
}

/** `AND role = 'child'` */
function isSortOfPerson(column: string | null, values: readonly Scalar[]): boolean {
  return (
    column !== null &&
    /^(?:role|type|kind|category)$|_(?:role|type|kind)$|(?:Role|Type|Kind)$/u.test(column) &&
    values.some((each) => typeof each === "string" && ofChildren.test(each))
  );
}

function isSameScalar(one: Scalar, other: Scalar | null): boolean {
  const plain = (each: Scalar | null): string => (each === true ? "1" : each === false ? "0" : String(each));
  return plain(one) === plain(other);
}

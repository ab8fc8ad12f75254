/**
 * Jobs that are named for a deletion and take only rows that are old, or were never confirmed: whoever asks for theirs
 * to be deleted is none of these.
 */
import type { EntryWay } from "../duties/entry-ways.js";
import type { SiteModels } from "../models/site-models.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Writers } from "../points-to/writers.js";
import type { ModelAt } from "../program/model-at.js";
import { readsBefore } from "./chosen-rows.js";
import { isHidingColumn } from "./deletion-names.js";
import type { MarkedRows } from "./marked-rows.js";
import { isOfAnyChange } from "./marks.js";
import { conditionsAt } from "./row-conditions.js";
import type { AskedOfRows, RowCondition } from "./row-tests.js";

interface Asked extends AskedOfRows {
  readonly pointsTo: PointsTo;
  readonly models: SiteModels;
  readonly writers: Writers;
  readonly marked: MarkedRows;
}

/** What is told of a row by itself, and not because somebody wants it gone. */
const states =
  /^(?:is_?|has_?|was_?)?(?:(?:e?_?mail|phone|account|user|consent|guardian|parent)_?)?(?:un)?(?:verif|confirm|activat|active$|inactive|onboard|draft|spam|bot$|guest$|anonymous)/iu;

export function takesRowsOfState(
  asked: Asked,
  site: CallSite,
  match: ModelAt,
  target: string | null,
  way: EntryWay,
): boolean {
  if (way.outset.isJob !== true) return false;
  const reading = { ...asked, passages: new Set(way.way.passages) };
  if (areOfState(conditionsAt(reading, site, [match]))) return true;
  const reads = readsBefore(asked, site, [way]);
  const isOfState = ({ site: read, calls, passed }: (typeof reads)[number]): boolean => {
    const models = asked.models.at(read);
    // What is old of another table may be what somebody asked for.
    const isOwn = asked.marked
      .tablesAt(read, models)
      .every((table) => target !== null && asked.marked.isSameTable(table, target));
    return isOwn && areOfState([...conditionsAt({ ...reading, calls }, read, models), ...passed]);
  };
  return reads.length > 0 && reads.every(isOfState);
}

/** Each of them is about the row's age or state. */
export function areOfState(conditions: readonly RowCondition[]): boolean {
  return conditions.length > 0 && conditions.every(isOfState);
}

function isOfState({ column, test }: RowCondition): boolean {
  if (column === null) return false;
  if (test.kind === "due") return isOfAnyChange(column);
  // `deletedAt: IsNull()`: nobody has asked for these yet.
  if (test.kind === "unset" && isHidingColumn(column)) return true;
  return /^(?:equals|differs|truthy|unset)$/u.test(test.kind) && states.test(column);
}

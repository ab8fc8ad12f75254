/** Of rows that a statement deletes: how old they are by then, as its text says. */
import type { TimeUnit } from "../../contracts/model.js";
import { secondsOf } from "./time-values.js";

export interface SqlAge {
  /** Null: it says so elsewhere, as in a value that is handed over. */
  readonly seconds: number | null;
  /** The unit of a number that is handed over. */
  readonly unit: TimeUnit | null;
  readonly column: string | null;
}

const units = "year|month|week|day|hour|minute|second";
const amounts: readonly RegExp[] = [
  new RegExp(`interval\\s+'?\\s*(?<n>\\d+(?:\\.\\d+)?)\\s*'?\\s*(?<u>${units})s?`, "iu"),
  new RegExp(`'-\\s*(?<n>\\d+)\\s+(?<u>${units})s?'`, "iu"),
  new RegExp(`dateadd\\(\\s*(?<u>${units})s?\\s*,\\s*-\\s*(?<n>\\d+)`, "iu"),
  new RegExp(`make_interval\\(\\s*(?<u>${units})s?\\s*=>\\s*(?<n>\\d+)`, "iu"),
];
const handed = new RegExp(
  `(?:interval\\s+'1?\\s*|make_interval\\(\\s*|\\|\\|\\s*'\\s*|interval\\s+[?$:@][\\w]*\\s+|dateadd\\(\\s*)(?<u>${units})s?`,
  "iu",
);
const epoch =
  /(?:unixepoch\(\)|strftime\('%s',\s*'now'\)|epoch from now\(\)\)?|unix_timestamp\(\))\s*-\s*(?<n>\d+)/iu;
const daysBefore = /current_date(?:\(\))?\s*-\s*(?<n>\d+)(?![\d'])/iu;
const before = /(?<c>[\w."`[\]]+)\s*<=?\s*(?!>)/u;
const after = /\s>=?\s*(?<c>[a-z_][\w."`[\]]*)/iu;

export function sqlAgeOf(text: string): SqlAge | null {
  const where = /\bwhere\b(?<rest>[\s\S]*)$/iu.exec(text)?.groups?.["rest"];
  if (where === undefined) return null;
  const compared = (before.exec(where) ?? after.exec(where))?.groups?.["c"];
  if (compared === undefined) return null;
  const column = compared.replace(/["`[\]]/gu, "").replace(/^.*\./u, "");
  for (const amount of amounts) {
    const groups = amount.exec(where)?.groups;
    const unit = groups?.["u"]?.toLowerCase() as TimeUnit | undefined;
    if (groups !== undefined && unit !== undefined)
      return { seconds: Number(groups["n"]) * secondsOf[unit], unit: null, column };
  }
  const inSeconds = epoch.exec(where)?.groups?.["n"];
  if (inSeconds !== undefined) return { seconds: Number(inSeconds), unit: null, column };
  const days = daysBefore.exec(where)?.groups?.["n"];
  if (days !== undefined) return { seconds: Number(days) * secondsOf.day, unit: null, column };
  const unit = (handed.exec(where)?.groups?.["u"]?.toLowerCase() ?? null) as TimeUnit | null;
  const isNow =
    unit === null && /<=?\s*(?:now\(\)|current_timestamp|current_date|unixepoch\(\))/iu.test(where);
  return { seconds: isNow ? 0 : null, unit, column };
}

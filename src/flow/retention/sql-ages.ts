/** Of rows that a statement deletes: how old they are by then, as its text says. */
import type { TimeUnit } from "../../contracts/model.js";
import { type SqlPlaceholder, tokenizeSql } from "../../models/sql/tokenize.js";
import { secondsOfInterval } from "./interval-texts.js";
import { secondsOf } from "./time-values.js";

export interface SqlAge {
  /** Null: it says so elsewhere, as in a value that is handed over. */
  readonly seconds: number | null;
  /** The unit of a number that is handed over. */
  readonly unit: TimeUnit | null;
  /** An interval is handed over as a text. */
  readonly isInterval: boolean;
  /** For this placeholder, if that can be told. */
  readonly placeholder: SqlPlaceholder | null;
  readonly column: string | null;
}

const units = "year|month|week|day|hour|minute|second";
const amounts: readonly RegExp[] = [
  new RegExp(`interval\\s+'?\\s*(?<n>\\d+(?:\\.\\d+)?)\\s*'?\\s*(?<u>${units})s?`, "iu"),
  new RegExp(`'-\\s*(?<n>\\d+)\\s+(?<u>${units})s?'`, "iu"),
  new RegExp(`dateadd\\(\\s*(?<u>${units})s?\\s*,\\s*-\\s*(?<n>\\d+)`, "iu"),
  new RegExp(`make_interval\\(\\s*(?<u>${units})s?\\s*=>\\s*(?<n>\\d+)`, "iu"),
];
/** `'60 days'::interval`, `CAST('1 year 2 months' AS interval)` */
const literals = /(?:interval\s+'(?<a>[^']+)'|'(?<b>[^']+)'\s*(?:::\s*interval|as\s+interval))/iu;
const placeholder = String.raw`(?:\?|[$:@]\w+)(?:\s*::\s*(?:text|varchar))?\s*\)?`;
/** `$1::interval`, `CAST(? AS interval)`, `datetime('now', ?)`, `now() - $1` */
const handedInterval = new RegExp(
  `${placeholder}\\s*(?:::\\s*|as\\s+)interval|date(?:time)?\\(\\s*'now'\\s*,\\s*${placeholder}|(?:now\\(\\)|current_timestamp)\\s*-\\s*${placeholder}`,
  "iu",
);
const handed = new RegExp(
  `(?:interval\\s+'1?\\s*|make_interval\\(\\s*|\\|\\|\\s*'\\s*|interval\\s+[?$:@][\\w]*\\s+|dateadd\\(\\s*)(?<u>${units})s?`,
  "iu",
);
/** `$1 * interval '1 day'`: the number is handed over. */
const multiplied = new RegExp(
  `\\*\\s*interval\\s+'1\\s+(?<u>${units})s?'|interval\\s+'1\\s+(?<v>${units})s?'\\s*\\*`,
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
  return { ...stretchIn(where), placeholder: intervalIn(text, text.length - where.length), column };
}

/** The placeholder that an interval is handed over for. */
function intervalIn(text: string, start: number): SqlPlaceholder | null {
  const found = handedInterval.exec(text.slice(start));
  if (found === null) return null;
  const token = tokenizeSql(text).find(
    ({ at = -1, placeholders }) => at >= start + found.index && placeholders.length > 0,
  );
  return token?.placeholders[0] ?? null;
}

/** A part of a condition: `lt(visits.at, sql`now() - interval '7 days'`)`, `whereRaw("seen_at < now() - …")`. */
export function sqlAgeOfPart(text: string): SqlAge | null {
  if (!presentTime.test(text) || /\+\s*(?:interval|make_interval)/iu.test(text)) return null;
  const age = sqlAgeOf(/\bwhere\b/iu.test(text) ? text : `where ${text}`);
  if (age !== null) return age;
  const stretch = stretchIn(text);
  const isTold = stretch.seconds !== null || stretch.unit !== null || stretch.isInterval;
  return isTold ? { ...stretch, placeholder: null, column: null } : null;
}

const presentTime =
  /\b(?:now|getdate|sysdate|curdate)\s*\(|\bcurrent_(?:date|timestamp)\b|\blocaltimestamp\b|'now'|unix_?(?:epoch|_timestamp)/iu;

type Stretch = Omit<SqlAge, "column" | "placeholder">;

/** How far a text goes back from the present. */
function stretchIn(where: string): Stretch {
  const times = multiplied.exec(where)?.groups;
  if (times !== undefined) return handedIn((times["u"] ?? times["v"])?.toLowerCase() as TimeUnit);
  const literal = literals.exec(where)?.groups;
  const told = secondsOfInterval(literal?.["a"] ?? literal?.["b"] ?? "");
  if (told !== null) return known(told);
  for (const amount of amounts) {
    const groups = amount.exec(where)?.groups;
    const unit = groups?.["u"]?.toLowerCase() as TimeUnit | undefined;
    if (groups !== undefined && unit !== undefined) return known(Number(groups["n"]) * secondsOf[unit]);
  }
  const inSeconds = epoch.exec(where)?.groups?.["n"];
  if (inSeconds !== undefined) return known(Number(inSeconds));
  const days = daysBefore.exec(where)?.groups?.["n"];
  if (days !== undefined) return known(Number(days) * secondsOf.day);
  const unit = (handed.exec(where)?.groups?.["u"]?.toLowerCase() ?? null) as TimeUnit | null;
  if (unit !== null) return handedIn(unit);
  if (handedInterval.test(where)) return { seconds: null, unit: null, isInterval: true };
  const isNow = /<=?\s*(?:now\(\)|current_timestamp|current_date|unixepoch\(\))/iu.test(where);
  return { seconds: isNow ? 0 : null, unit: null, isInterval: false };
}

function known(seconds: number): Stretch {
  return { seconds, unit: null, isInterval: false };
}

function handedIn(unit: TimeUnit): Stretch {
  return { seconds: null, unit, isInterval: false };
}

/** Intervals as databases write them: `60 days`, `1 year 2 mons`, `P30D`, `-30 days` of a modifier. */
import type { TimeUnit } from "../../contracts/model.js";
import { secondsOf } from "./time-values.js";

const units: readonly (readonly [RegExp, TimeUnit])[] = [
  [/^(?:y|yrs?|years?)$/u, "year"],
  [/^(?:mons?|months?)$/u, "month"],
  [/^(?:w|weeks?)$/u, "week"],
  [/^(?:d|days?)$/u, "day"],
  [/^(?:h|hrs?|hours?)$/u, "hour"],
  [/^(?:m|mins?|minutes?)$/u, "minute"],
  [/^(?:s|secs?|seconds?)$/u, "second"],
];
const parts = /(?<n>\d+(?:\.\d+)?)\s*(?<u>[a-z]+)/gu;
const whole = /^\s*[-+]?\s*(?:\d+(?:\.\d+)?\s*[a-z]+[\s,]*(?:and\s+)?)+(?:ago)?\s*$/u;
const iso =
  /^p(?:(?<year>\d+)y)?(?:(?<month>\d+)m)?(?:(?<week>\d+)w)?(?:(?<day>\d+)d)?(?:t(?:(?<hour>\d+)h)?(?:(?<minute>\d+)m)?(?:(?<second>\d+)s)?)?$/u;

/** How long it is in seconds, whichever way it goes; null: the text is no interval. */
export function secondsOfInterval(text: string): number | null {
  const lower = text.toLowerCase();
  const groups: Readonly<Record<string, string | undefined>> = iso.exec(lower.trim())?.groups ?? {};
  const named = Object.entries(groups).filter(([, n]) => n !== undefined);
  if (named.length > 0)
    return named.reduce((all, [unit, n]) => all + Number(n) * secondsOf[unit as TimeUnit], 0);
  if (!whole.test(lower)) return null;
  let seconds = 0;
  for (const part of lower.matchAll(parts)) {
    const unit = unitOf(part.groups?.["u"] ?? "");
    if (unit === null) return null;
    seconds += Number(part.groups?.["n"]) * secondsOf[unit];
  }
  return seconds;
}

/** The unit of a number that stands before the text: ` days`. */
export function unitAfter(text: string): TimeUnit | null {
  return unitOf(text.trim().toLowerCase());
}

function unitOf(word: string): TimeUnit | null {
  return units.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** Days in a unit of a duration; a month is 30 days and a year 365, as retention periods are meant. */
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

/**
 * Whole days of a duration: `180d`, `2w`, `6m`, `3y`, or ISO 8601 with date units (`P180D`, `P1Y6M`).
 * Null where it is none, also for zero.
 */
export function parseDuration(text: string): number | null {
  const word = text.trim().toLowerCase();
  const iso = word.startsWith("p");
  const pattern = iso ? /^p(?:\d+[ymwd])+$/u : /^\d+[dwmy]$/u;
  if (!pattern.test(word)) return null;
  let days = 0;
  for (const [, count, unit] of word.matchAll(/(\d+)([ymwd])/gu)) {
    days += Number(count) * (unitDays[unit ?? ""] ?? 0);
  }
  return days > 0 ? days : null;
}

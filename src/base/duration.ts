/** Days in a unit of a duration; a month is 30 days and a year 365, as retention periods are meant. */
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
/** Behind the `T` of ISO 8601. */
const unitDaysOfTime: Readonly<Record<string, number>> = { h: 1 / 24, m: 1 / 1440, s: 1 / 86_400 };

/**
 * Days of a duration: `180d`, `2w`, `6m`, `3y`, or ISO 8601 (`P180D`, `P1Y6M`, `PT1H`, which is a part of a day).
 * Null where it is none, also for zero.
 */
export function parseDuration(text: string): number | null {
  const word = text.trim().toLowerCase();
  const pattern = word.startsWith("p") ? /^p(?=.)(?:\d+[ymwd])*(?:t(?:\d+[hms])+)?$/u : /^\d+[dwmy]$/u;
  if (!pattern.test(word)) return null;
  const [date = "", time = ""] = word.split("t");
  const days = sumOf(date, unitDays) + sumOf(time, unitDaysOfTime);
  return days > 0 ? days : null;
}

function sumOf(text: string, units: Readonly<Record<string, number>>): number {
  let days = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([a-z])/gu))
    days += Number(count) * (units[unit ?? ""] ?? 0);
  return days;
}

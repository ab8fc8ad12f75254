/**
 * Amounts of time as far as ages need them: `now - birth` in some unit, with what rounding may add to it. Pure
 * arithmetic; moments are counted in milliseconds.
 */
import type { Role, TimeUnit } from "../../../contracts/model.js";

/** May it be missing or no number? `claimed`: its type says no, and nothing has looked. */
export type Absence = "no" | "claimed" | "maybe";

export interface Quantity {
  /** How often the present counts in it, and the day of birth; neither: a plain number. */
  readonly now: number;
  readonly birth: number;
  /** Added to it, in its unit. */
  readonly add: number;
  /** Units in a year. */
  readonly perYear: number;
  /** By how much less than this rounding may have raised it, or lowered it. */
  readonly up: number;
  readonly down: number;
  /** It has whole multiples of this only; 0: any fraction. */
  readonly step: number;
  readonly absent: Absence;
  /** A number of the code that something else than a missing age makes stand for one. */
  readonly isChosen?: boolean;
}

const daysPerYear = 365.2422;
export const millisecondsPerYear = daysPerYear * 24 * 3600 * 1000;

export const unitsPerYear: Readonly<Record<TimeUnit, number>> = {
  year: 1,
  month: 12,
  week: daysPerYear / 7,
  day: daysPerYear,
  hour: daysPerYear * 24,
  minute: daysPerYear * 24 * 60,
  second: daysPerYear * 24 * 3600,
  millisecond: millisecondsPerYear,
};

const exact = { add: 0, up: 0, down: 0, step: 0, absent: "no" } as const;

export const present: Quantity = { ...exact, now: 1, birth: 0, perYear: millisecondsPerYear };

export function plainNumber(value: number): Quantity {
  return { ...exact, now: 0, birth: 0, perYear: 0, add: value };
}

export function momentOfBirth(absent: Absence): Quantity {
  return { ...exact, now: 0, birth: 1, perYear: millisecondsPerYear, absent };
}

export function yearOfBirth(absent: Absence): Quantity {
  return { ...exact, now: 0, birth: 1, perYear: 1, down: 1, step: 1, absent };
}

/** Completed units, as people give their age. */
export function ageIn(unit: TimeUnit, absent: Absence): Quantity {
  return { ...exact, now: 1, birth: -1, perYear: unitsPerYear[unit], down: 1, step: 1, absent };
}

export function isPlain({ now, birth }: Quantity): boolean {
  return now === 0 && birth === 0;
}

export function isAge({ now, birth }: Quantity): boolean {
  return now !== 0 && now === -birth;
}

const rank: readonly Absence[] = ["no", "claimed", "maybe"];

export function moreAbsent(a: Absence, b: Absence): Absence {
  return rank[Math.max(rank.indexOf(a), rank.indexOf(b))] ?? "maybe";
}

export function negative(q: Quantity): Quantity {
  return { ...q, now: -q.now, birth: -q.birth, add: -q.add, up: q.down, down: q.up };
}

/** Null: the two are not of one unit. */
export function sum(a: Quantity, b: Quantity): Quantity | null {
  const absent = moreAbsent(a.absent, b.absent);
  if (isPlain(b)) return { ...a, add: a.add + b.add, absent };
  if (isPlain(a)) return sum(b, a);
  if (Math.abs(a.perYear - b.perYear) > a.perYear / 1000) return null;
  return {
    now: a.now + b.now,
    birth: a.birth + b.birth,
    add: a.add + b.add,
    perYear: a.perYear,
    up: a.up + b.up,
    down: a.down + b.down,
    step: a.step === b.step ? a.step : 0,
    absent,
  };
}

export function difference(a: Quantity, b: Quantity): Quantity | null {
  return sum(a, negative(b));
}

export function times(q: Quantity, factor: number): Quantity {
  if (factor < 0) return negative(times(q, -factor));
  return {
    ...q,
    add: q.add * factor,
    perYear: q.perYear * factor,
    up: q.up * factor,
    down: q.down * factor,
    step: q.step * factor,
  };
}

/** `Math.floor`, `Math.ceil`, `Math.round`. */
export function roundedTo(q: Quantity, way: "down" | "up" | "nearest"): Quantity {
  if (isPlain(q)) {
    const round = way === "down" ? Math.floor : way === "up" ? Math.ceil : Math.round;
    return { ...q, add: round(q.add) };
  }
  if (q.step === 1 && Number.isInteger(q.add)) return q;
  const up = way === "down" ? 0 : way === "up" ? 1 : 0.5;
  return { ...q, up: q.up + up, down: q.down + 1 - up, step: 1 };
}

type Counted = Extract<Role, { kind: "elapsed" }>["counted"];

/** A stretch of time told in another unit: whole ones, with fractions, or those that have begun. */
export function inUnit(q: Quantity, unit: TimeUnit, counted: Counted): Quantity {
  const told = q.perYear === 0 ? q : times(q, unitsPerYear[unit] / q.perYear);
  if (counted === "exact" || counted === "sign") return told;
  const whole = roundedTo(told, "down");
  return counted === "calendar" ? { ...whole, up: whole.up + 1 } : whole;
}

/** The calendar year, month or day of a moment, counted on from year to year. */
export function calendarOf(q: Quantity, unit: TimeUnit): Quantity {
  const told = roundedTo(inUnit({ ...q, step: 0 }, unit, "exact"), "down");
  // What is no moment but a stretch counts on from 1970.
  return unit === "year" && q.now + q.birth === 0 ? { ...told, add: told.add + 1970 } : told;
}

/** The moment in a calendar year, on some month and day of its own. */
export function momentInYear(year: Quantity, isWholeDate: boolean): Quantity {
  const told = times(year, millisecondsPerYear / year.perYear);
  return isWholeDate ? { ...told, up: 0, down: 0, step: 0 } : { ...told, step: 0 };
}

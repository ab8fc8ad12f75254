/** What libraries of dates call units of time: `years`, `year`, `y`. */
import type { TimeUnit } from "../../../contracts/model.js";
import { unitsPerYear } from "./quantity.js";

const shortUnits: Readonly<Record<string, TimeUnit>> = {
  y: "year",
  M: "month",
  w: "week",
  d: "day",
  h: "hour",
  ms: "millisecond",
};

export function unitNamed(text: string): TimeUnit | null {
  const short = shortUnits[text];
  if (short !== undefined) return short;
  const singular = text.toLowerCase().replace(/s$/u, "");
  return singular in unitsPerYear ? (singular as TimeUnit) : null;
}

/** The names under which an object has them. */
export const unitsByName: ReadonlyMap<string, TimeUnit> = new Map([
  ...(Object.keys(unitsPerYear) as TimeUnit[]).flatMap((unit): [string, TimeUnit][] => [
    [`${unit}s`, unit],
    [unit, unit],
  ]),
  ...Object.entries(shortUnits),
]);

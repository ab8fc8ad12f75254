/** What the language's own functions of numbers do to an amount. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { Quantity } from "./quantity.js";
import { calendarOf, isPlain, negative, plainNumber, roundedTo } from "./quantity.js";

const rounding: Readonly<Record<string, "down" | "up" | "nearest">> = {
  "Math.floor": "down",
  "Math.trunc": "down",
  "Math.ceil": "up",
  "Math.round": "nearest",
};

/** Null: it is no such call. */
export function numberCall(
  { name, arguments: list }: InstructionOf<"call">,
  read: (value: ValueId) => readonly Quantity[],
  isShaped: (value: ValueId) => boolean,
): readonly Quantity[] | null {
  const [first] = list;
  if (first === undefined || first.spread) return null;
  const way = rounding[name];
  if (way !== undefined) return read(first.value).map((each) => roundedTo(each, way));
  switch (name) {
    case "Math.abs":
      return read(first.value).map((each) => (each.now < 0 ? negative(each) : each));
    case "Math.max":
    case "Math.min": {
      const found = list.map(({ value }) => read(value));
      const ages = found.flat().filter((each) => !isPlain(each));
      return ages.length > 0 || name === "Math.min" ? ages : leastOf(found);
    }
    case "Number":
    case "Number.parseInt":
    case "Number.parseFloat":
    case "parseInt":
    case "parseFloat": {
      const isWhole = name.endsWith("parseInt");
      const found = read(first.value).map((each) => (isWhole ? roundedTo(each, "down") : each));
      if (isShaped(first.value)) return found;
      return found.map((each) => (isPlain(each) ? each : { ...each, absent: "maybe" as const }));
    }
    default:
      return null;
  }
}

/** `birthDate.slice(0, 4)`: the year of a day that is written as text. */
export function yearIn(
  { name, receiver, arguments: list }: InstructionOf<"call">,
  read: (value: ValueId) => readonly Quantity[],
): readonly Quantity[] {
  if (receiver === null || !/\.(?:slice|substring|substr)$/u.test(name) || list.length !== 2) return [];
  const [start, end] = list.map(({ value }) => read(value));
  const isYear = [start, end].every(
    (each, index) => each?.length === 1 && each.every((part) => isPlain(part) && part.add === index * 4),
  );
  if (!isYear) return [];
  return read(receiver).flatMap((each) =>
    each.birth === 1 && each.now === 0 ? calendarOf(each, "year") : [],
  );
}

/** `Math.max(14, setting)`: what it is at least, whatever is not known of it. */
function leastOf(found: readonly (readonly Quantity[])[]): readonly Quantity[] {
  const known = found.flatMap((each) => (each.length === 0 ? [] : Math.min(...each.map(({ add }) => add))));
  return known.length === 0 ? [] : [plainNumber(Math.max(...known))];
}

/** What the language's own functions of numbers do to an amount. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { Quantity } from "./quantity.js";
import { isPlain, negative, roundedTo } from "./quantity.js";

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
    case "Math.min":
      return list.flatMap(({ value }) => read(value)).filter((each) => !isPlain(each));
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

/** A gadget writes one use of a language feature: values in, statements out, the values that come out of them. */
import type { Value } from "../scope.js";
import type { StepContext } from "../step-context.js";

export interface Gadget {
  /** `area/feature`. */
  readonly name: string;
  /** What it needs to be written; elsewhere it is left out. */
  readonly needs: "nothing" | "async" | "input";
  write(context: StepContext, first: Value, second: Value): readonly Value[];
}

export type Write = Gadget["write"];

export function gadgetsOf(
  area: string,
  table: Readonly<Record<string, Write>>,
  needs: Gadget["needs"] = "nothing",
): readonly Gadget[] {
  return Object.entries(table).map(([name, write]) => ({ name: `${area}/${name}`, needs, write }));
}

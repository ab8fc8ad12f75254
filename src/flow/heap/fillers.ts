/** What was put into an object by calls on it: `hash.update(a); hash.update(b); hash.digest()`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { operandsOfSite } from "../models/address-values.js";
import type { CallSite } from "../points-to/points-to.js";

export interface Filling {
  readonly value: ValueId;
  /** Its place among the arguments of the call that put it in. */
  readonly index: number;
}

/** The arguments of other calls of the chain that leads to a call's receiver, or on the variable that holds it. */
export function fillingsOf(site: CallSite): readonly Filling[] {
  const { caller } = site;
  const found = new Map<ValueId, Filling>();
  const seen = new Set<ValueId>();
  const visit = (value: ValueId | null): void => {
    if (value === null || seen.has(value)) return;
    seen.add(value);
    for (const use of caller.uses[value] ?? []) {
      const call = caller.code[use];
      if (call?.kind === "call" && call.receiver === value)
        call.arguments.forEach((argument, index) =>
          found.set(argument.value, { value: argument.value, index }),
        );
    }
    const definition = caller.definitions[value];
    if (definition?.kind !== "instruction") return;
    const { instruction } = definition;
    if (instruction.kind === "declare" || instruction.kind === "cast" || instruction.kind === "await")
      visit(instruction.value);
    else if (instruction.kind === "call") visit(instruction.receiver);
  };
  visit(operandsOfSite(site).receiver);
  return [...found.values()];
}

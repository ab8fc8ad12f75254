/** `f.bind(self, a)`: the bound function keeps what it was given, as `^bound0`, `^bound1` and f's own slots. */
import { prepend } from "../paths/access-path.js";
import type { Entry } from "../tabulation/entry.js";
import type { Fact } from "../tabulation/fact.js";
import { isBinding } from "../program/bind-calls.js";
import type { CallSite } from "./points-to.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { Trace } from "../tabulation/trace.js";

export function bindArguments(
  tabulation: Tabulation,
  entry: Entry,
  site: CallSite,
  fact: Fact,
  trace: Trace,
): void {
  const { instruction } = site;
  if (instruction.kind !== "call" || !isBinding(tabulation.pointsTo, site)) return;
  instruction.arguments.forEach((argument, index) => {
    if (argument.value === fact.base)
      tabulation.put(
        entry,
        site.point,
        instruction.out,
        prepend([`^bound${String(index)}`], fact.path),
        fact.state,
        trace,
      );
  });
  if (instruction.receiver === fact.base && fact.path.components[0]?.startsWith("^") === true)
    tabulation.put(entry, site.point, instruction.out, fact.path, fact.state, trace);
}

/** What a model says that a call throws: it goes to the handler around the call, or out of the function. */
import type { Role } from "../../contracts/model.js";
import { prepend } from "../paths/access-path.js";
import { meet } from "../models/address-facts.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { step } from "./trace.js";

export function raiseThrown(
  tabulation: Tabulation,
  pointsTo: PointsTo,
  entry: Entry,
  site: CallSite,
  { data, as }: Extract<Role, { kind: "throws" }>,
  names: readonly string[],
  fact: Fact,
  trace: Trace,
): void {
  const { node } = entry;
  for (const from of data) {
    const rest = meet(pointsTo, site, from, fact.base, fact.path, names);
    if (rest === null) continue;
    const note = step(node, site.instruction.at, { kind: "thrown" }, trace);
    const path = as === null ? rest : prepend([as], rest);
    tabulation.held.begins(path.components, fact.state.field);
    tabulation.raise(entry, node.blockOf[site.point] ?? 0, path, fact.state, note);
  }
}

/** Calls of `bind`. */
import type { CallSite, PointsTo } from "../points-to/points-to.js";

/** True if the call does nothing but bind. */
export function isBinding(pointsTo: PointsTo, site: CallSite): boolean {
  const { instruction } = site;
  if (instruction.kind !== "call") return false;
  const callees = pointsTo.valuesOf(site.caller, instruction.callee);
  for (const callee of callees) if (callee.kind !== "invoker" || callee.method !== "bind") return false;
  return callees.size > 0;
}

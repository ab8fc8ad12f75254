/** Whether a model holds in one run of a function: what it asks of the operands may be decided by the caller. */
import { noContext } from "./context.js";
import type { Entry } from "../tabulation/entry.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { conditionHolds } from "../models/select-models.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import { definitionOf } from "../paths/value-places.js";

/** A cipher's algorithm may be its caller's, and so may be the function of the library that is called. */
export function holdsInRun(
  { contexts }: Tabulation,
  pointsTo: PointsTo,
  { node, context }: Entry,
  site: CallSite,
  { model, names, callee }: ModelAt,
): boolean {
  if (context === noContext) return true;
  const { instruction } = site;
  if (instruction.kind === "call" && callee.site === null) {
    const isHandedIn = definitionOf(node, instruction.callee)?.kind === "parameter";
    if (isHandedIn && !contexts.mayBe(context, node, instruction.callee, callee)) return false;
  }
  if (model.when.length === 0) return true;
  const read = contexts.reader(context, node);
  return model.when.every((condition) => conditionHolds(pointsTo, site, condition, names, read));
}

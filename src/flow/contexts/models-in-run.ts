/** Whether a model holds in one run of a function: what it asks of the operands may be decided by the caller. */
import { noContext } from "./context.js";
import type { Entry } from "../tabulation/entry.js";
import type { ModelAt } from "../program/model-at.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { conditionHolds } from "../models/select-models.js";
import type { Tabulation } from "../tabulation/tabulation.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";

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
    if (
      isHandedIn(node, instruction.callee, callee.module === "global") &&
      !contexts.mayBe(context, node, instruction.callee, callee)
    )
      return false;
  }
  if (model.when.length === 0) return true;
  const read = contexts.reader(context, node);
  return model.when.every((condition) => conditionHolds(pointsTo, site, condition, names, read));
}

/** It is a parameter, a property of one (`cases.ok`), or stands in for one that is left out. */
function isHandedIn(node: FunctionNode, callee: ValueId, mayBeProperty: boolean): boolean {
  const definition = node.definitions[originOf(node, callee)];
  const values = definition?.kind === "phi" ? definition.phi.inputs.map(({ value }) => value) : [callee];
  return values.some((value) => {
    const made = definitionOf(node, value);
    const whole = made?.kind === "load" && mayBeProperty ? definitionOf(node, made.object) : made;
    return whole?.kind === "parameter";
  });
}

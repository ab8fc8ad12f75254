/** Properties that are copied from one object to another (`{ ...source }`, rest, `Object.assign`): of modules, what they export. */
import type { AbstractValue } from "./abstract-value.js";
import { linkNode } from "./member-constraints.js";
import type { PointsTo } from "./points-to.js";
import { allExports } from "../program/module-links.js";

export function copyProperties(
  pointsTo: PointsTo,
  from: AbstractValue,
  to: AbstractValue,
  excluded: ReadonlySet<string> = new Set(),
): void {
  if (from.kind !== "module") {
    pointsTo.copyFields(from, to);
    return;
  }
  for (const [name, links] of allExports(pointsTo, from.file)) {
    if (excluded.has(name)) continue;
    for (const link of links) pointsTo.graph.edge(linkNode(pointsTo, link), pointsTo.fieldNode(to, name));
  }
}

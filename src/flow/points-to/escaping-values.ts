/** Objects that someone outside may have: what an entry gives back, what is exported, what a package is given. */
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

export function escapingValues(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  const found = new Set<AbstractValue>();
  const add = (values: Iterable<AbstractValue>): void => {
    for (const value of values) {
      found.add(value);
      // A list or an object of them.
      if (value.kind === "object") for (const held of pointsTo.fieldNode(value, "*").values) found.add(held);
    }
  };
  for (const node of pointsTo.program.functions) {
    if (pointsTo.callersOf(node).length === 0 && pointsTo.callbacksOf(node).length === 0)
      for (const { end } of node.graph.blocks)
        if (end.kind === "return" && end.value !== null) add(pointsTo.valuesOf(node, end.value));
    addGiven(pointsTo, node, add);
    if (node.graph.kind === "module")
      for (const each of node.fileGraph.exports)
        if (each.kind === "cell") add(pointsTo.cellNode(node.file, each.cell).values);
  }
  return found;
}

function addGiven(
  pointsTo: PointsTo,
  node: FunctionNode,
  add: (values: Iterable<AbstractValue>) => void,
): void {
  node.code.forEach((instruction, point) => {
    if (instruction.kind !== "call") return;
    const site = pointsTo.findSite(node, point);
    if (site === undefined || site.foreign.size === 0) return;
    for (const { value } of instruction.arguments) add(pointsTo.valuesOf(node, value));
  });
}

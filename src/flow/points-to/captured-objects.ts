/** Functions that have an object with them: bound to it, or fields of it that are arrow functions. */
import type { ValueId } from "../../contracts/file-graph.js";
import { isBinding } from "../program/bind-calls.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { slotOf } from "../paths/slots.js";

/**
 * The slots of the function that a call or a read gives in which a value lies: `stock.add.bind(stock)` has it as
 * `^bound0`, `stock.add` as its `this`, where that is `add = (item) => this.items.push(item)`.
 */
export function slotsHolding(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  value: ValueId,
): readonly string[] {
  const instruction = node.code[point];
  if (instruction?.kind === "load")
    return instruction.object === value ? ownSlots(pointsTo, node, instruction.out) : [];
  const site = pointsTo.findSite(node, point);
  if (site?.instruction.kind !== "call" || !/\.bind$/u.test(site.instruction.name)) return [];
  if (!isBinding(pointsTo, site)) return [];
  return site.instruction.arguments.flatMap((argument, index) =>
    argument.value === value && !argument.spread ? [`^bound${String(index)}`] : [],
  );
}

function ownSlots(pointsTo: PointsTo, node: FunctionNode, read: ValueId): readonly string[] {
  const found = new Set<string>();
  for (const value of pointsTo.valuesOf(node, read)) {
    if (value.kind !== "function" || !value.function.graph.capturesThis) continue;
    const slot = value.function.graph.captures.findIndex(({ name }) => name === "this");
    if (slot !== -1) found.add(slotOf(value.function, slot));
  }
  return [...found];
}

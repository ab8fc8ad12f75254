/** The handlers that a call is given, in order; each place as whatever may stand in it. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../abstract-value.js";
import type { CallSite, PointsTo } from "../points-to.js";
import type { FunctionNode } from "../program.js";

export type Handler = readonly (FunctionNode | AbstractValue)[];

export function handlersOf(pointsTo: PointsTo, { caller, instruction }: CallSite): Handler[] {
  if (instruction.kind !== "call") return [];
  return instruction.arguments.flatMap(({ value }) => handlersIn(pointsTo, caller, value));
}

function handlersIn(pointsTo: PointsTo, node: FunctionNode, value: ValueId): Handler[] {
  const values = [...pointsTo.valuesOf(node, value)];
  const lists = values.filter((each) => each.kind === "object" && each.array);
  const single = values.filter((each) => !lists.includes(each)).flatMap((each) => handler(pointsTo, each));
  return [...lists.flatMap((list) => elementsOf(pointsTo, list)), ...(single.length > 0 ? [single] : [])];
}

/** The elements of a list in order; those whose place cannot be told last. */
function elementsOf(pointsTo: PointsTo, list: AbstractValue): Handler[] {
  const fields = [...pointsTo.fieldsOf(list)].filter(([name]) => /^(?:\d+|\[\])$/u.test(name));
  const rank = (name: string): number => (name === "[]" ? Infinity : Number(name));
  return fields
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([, node]) => [...node.values].flatMap((each) => handler(pointsTo, each)))
    .filter((each) => each.length > 0);
}

function handler(pointsTo: PointsTo, value: AbstractValue): Handler {
  if (value.kind === "function") return [value.function];
  if (value.kind === "bound") {
    const target = pointsTo.values.get(value.target);
    return target?.kind === "function" ? [target.function] : [];
  }
  return value.kind === "foreign" ? [value] : [];
}

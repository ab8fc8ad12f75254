/** Lists and sets that somebody changes after they were made. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import { isIndex } from "../paths/path-components.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

interface Changes {
  readonly changed: ReadonlySet<AbstractValue>;
  /** They hold what they held, elsewhere. */
  readonly reordered: ReadonlySet<AbstractValue>;
}

const changes = new WeakMap<PointsTo, Changes>();
const changing = /\.(?:add|push|unshift|splice|delete|clear|pop|shift|fill|set|copyWithin)$/u;
const reordering = /\.(?:sort|reverse)$/u;

/** Somebody changes it after it was made, or puts it in another order. */
export function isChangedLater(pointsTo: PointsTo, list: AbstractValue): boolean {
  const { changed, reordered } = changesIn(pointsTo);
  return changed.has(list) || reordered.has(list);
}

/** The constants among some values; null where there are none, or others beside them. */
export function constantsIn(values: ReadonlySet<AbstractValue>): readonly unknown[] | null {
  const constants = [...values].flatMap((each) => (each.kind === "constant" ? [each.value] : []));
  return constants.length === 0 || constants.length < values.size ? null : constants;
}

/** Something stands in the literal of which nothing is known. */
export function hasUnknownElement(pointsTo: PointsTo, list: AbstractValue): boolean {
  return [...pointsTo.fieldsOf(list)].some(([name, field]) => isIndex(name) && field.values.size === 0);
}

export function changesIn(pointsTo: PointsTo): Changes {
  const known = changes.get(pointsTo);
  if (known !== undefined) return known;
  const changed = new Set<AbstractValue>();
  const reordered = new Set<AbstractValue>();
  for (const node of pointsTo.program.functions)
    for (const instruction of node.code) {
      const object = changedBy(pointsTo, node, instruction);
      if (object !== null) for (const value of pointsTo.valuesOf(node, object)) changed.add(value);
      if (instruction.kind !== "call" || instruction.receiver === null) continue;
      if (reordering.test(instruction.name))
        for (const value of pointsTo.valuesOf(node, instruction.receiver)) reordered.add(value);
    }
  const found = { changed, reordered };
  changes.set(pointsTo, found);
  return found;
}

function changedBy(pointsTo: PointsTo, node: FunctionNode, instruction: Instruction): ValueId | null {
  switch (instruction.kind) {
    case "call":
      return changing.test(instruction.name) ? instruction.receiver : null;
    case "store":
      return instruction.initial ? null : instruction.object;
    case "append-elements":
      return givesConstants(pointsTo, node, instruction.source) ? null : instruction.target;
    default:
      return null;
  }
}

/** `[...known, "more"]` holds what `known` does. */
function givesConstants(pointsTo: PointsTo, node: FunctionNode, source: ValueId): boolean {
  const lists = [...pointsTo.valuesOf(node, source)];
  return (
    lists.length > 0 &&
    lists.every(
      (list) =>
        list.kind === "object" &&
        list.array &&
        !hasUnknownElement(pointsTo, list) &&
        constantsIn(pointsTo.fieldNode(list, "*").values) !== null,
    )
  );
}

/** How long a list is that is spread over the arguments of a call or read from its end, where that is certain. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { isIndex, positionOf } from "../paths/path-components.js";
import { isChosenLater, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { lengthBefore, readingMethods } from "./list-lengths.js";

/** Null where it cannot be told. */
export function spreadLength(
  pointsTo: PointsTo,
  { caller, point }: Pick<CallSite, "caller" | "point">,
  value: ValueId,
): number | null {
  return (
    lengthBefore(caller, point, value) ??
    restLength(pointsTo, caller, value) ??
    madeLength(pointsTo, caller, value)
  );
}

/** How long the list is before the instruction at a point: one that is written out, or gathers what all calls hand over. */
export function lengthAt(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  value: ValueId,
): number | null {
  return lengthBefore(node, point, value) ?? restLength(pointsTo, node, value);
}

/** A function of the program gives a list back that it has written out: `[pupil.name, pupil.phone]`. */
function madeLength(pointsTo: PointsTo, node: FunctionNode, value: ValueId): number | null {
  const list = originOf(node, value);
  const definition = node.definitions[list];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return null;
  const site = pointsTo.findSite(node, definition.point);
  if (site === undefined || site.foreign.size > 0 || !isLeftAlone(node, list)) return null;
  const lengths = [...site.edges.values()].flatMap(({ callee, shape }) =>
    shape !== "call" || callee.graph.async || callee.graph.generator
      ? [null]
      : callee.graph.blocks.flatMap(({ end }) =>
          end.kind === "return" ? [end.value === null ? null : writtenLength(callee, end.value)] : [],
        ),
  );
  const [first = null, ...others] = lengths;
  return others.every((each) => each === first) ? first : null;
}

/** Of a literal that is only returned. */
function writtenLength(node: FunctionNode, value: ValueId): number | null {
  const list = originOf(node, value);
  const definition = node.definitions[list];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "array") return null;
  const names = new Set([list]);
  let length = 0;
  for (const name of names) {
    if (isChosenLater(node, name)) return null;
    for (const point of node.uses[name] ?? []) {
      const use = node.code[point];
      if (use?.kind === "declare" || use?.kind === "cast") names.add(use.out);
      else if (use?.kind !== "store" || use.object !== name || !use.initial) return null;
      else if (use.property.kind !== "name" || !isIndex(use.property.name)) return null;
      else length = Math.max(length, positionOf(use.property.name) + 1);
    }
  }
  return length;
}

/** A function gathers what a call hands over, as many with each call, if it leaves the list as it is. */
function restLength(pointsTo: PointsTo, node: FunctionNode, value: ValueId): number | null {
  const list = originOf(node, value);
  const definition = node.definitions[list];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  if (instruction.kind !== "parameter") return null;
  const { index } = instruction;
  if (node.graph.parameters[index]?.rest !== true || !isLeftAlone(node, list)) return null;
  if (pointsTo.callbacksOf(node).length > 0) return null;
  const lengths = pointsTo
    .callersOf(node)
    .map(({ site, shape }) =>
      shape !== "call" ||
      site.instruction.kind !== "call" ||
      site.instruction.arguments.some(({ spread }) => spread)
        ? null
        : Math.max(0, site.instruction.arguments.length - index),
    );
  const [first = null, ...others] = lengths;
  return others.every((each) => each === first) ? first : null;
}

/** The list is nothing but spread and read, under whatever names. */
function isLeftAlone(node: FunctionNode, list: ValueId): boolean {
  const names = new Set([list]);
  for (const name of names) {
    if (isChosenLater(node, name)) return false;
    for (const point of node.uses[name] ?? []) {
      const use = node.code[point];
      if (use?.kind === "declare" || use?.kind === "cast") names.add(use.out);
      else if (use?.kind === "load" && use.object === name) continue;
      else if (use?.kind !== "call") return false;
      else if (use.receiver === name && !readingMethods.has(methodOf(use))) return false;
      else if (use.arguments.some((each) => each.value === name && !each.spread)) return false;
    }
  }
  return true;
}

function methodOf({ name }: InstructionOf<"call">): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/**
 * Between how many elements a list has at least and at most that is spread over the arguments of a call: one that is
 * written out or gathers what calls hand over, wherever it is handed on to be spread or read, and never changed.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { isIndex, positionOf } from "../paths/path-components.js";
import { isChosenLater, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { capturedFrom } from "../program/captured-from.js";
import type { FunctionNode } from "../program/program.js";
import { readingMethods } from "./list-lengths.js";
import { spreadLength } from "./spread-lengths.js";

type SpreadAt = Pick<CallSite, "caller" | "point">;

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

const unbounded: Bounds = { least: 0, most: Infinity };
/** From one function to the next, by captures and parameters. */
const farthest = 4;

export function boundsOf(pointsTo: PointsTo, site: SpreadAt, value: ValueId): Bounds {
  const length = spreadLength(pointsTo, site, value);
  if (length !== null) return { least: length, most: length };
  return boundsIn(pointsTo, site.caller, value, 0);
}

/** How many elements of a list that is written out come before those of a point; null where it spreads others before. */
export function writtenBefore(
  pointsTo: PointsTo,
  caller: FunctionNode,
  point: number,
  list: ValueId,
): number | null {
  let length = 0;
  for (const each of caller.uses[list] ?? []) {
    const other = caller.code[each];
    if (each >= point || other === undefined) continue;
    if (other.kind === "append-elements" && other.target === list) {
      const { least, most } = boundsOf(pointsTo, { caller, point: each }, other.source);
      if (least !== most) return null;
      length += least;
    } else if (other.kind === "store" && other.object === list && other.initial)
      length =
        other.property.kind === "name" && isIndex(other.property.name)
          ? Math.max(length, positionOf(other.property.name) + 1)
          : length + 1;
  }
  return length;
}

function boundsIn(pointsTo: PointsTo, node: FunctionNode, value: ValueId, hops: number): Bounds {
  const list = originOf(node, value);
  const definition = node.definitions[list];
  if (definition?.kind !== "instruction" || hops > farthest) return unbounded;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "capture": {
      const held = capturedFrom(pointsTo, node, instruction.slot);
      return held === null ? unbounded : boundsIn(pointsTo, held.node, held.value, hops + 1);
    }
    case "parameter":
      return givenBounds(pointsTo, node, instruction, hops);
    case "array":
      return writtenBounds(pointsTo, node, list);
    default:
      return unbounded;
  }
}

function writtenBounds(pointsTo: PointsTo, node: FunctionNode, list: ValueId): Bounds {
  const length = steadyLength(pointsTo, node, list, 0);
  return length === null ? unbounded : { least: length, most: length };
}

/** What all calls hand over: as many as each gives for a rest, or lists of their own. */
function givenBounds(
  pointsTo: PointsTo,
  node: FunctionNode,
  { index, out }: InstructionOf<"parameter">,
  hops: number,
): Bounds {
  const callers = pointsTo.callersOf(node);
  const isRest = node.graph.parameters[index]?.rest === true;
  if (callers.length === 0 || pointsTo.callbacksOf(node).length > 0) return unbounded;
  if (isRest && steadyLength(pointsTo, node, out, 0) === null) return unbounded;
  let least = Infinity;
  let most = 0;
  for (const { site, shape } of callers) {
    const given = site.instruction.kind === "call" ? site.instruction.arguments : [];
    if ((shape !== "call" && shape !== "construct") || given.some(({ spread }) => spread)) return unbounded;
    const count = Math.max(0, given.length - index);
    const argument = given[index];
    const each = isRest
      ? { least: count, most: count }
      : argument === undefined
        ? unbounded
        : boundsIn(pointsTo, site.caller, argument.value, hops + 1);
    least = Math.min(least, each.least);
    most = Math.max(most, each.most);
  }
  return { least, most };
}

/** How many elements are written into the list where it is made; null where it may change afterwards, under any name. */
function steadyLength(pointsTo: PointsTo, node: FunctionNode, list: ValueId, hops: number): number | null {
  const names = new Set([list]);
  let length = 0;
  for (const name of names) {
    if (hops > farthest || isChosenLater(node, name)) return null;
    for (const point of node.uses[name] ?? []) {
      const use = node.code[point];
      if (use?.kind === "declare" || use?.kind === "cast") names.add(use.out);
      else if (use?.kind === "store" && use.object === name && use.value !== name && use.initial) {
        if (use.property.kind !== "name" || !isIndex(use.property.name)) return null;
        length = Math.max(length, positionOf(use.property.name) + 1);
      } else if (use?.kind === "function") {
        if (!isSteadyIn(pointsTo, node, use, name, hops)) return null;
      } else if (use?.kind === "call") {
        if (!isOnlyRead(pointsTo, node, point, name, hops)) return null;
      } else if (
        !(use?.kind === "append-elements" ? use.source === name : use?.kind === "load" && use.object === name)
      )
        return null;
    }
  }
  return length;
}

/** A closure that holds the list leaves it as it is. */
function isSteadyIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  { function: id, captures }: InstructionOf<"function">,
  name: ValueId,
  hops: number,
): boolean {
  const inner = pointsTo.program.functionIn(node, id);
  return (
    inner !== undefined &&
    captures.every(
      (captured, slot) =>
        captured !== name ||
        (inner.graph.captures[slot]?.mode === "value" &&
          inner.code.every(
            (each) =>
              each.kind !== "capture" ||
              each.slot !== slot ||
              steadyLength(pointsTo, inner, each.out, hops + 1) !== null,
          )),
    )
  );
}

/** A call that spreads the list, reads of it, or hands it to functions that do no more. */
function isOnlyRead(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  name: ValueId,
  hops: number,
): boolean {
  const call = node.code[point];
  if (call?.kind !== "call" || call.callee === name) return false;
  if (call.receiver === name) {
    const method = call.name.slice(call.name.lastIndexOf(".") + 1);
    if (!readingMethods.has(method)) return false;
  }
  const handed = call.arguments.flatMap((each, index) =>
    each.value === name && !each.spread ? [index] : [],
  );
  if (handed.length === 0) return true;
  const site = pointsTo.findSite(node, point);
  if (site === undefined || site.foreign.size > 0 || call.arguments.some(({ spread }) => spread))
    return false;
  const edges = [...site.edges.values()];
  return (
    edges.length > 0 &&
    edges.every(
      ({ callee, shape }) =>
        shape === "call" && handed.every((index) => leavesParameter(pointsTo, callee, index, hops)),
    )
  );
}

function leavesParameter(pointsTo: PointsTo, callee: FunctionNode, index: number, hops: number): boolean {
  return (
    callee.graph.parameters[index]?.rest === false &&
    callee.code.every(
      (each) =>
        each.kind !== "arguments" &&
        (each.kind !== "parameter" ||
          each.index !== index ||
          steadyLength(pointsTo, callee, each.out, hops + 1) !== null),
    )
  );
}

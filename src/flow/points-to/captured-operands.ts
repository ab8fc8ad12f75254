/**
 * What a caller hands over twice: an object, and a function that has captured it (`screen.during(name, () =>
 * print(screen.title))`). Where the callee calls the function, what it has written into the object is in the variable
 * of the function, and the other way round.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Link } from "../tabulation/bindings.js";
import { closure, incoming, receiver } from "../tabulation/fact.js";
import type { Base } from "../tabulation/fact.js";
import { operandValues } from "../models/operand-values.js";
import type { AbstractValue } from "./abstract-value.js";
import type { CallEdge, PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { slotNumber, slotOf } from "../paths/slots.js";
import { definitionOf, originOf } from "../paths/value-places.js";

/** An operand of the callee, and the way to it below the variables of the function. */
interface Twin {
  readonly operand: Base;
  readonly way: readonly string[];
}

const none: readonly Link[] = [];
const mostCallers = 8;
const longestWay = 2;

const known = new WeakMap<CallEdge, readonly Link[]>();

/** From values of a function that is handed a closure to the variables of the closure that it calls. */
export function linksToCaptured(pointsTo: PointsTo, edge: CallEdge): readonly Link[] {
  let links = known.get(edge);
  if (links === undefined) known.set(edge, (links = findLinks(pointsTo, edge)));
  return links;
}

/** The values that are handed over twice, where a function that is handed in is called. */
export function handedTwice(pointsTo: PointsTo, node: FunctionNode, point: number): readonly Base[] {
  const site = pointsTo.findSite(node, point);
  if (site === undefined) return [];
  return [...site.edges.values()].flatMap((edge) => linksToCaptured(pointsTo, edge).map(({ from }) => from));
}

/**
 * What lies in a variable of a closure that is handed in comes in by another operand, too, which is told what the
 * callee does to it; and the callee does nothing else with the closure than call it.
 */
export function comesByAnother(
  pointsTo: PointsTo,
  callee: FunctionNode,
  index: number,
  components: readonly string[],
): boolean {
  const [slot] = components;
  if (slot?.startsWith("^") !== true) return false;
  let ways = otherWays.get(callee);
  if (ways === undefined) otherWays.set(callee, (ways = new Map<string, readonly (readonly string[])[]>()));
  const key = `${String(index)}${slot}`;
  let found = ways.get(key);
  if (found === undefined) {
    const handed = isOnlyCalled(callee, index)
      ? [...pointsTo.parameterNode(callee, index).values].flatMap((value) =>
          value.kind === "function" && slotOf(value.function, slotNumber(slot)) === slot
            ? [value.function]
            : [],
        )
      : [];
    found = handed.flatMap((each) => twinsOf(pointsTo, callee, index, each).map(({ way }) => way));
    ways.set(key, found);
  }
  return found.some((way) => way.every((component, at) => component === components[at]));
}

const otherWays = new WeakMap<FunctionNode, Map<string, readonly (readonly string[])[]>>();

function isOnlyCalled(node: FunctionNode, index: number): boolean {
  return operandValues(node, incoming(index)).every((value) => isUsedAsCallee(node, value, 0));
}

function isUsedAsCallee(node: FunctionNode, value: ValueId, depth: number): boolean {
  const isPhi = node.graph.blocks.some(({ phis, end }) =>
    end.kind === "return" && end.value === value
      ? true
      : phis.some(({ inputs }) => inputs.some((input) => input.value === value)),
  );
  if (isPhi || depth > 3) return false;
  return (node.uses[value] ?? []).every((point) => {
    const use = node.code[point];
    if (use?.kind === "declare" || use?.kind === "cast") return isUsedAsCallee(node, use.out, depth + 1);
    if (use?.kind !== "call" || use.callee !== value) return false;
    return !use.new && use.arguments.every((argument) => argument.value !== value);
  });
}

function findLinks(pointsTo: PointsTo, edge: CallEdge): readonly Link[] {
  const { instruction, caller } = edge.site;
  if (instruction.kind !== "call" || !/^(?:call|bound)$/u.test(edge.shape)) return none;
  if (edge.callee.graph.captures.length === 0) return none;
  const called = definitionOf(caller, instruction.callee);
  if (called?.kind !== "parameter") return none;
  const twins = twinsOf(pointsTo, caller, called.index, edge.callee);
  return twins.flatMap(({ operand, way }) =>
    operandValues(caller, operand).map((from): Link => ({
      from,
      prefix: [],
      to: closure,
      add: way,
      isTwin: true,
    })),
  );
}

/** What all calls that hand in the closure hand over beside it. */
function twinsOf(
  pointsTo: PointsTo,
  callee: FunctionNode,
  parameter: number,
  handed: FunctionNode,
): readonly Twin[] {
  const callers = pointsTo.callersOf(callee);
  if (callers.length > mostCallers) return [];
  const lists: (readonly Twin[])[] = [];
  for (const { site, shape } of callers) {
    const { instruction, caller } = site;
    const argument = instruction.kind === "call" ? instruction.arguments[parameter] : undefined;
    if (instruction.kind !== "call" || argument === undefined) continue;
    const values = pointsTo.valuesOf(caller, argument.value);
    const isHanded = (value: AbstractValue): boolean =>
      functionOf(pointsTo, value)?.closureIndex === handed.closureIndex;
    if (![...values].some(isHanded)) continue;
    if (shape !== "call" || instruction.arguments.some(({ spread }) => spread)) return [];
    const operands: (readonly [Base, ValueId])[] = instruction.arguments.map(({ value }, index) => [
      incoming(index),
      value,
    ]);
    if (instruction.receiver !== null) operands.push([receiver, instruction.receiver]);
    lists.push(twinsAt(pointsTo, caller, argument.value, handed, operands));
  }
  const [first = [], ...others] = lists;
  return first.filter((twin) => others.every((list) => list.some((each) => isSame(each, twin))));
}

/** Also of what is bound: `dispatch.bind(null, at + 1)`. */
function functionOf(pointsTo: PointsTo, value: AbstractValue): FunctionNode | null {
  if (value.kind === "function") return value.function;
  const target = value.kind === "bound" ? pointsTo.values.get(value.target) : undefined;
  return target === undefined ? null : functionOf(pointsTo, target);
}

function isSame(one: Twin, other: Twin): boolean {
  return one.operand === other.operand && one.way.join() === other.way.join();
}

function twinsAt(
  pointsTo: PointsTo,
  node: FunctionNode,
  argument: ValueId,
  handed: FunctionNode,
  operands: readonly (readonly [Base, ValueId])[],
): readonly Twin[] {
  const made = definitionOf(node, argument);
  const isMadeHere = made?.kind === "function" && made.function === handed.graph.id;
  if (!isMadeHere && handed.slotKey !== node.slotKey) return [];
  return operands.flatMap(([operand, value]): Twin[] => {
    if (value === argument) return [];
    const ways = isMadeHere
      ? made.captures.flatMap((captured, slot) => {
          const way = wayFrom(pointsTo, node, captured, value);
          return way === null ? [] : [[slotOf(handed, slot), ...way]];
        })
      : [wayBelow(node, value)].filter((way) => way !== null);
    return ways.map((way) => ({ operand, way }));
  });
}

/** How a value is reached from a captured variable: as it is, in its box, as a property of it, or as its own variable. */
function wayFrom(
  pointsTo: PointsTo,
  node: FunctionNode,
  captured: ValueId,
  value: ValueId,
): readonly string[] | null {
  const names: string[] = [];
  for (let current = originOf(node, value); ;) {
    if (isSameObject(node, current, captured)) return names;
    const definition = definitionOf(node, current);
    if (definition?.kind === "box-read" && definition.box === captured) return ["<box>", ...names];
    if (definition?.kind !== "load" || definition.property.kind !== "name" || names.length >= longestWay)
      break;
    names.unshift(definition.property.name);
    current = originOf(node, definition.object);
  }
  const own = wayBelow(node, value);
  const toItself = own === null ? null : wayToItself(pointsTo, node, captured);
  return own === null || toItself === null ? null : [...toItself, ...own];
}

/** How a value is reached from the closure of the function itself: `const run = (at) => steps[at](work, () => run(at + 1))`. */
function wayBelow(node: FunctionNode, value: ValueId): readonly string[] | null {
  const names: string[] = [];
  for (let current = originOf(node, value); ;) {
    const definition = definitionOf(node, current);
    if (definition?.kind === "capture") return [slotOf(node, definition.slot), ...names];
    if (names.length >= longestWay) return null;
    if (definition?.kind === "box-read") {
      names.unshift("<box>");
      current = definition.box;
    } else if (definition?.kind === "load" && definition.property.kind === "name") {
      names.unshift(definition.property.name);
      current = originOf(node, definition.object);
    } else return null;
  }
}

/** A variable that holds the function in which it is captured. */
function wayToItself(pointsTo: PointsTo, node: FunctionNode, captured: ValueId): readonly string[] | null {
  const isItself = (each: AbstractValue): boolean =>
    each.kind === "function" && each.function.slotKey === node.slotKey;
  if (definitionOf(node, captured)?.kind !== "capture") return null;
  const values = [...pointsTo.valuesOf(node, captured)];
  if (values.some(isItself)) return [];
  return values.some((value) => [...pointsTo.fieldNode(value, "<box>").values].some(isItself))
    ? ["<box>"]
    : null;
}

function isSameObject(node: FunctionNode, one: ValueId, other: ValueId): boolean {
  const origin = originOf(node, other);
  return (
    one === origin ||
    (definitionOf(node, one)?.kind === "this" && definitionOf(node, origin)?.kind === "this")
  );
}

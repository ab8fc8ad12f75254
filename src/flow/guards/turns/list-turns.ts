/**
 * Functions of a list that are run one after the other: `for (const step of steps) await step()`. What stands behind
 * one from which no round goes on past no guard is only run behind that guard.
 */
import type { BlockId, Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { dominatorsOf } from "../ages/dominators.js";
import { anyOutcome, at } from "../evidence/outcome.js";
import type { Outcome } from "../evidence/outcome.js";
import { listsAt } from "../handlers/handler-lists.js";
import { listLoopsOf } from "../list-loops.js";
import type { ConsentQuestion } from "../consent-question.js";
import type { OpenWaysTools } from "../ways.js";

/** Ways through functions, as the open ways tell of them. */
export interface TurnWays {
  readonly tools: Pick<OpenWaysTools, "pointsTo">;
  readonly question: Pick<ConsentQuestion, "facts">;
  isNearGuard(node: FunctionNode): boolean;
  mayReturn(node: FunctionNode, outcome: Outcome, isAwaited: boolean): boolean;
  leads(node: FunctionNode, from: BlockId, to: BlockId): boolean;
  /** The same where a call, of the functions that it may go to, goes to that one. */
  choosing(node: FunctionNode, called: ValueId, chosen: FunctionNode): TurnWays;
}

/** Where functions of a list, or those under a path of its elements, are taken. */
interface Taken {
  readonly node: FunctionNode;
  readonly point: number;
  readonly list: ValueId;
  readonly path: readonly string[];
}

/** And have their turns. */
interface Turns extends Taken {
  /** The function that calls them, and what it calls. */
  readonly caller: FunctionNode;
  readonly called: ValueId;
  /** May the next one's turn come past no guard, in what is known of the one whose turn it is? */
  goesOn(open: TurnWays): boolean;
}

/** What may stand in each place of a list. */
type Places = readonly (readonly FunctionNode[])[];

/** Of an element, the parts of parts that are called. */
const deepest = 3;

const known = new WeakMap<FunctionNode, Map<number, readonly Turns[]>>();
/** By what is taken where in a function: `point:list.path`. */
const knownPlaces = new WeakMap<FunctionNode, Map<string, readonly Places[]>>();

/** How a function comes out that a method of lists is given, where the method goes on to the next element. */
const goingOn: ReadonlyMap<string, Outcome> = new Map([
  ["forEach", anyOutcome],
  ["map", anyOutcome],
  ["flatMap", anyOutcome],
  ["every", at([], { kind: "truthy" })],
  ["some", at([], { kind: "falsy" })],
  ["find", at([], { kind: "falsy" })],
  ["findIndex", at([], { kind: "falsy" })],
]);

/** Is the function, where this calls it, always behind an earlier one of its list that asks? */
export function isBehindEarlierTurn(callee: FunctionNode, site: CallSite, open: TurnWays): boolean {
  const { pointsTo } = open.tools;
  const { instruction } = site;
  if (instruction.kind !== "call" || instruction.new || site.edges.size < 2) return false;
  const turns = turnsAt(pointsTo, site, instruction.callee);
  return (
    turns.length > 0 &&
    turns.every((each) => {
      const before = placesOf(pointsTo, each).flatMap((places) => {
        const own = places.findIndex((functions) => functions.includes(callee));
        return own === -1 ? [] : [places.slice(0, own)];
      });
      return haveAsking(before, (asked) => isClosing(each, asked, open));
    })
  );
}

/** Has a function of the list asked, whatever list it is, once the loop at a position has gone through it? */
export function isAskedInTurn(node: FunctionNode, position: number, open: TurnWays): boolean {
  const { pointsTo } = open.tools;
  return turnsOfLoop(node, position).some(
    (turns) =>
      open.question.facts?.functionOf?.(node, turns.called) == null &&
      haveAsking(placesOf(pointsTo, turns), (asked) => isClosing(turns, asked, open)),
  );
}

/** The same of a method that calls its function for each: `checks.every((check) => check(child))`. */
export function isAskedByMethod(
  pointsTo: PointsTo,
  { caller, point, instruction }: CallSite,
  callback: FunctionNode,
  asks: (called: ValueId, asked: FunctionNode) => boolean,
): boolean {
  const list = instruction.kind === "call" ? instruction.receiver : null;
  if (list === null) return false;
  return callback.code.some((each) => {
    if (each.kind !== "call" || each.new) return false;
    const { element, path } = elementCalled(callback, each.callee);
    if (element?.kind !== "parameter" || element.index !== 0) return false;
    return haveAsking(placesOf(pointsTo, { node: caller, point, list, path }), (asked) =>
      asks(each.callee, asked),
    );
  });
}

function isClosing(turns: Turns, asked: FunctionNode, open: TurnWays): boolean {
  return open.isNearGuard(asked) && !turns.goesOn(open.choosing(turns.caller, turns.called, asked));
}

/** Lists of places, and what may stand in each: has each list one at which whatever stands there asks? */
function haveAsking(lists: readonly Places[], asks: (asked: FunctionNode) => boolean): boolean {
  return lists.length > 0 && lists.every((list) => list.some((some) => some.length > 0 && some.every(asks)));
}

function placesOf(pointsTo: PointsTo, taken: Taken): readonly Places[] {
  let inFunction = knownPlaces.get(taken.node);
  if (inFunction === undefined)
    knownPlaces.set(taken.node, (inFunction = new Map<string, readonly Places[]>()));
  const key = `${String(taken.point)}:${[String(taken.list), ...taken.path].join(".")}`;
  let found = inFunction.get(key);
  if (found === undefined) {
    found = listsAt(pointsTo, taken, taken.list, []).map((list) =>
      list.map(({ values }) => functionsUnder(pointsTo, values, taken.path)),
    );
    inFunction.set(key, found);
  }
  return found;
}

/** Nothing where something else than functions may stand there. */
function functionsUnder(
  pointsTo: PointsTo,
  values: readonly AbstractValue[],
  path: readonly string[],
): readonly FunctionNode[] {
  let found = values;
  for (const name of path) found = found.flatMap((value) => [...pointsTo.fieldNode(value, name).values]);
  const functions = found.flatMap((value) => (value.kind === "function" ? [value.function] : []));
  return functions.length === found.length ? functions : [];
}

/** The element that a function is, or is a part of under a path. */
function elementCalled(
  node: FunctionNode,
  called: ValueId,
): { readonly element: Instruction | null; readonly path: readonly string[] } {
  const path: string[] = [];
  let element = definitionOf(node, called);
  while (element?.kind === "load" && element.property.kind === "name" && path.length < deepest) {
    path.unshift(element.property.name);
    element = definitionOf(node, element.object);
  }
  return { element, path };
}

function turnsAt(pointsTo: PointsTo, { caller, point }: CallSite, called: ValueId): readonly Turns[] {
  const { element, path } = elementCalled(caller, called);
  if (element?.kind === "parameter")
    return element.index === 0 ? inMethod(pointsTo, caller, called, path) : [];
  const passed = dominatorsOf(caller)[caller.blockOf[point] ?? 0] ?? [];
  return [...passed].flatMap((position) =>
    turnsOfLoop(caller, position).filter((turns) => turns.called === called),
  );
}

/** What a loop calls of the elements that it goes through: `for (const step of steps) await step()`. */
function turnsOfLoop(node: FunctionNode, position: number): readonly Turns[] {
  const loop = listLoopsOf(node).get(position);
  const head = node.graph.blocks[position]?.id;
  if (loop === undefined || head === undefined) return [];
  let ofNode = known.get(node);
  if (ofNode === undefined) known.set(node, (ofNode = new Map<number, readonly Turns[]>()));
  let found = ofNode.get(position);
  if (found === undefined) {
    const goesOn = (open: TurnWays): boolean =>
      loop.backs.some((back) => open.leads(node, node.graph.blocks[back]?.id ?? -1, head));
    found = node.code.flatMap((each, point): Turns[] => {
      if (each.kind !== "call" || each.new) return [];
      const { element, path } = elementCalled(node, each.callee);
      const isElement =
        (element?.kind === "iterate" && element.mode !== "in") ||
        (element?.kind === "load" && element.property.kind === "computed");
      return isElement && originOf(node, element.object) === loop.list
        ? [{ node, point, list: loop.list, path, caller: node, called: each.callee, goesOn }]
        : [];
    });
    ofNode.set(position, found);
  }
  return found;
}

/** `steps.every((step) => step(child))` */
function inMethod(
  pointsTo: PointsTo,
  node: FunctionNode,
  called: ValueId,
  path: readonly string[],
): readonly Turns[] {
  const edges = pointsTo.callbacksOf(node);
  if (node.graph.async || node.graph.generator || pointsTo.callersOf(node).length > 0) return [];
  const turns = edges.flatMap(({ site, address }): Turns[] => {
    const { instruction, caller, point } = site;
    if (instruction.kind !== "call" || instruction.receiver === null || address !== "arg0") return [];
    const outcome = goingOn.get(instruction.name.slice(instruction.name.lastIndexOf(".") + 1));
    if (outcome === undefined) return [];
    const goesOn = (open: TurnWays): boolean => open.mayReturn(node, outcome, false);
    return [{ node: caller, point, list: instruction.receiver, path, caller: node, called, goesOn }];
  });
  return turns.length === edges.length ? turns : [];
}

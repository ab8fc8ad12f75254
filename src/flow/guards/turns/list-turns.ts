/**
 * Functions of a list that are run one after the other: `for (const step of steps) await step()`. What stands behind
 * one from which no round goes on past no guard is only run behind that guard.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../abstract-value.js";
import type { CallSite, PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";
import { definitionOf, originOf } from "../../value-places.js";
import { dominatorsOf } from "../ages/dominators.js";
import { anyOutcome, at } from "../evidence/outcome.js";
import type { Outcome } from "../evidence/outcome.js";
import { listsAt } from "../handlers/handler-lists.js";
import { listLoopsOf } from "../list-loops.js";
import type { OpenWays } from "../open-ways.js";
import { ChosenFunction } from "./chosen-function.js";

/** Where the functions of a list, or those under a path of its elements, have their turns. */
interface Turns {
  readonly node: FunctionNode;
  readonly point: number;
  readonly list: ValueId;
  readonly path: readonly string[];
  /** May the next one's turn come past no guard, in what is known of the one whose turn it is? */
  goesOn(open: OpenWays): boolean;
}

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
export function isBehindEarlierTurn(callee: FunctionNode, site: CallSite, open: OpenWays): boolean {
  const { pointsTo } = open.tools;
  const { caller, instruction } = site;
  if (instruction.kind !== "call" || instruction.new || site.edges.size < 2) return false;
  const called = instruction.callee;
  const turns = turnsAt(pointsTo, site, called);
  const isClosing = (each: Turns, function_: FunctionNode): boolean =>
    open.isNearGuard(function_) &&
    !each.goesOn(open.given(new ChosenFunction(caller, called, function_, open.question.facts ?? null)));
  return (
    turns.length > 0 &&
    turns.every((each) => {
      const before = turnsBefore(pointsTo, callee, each);
      return (
        before.length > 0 &&
        before.every((list) =>
          list.some((some) => some.length > 0 && some.every((one) => isClosing(each, one))),
        )
      );
    })
  );
}

/** What stands before the function in each of the lists that it stands in, place by place. */
function turnsBefore(
  pointsTo: PointsTo,
  callee: FunctionNode,
  turns: Turns,
): readonly (readonly (readonly FunctionNode[])[])[] {
  return listsAt(pointsTo, turns, turns.list, []).flatMap((list) => {
    const places = list.map(({ values }) => functionsUnder(pointsTo, values, turns.path));
    const own = places.findIndex((functions) => functions.includes(callee));
    return own === -1 ? [] : [places.slice(0, own)];
  });
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

function turnsAt(pointsTo: PointsTo, { caller, point }: CallSite, called: ValueId): readonly Turns[] {
  const path: string[] = [];
  let element = definitionOf(caller, called);
  while (element?.kind === "load" && element.property.kind === "name" && path.length < 3) {
    path.unshift(element.property.name);
    element = definitionOf(caller, element.object);
  }
  switch (element?.kind) {
    case "iterate":
      return element.mode === "in" ? [] : inLoop(caller, point, element.object, path);
    case "load":
      return element.property.kind === "computed" ? inLoop(caller, point, element.object, path) : [];
    case "parameter":
      return element.index === 0 ? inMethod(pointsTo, caller, path) : [];
    default:
      return [];
  }
}

/** `for (const step of steps)`, `for (let at = 0; at < steps.length; at++)` */
function inLoop(node: FunctionNode, point: number, list: ValueId, path: readonly string[]): Turns[] {
  const passed = dominatorsOf(node)[node.blockOf[point] ?? 0];
  return [...listLoopsOf(node)].flatMap(([position, loop]): Turns[] => {
    const head = node.graph.blocks[position]?.id;
    if (head === undefined || loop.list !== originOf(node, list) || passed?.has(position) !== true) return [];
    const goesOn = (open: OpenWays): boolean =>
      loop.backs.some((back) => open.leads(node, node.graph.blocks[back]?.id ?? -1, head));
    return [{ node, point, list, path, goesOn }];
  });
}

/** `steps.every((step) => step(child))` */
function inMethod(pointsTo: PointsTo, node: FunctionNode, path: readonly string[]): readonly Turns[] {
  const edges = pointsTo.callbacksOf(node);
  if (node.graph.async || node.graph.generator || pointsTo.callersOf(node).length > 0) return [];
  const turns = edges.flatMap(({ site, address }): Turns[] => {
    const { instruction, caller, point } = site;
    if (instruction.kind !== "call" || instruction.receiver === null || address !== "arg0") return [];
    const outcome = goingOn.get(instruction.name.slice(instruction.name.lastIndexOf(".") + 1));
    if (outcome === undefined) return [];
    const goesOn = (open: OpenWays): boolean => open.mayReturn(node, outcome, false);
    return [{ node: caller, point, list: instruction.receiver, path, goesOn }];
  });
  return turns.length === edges.length ? turns : [];
}

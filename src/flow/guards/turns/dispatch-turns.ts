/**
 * Functions of a list that run each other: the one whose turn it is is given a function by which it calls the next,
 * `layers[at](context, () => dispatch(at + 1))`. What stands behind the first is only run by the one before it.
 */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf, originOf } from "../../paths/value-places.js";
import { dominatorsOf } from "../ages/dominators.js";
import { listsAt } from "../handlers/handler-lists.js";

/** Where a function's turn comes. */
export interface DispatchTurn {
  /** Those that stand before it in the lists that it stands in. */
  readonly before: ReadonlySet<FunctionNode>;
  /** It is the first one of some list. */
  readonly isFirst: boolean;
  /** What the functions of the lists are given to go on. */
  readonly next: ReadonlySet<FunctionNode>;
  readonly all: ReadonlySet<FunctionNode>;
}

/** Null: it is no call in which functions have their turns. */
export function dispatchTurn(pointsTo: PointsTo, callee: FunctionNode, site: CallSite): DispatchTurn | null {
  const { caller, point, instruction } = site;
  if (instruction.kind !== "call" || instruction.new) return null;
  const own = elementOf(caller, instruction.callee);
  const dispatch = own === null ? dispatchBefore(pointsTo, site) : { element: own, call: instruction };
  if (dispatch === null) return null;
  const next = functionsGoingOn(pointsTo, caller, dispatch.call);
  if (next.size === 0) return null;
  const lists = listsAt(pointsTo, { node: caller, point }, dispatch.element.object, []);
  const before = new Set<FunctionNode>();
  const all = new Set<FunctionNode>();
  let isFirst = false;
  let isKnown = lists.length > 0;
  for (const list of lists) {
    const places = list.map(({ values }) =>
      values.flatMap((value) => (value.kind === "function" ? [value.function] : [])),
    );
    isKnown &&= places.every((functions, index) => functions.length === list[index]?.values.length);
    for (const each of places.flat()) all.add(each);
    const place = own === null ? places.length : places.findIndex((functions) => functions.includes(callee));
    if (place === 0) isFirst = true;
    for (const each of places[place - 1] ?? []) before.add(each);
  }
  return isKnown && (isFirst || before.size > 0) ? { before, isFirst, next, all } : null;
}

/** Where the function before it goes on. */
export function sitesBefore(pointsTo: PointsTo, { next, before }: DispatchTurn): readonly CallSite[] {
  return [...next]
    .flatMap((each) => pointsTo.callersOf(each))
    .flatMap(({ site }) => (isIn(pointsTo, site.caller, before) ? [site] : []));
}

/** Where the first one is run, nobody of the list has gone on yet. */
export function isLater(pointsTo: PointsTo, { next, all }: DispatchTurn, { caller }: CallSite): boolean {
  return next.has(caller) || isIn(pointsTo, caller, all);
}

function isIn({ program }: PointsTo, node: FunctionNode, functions: ReadonlySet<FunctionNode>): boolean {
  return [...functions].some((each) => program.isWithin(node, each));
}

/** `layers[at]`, whatever names it has been given. */
function elementOf(node: FunctionNode, value: ValueId): InstructionOf<"load"> | null {
  const read = definitionOf(node, value);
  return read?.kind === "load" && read.property.kind === "computed" ? read : null;
}

/** `if (layer) return layer(context, next); return handler(context)`: what is run where nothing is left. */
function dispatchBefore(
  pointsTo: PointsTo,
  { caller, point, edges }: CallSite,
): { readonly element: InstructionOf<"load">; readonly call: InstructionOf<"call"> } | null {
  if (edges.size === 0) return null;
  for (const [at, call] of caller.code.entries()) {
    if (call.kind !== "call" || call.new || at === point) continue;
    const element = elementOf(caller, call.callee);
    if (element !== null && functionsGoingOn(pointsTo, caller, call).size > 0)
      return isWithout(caller, element, point) ? { element, call } : null;
  }
  return null;
}

/** Is the point only reached where the element is not there? */
function isWithout(node: FunctionNode, element: InstructionOf<"load">, point: number): boolean {
  const passed = dominatorsOf(node)[node.blockOf[point] ?? 0];
  return node.graph.blocks.some(({ end }, position) => {
    if (end.kind !== "branch" || passed?.has(position) !== true) return false;
    const without = node.blockById.get(end.else);
    return originOf(node, end.value) === element.out && without !== undefined && passed.has(without);
  });
}

/** Functions among the arguments that lead back to where the call is made. */
function functionsGoingOn(
  pointsTo: PointsTo,
  caller: FunctionNode,
  { arguments: given }: InstructionOf<"call">,
): ReadonlySet<FunctionNode> {
  const values = given.flatMap(({ value }) => [...pointsTo.valuesOf(caller, value)]);
  return new Set(
    values.flatMap((value) => {
      if (value.kind !== "function") return [];
      const goesOn = pointsTo.callersOf(caller).some(({ site }) => site.caller === value.function);
      return value.function === caller || goesOn ? [value.function] : [];
    }),
  );
}

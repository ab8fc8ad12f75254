/** Functions that are bound to arguments and handed to a library, which calls them with what comes behind these. */
import { boundCounts, boundPlaces, boundTarget, mayBeBoundTo } from "../program/bound-parameters.js";
import type { BoundPlace } from "../program/bound-parameters.js";
import type { FunctionNode } from "../program/program.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** What was bound for one parameter of a copy. */
export interface BoundOperand extends BoundPlace {
  readonly parameter: number;
  readonly element: string | null;
}

const operandsOfCopies = new WeakMap<FunctionNode, readonly BoundOperand[]>();

/** What the function was bound to, where it is a copy that is called by a library. */
export function boundOperandsOf(copy: FunctionNode): readonly BoundOperand[] | null {
  return operandsOfCopies.get(copy) ?? null;
}

/** The functions that a library calls when it calls what a call of `bind` gave: one for each number of arguments. */
export function boundCopies(
  pointsTo: PointsTo,
  origin: CallSite,
  target: FunctionNode,
): readonly FunctionNode[] {
  if (origin.instruction.kind !== "call" || !mayBeBoundTo(target.graph)) return [];
  const given = origin.instruction.arguments;
  return boundCounts(given, target.graph.parameters.length).flatMap((count) => {
    if (count === 0) return [target];
    const copy = pointsTo.functionCopies.bound(target, origin, count);
    if (copy === null) return [];
    if (!operandsOfCopies.has(copy)) operandsOfCopies.set(copy, hand(pointsTo, origin, target, copy, count));
    return [copy];
  });
}

/** Hands a copy what its function was bound to. */
function hand(
  pointsTo: PointsTo,
  { caller, instruction }: CallSite,
  target: FunctionNode,
  copy: FunctionNode,
  count: number,
): readonly BoundOperand[] {
  const { graph } = pointsTo;
  const given = instruction.kind === "call" ? instruction.arguments : [];
  return Array.from({ length: count }, (_, index) => index).flatMap((index) =>
    boundPlaces(given, index).map((place): BoundOperand => {
      const { parameter, element } = boundTarget(target.graph, count, index);
      const argument = given[place.argument];
      const into = pointsTo.parameterNode(copy, parameter);
      if (argument !== undefined && element === null) {
        const from = pointsTo.valueNode(caller, argument.value);
        if (!argument.spread) graph.edge(from, into);
        else
          graph.onValue(from, (list) => {
            graph.edge(pointsTo.fieldNode(list, "*"), into);
          });
      }
      return { ...place, parameter, element };
    }),
  );
}

/** What parameters get of the arguments of a call. */
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import { readsArguments } from "../tabulation/bindings.js";
import type { FunctionNode } from "../program/program.js";

/** Hands operands to a callee's parameters, from `first` on. */
export function giveArguments(
  pointsTo: PointsTo,
  callee: FunctionNode,
  list: Operands["arguments"],
  first = 0,
): void {
  const { graph } = pointsTo;
  let certain = true;
  list.forEach((argument, index) => {
    const position = first + index;
    if (argument.spread) {
      const isFirst = certain;
      certain = false;
      graph.onValue(argument.node, (array) => {
        for (const { index: to, rest } of callee.graph.parameters)
          for (const element of to < position
            ? []
            : spreadOver(array, isFirst && !rest ? to - position : null))
            giveArgument(pointsTo, callee, to, pointsTo.fieldNode(array, element), null);
        if (readsArguments(callee)) giveToArguments(pointsTo, callee, pointsTo.fieldNode(array, "*"), "[]");
      });
    } else if (certain) giveArgument(pointsTo, callee, position, argument.node, position);
    else
      for (const parameter of callee.graph.parameters)
        giveArgument(pointsTo, callee, parameter.index, argument.node, null);
  });
}

/** Where in what is spread the element lies that comes to a place behind its first; null: any of them. */
function spreadOver(array: AbstractValue, place: number | null): readonly string[] {
  const isKnown = place !== null && array.kind === "object" && array.array;
  return isKnown ? [String(place), "[]"] : ["*"];
}

/** One argument at a position; a rest parameter takes it as an element, of which the place may not be known. */
export function giveArgument(
  pointsTo: PointsTo,
  callee: FunctionNode,
  position: number,
  from: PointerNode,
  element: number | null,
): void {
  const { graph } = pointsTo;
  const last = callee.graph.parameters.at(-1);
  if (last?.rest === true && position >= last.index) {
    const point = callee.code.findIndex((each) => each.kind === "parameter" && each.index === last.index);
    if (point !== -1)
      graph.edge(
        from,
        pointsTo.fieldNode(
          pointsTo.values.object(`${String(callee.index)}:${String(point)}`, true),
          element === null ? "[]" : String(element - last.index),
        ),
      );
  } else graph.edge(from, pointsTo.parameterNode(callee, position));
  if (readsArguments(callee))
    giveToArguments(pointsTo, callee, from, element === null ? "[]" : String(element));
}

/** What a call hands over is also an element of the callee's `arguments`. */
function giveToArguments(pointsTo: PointsTo, callee: FunctionNode, from: PointerNode, element: string): void {
  const point = callee.code.findIndex((each) => each.kind === "arguments");
  const value = pointsTo.values.object(`${String(callee.index)}:${String(point)}`, true);
  pointsTo.graph.add(pointsTo.argumentsNode(callee), value);
  pointsTo.graph.edge(from, pointsTo.fieldNode(value, element));
}

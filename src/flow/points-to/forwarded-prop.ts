/** A component that takes two is given the ref beside its props: `forwardRef((props, ref) => …)`. */
import type { Operands } from "./call-operands.js";
import { loadPart } from "./channel-constraints.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

export const forwardedProp = "ref";

export function withForwarded(pointsTo: PointsTo, component: FunctionNode, operands: Operands): Operands {
  const [props] = operands.arguments;
  if (props === undefined || component.graph.parameters.length < 2) return operands;
  const node = pointsTo.graph.create();
  loadPart(pointsTo, props.node, forwardedProp, node);
  return { ...operands, arguments: [props, { node, spread: false }] };
}

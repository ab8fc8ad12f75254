/** What an element hands to its component. */
import type { ValueId } from "../../contracts/file-graph.js";
import { forwardedProp } from "../points-to/forwarded-prop.js";
import type { FunctionNode } from "../program/program.js";
import { incoming } from "./fact.js";
import type { Base } from "./fact.js";

interface Handed {
  readonly from: Base;
  readonly prefix: readonly string[];
  readonly to: Base;
  readonly add: readonly string[];
}

export function elementLinks(callee: FunctionNode, props: ValueId): readonly Handed[] {
  const whole: Handed = { from: props, prefix: [], to: incoming(0), add: [] };
  return callee.graph.parameters.length < 2
    ? [whole]
    : [whole, { from: props, prefix: [forwardedProp], to: incoming(1), add: [] }];
}

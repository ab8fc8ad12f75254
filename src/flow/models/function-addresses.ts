/** Functions that an address leads to: which they are, and how the part of the address before them is written. */
import type { Address, AddressStep } from "../../contracts/model.js";
import { boundCopies } from "../points-to/bound-copies.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Own functions that a value may be, also those that are bound to an object and to arguments. */
export function onFunction(
  pointsTo: PointsTo,
  node: PointerNode,
  found: (callee: FunctionNode) => void,
): void {
  pointsTo.graph.onValue(node, (value) => {
    if (value.kind === "function") found(value.function);
    if (value.kind !== "bound") return;
    const target = pointsTo.values.get(value.target);
    const origin = pointsTo.sites.get(value.site);
    if (target?.kind !== "function" || origin?.instruction.kind !== "call") return;
    const [self, ...others] = origin.instruction.arguments;
    if (self?.spread === true) return;
    const called = others.length === 0 ? [target.function] : boundCopies(pointsTo, origin, target.function);
    for (const callee of called) {
      if (self !== undefined) {
        const object = pointsTo.valueNode(origin.caller, self.value);
        pointsTo.graph.edge(object, pointsTo.receiverNode(callee));
        // It is called at any time, and finds what the object was given until then.
        pointsTo.graph.onValue(object, (each) => {
          pointsTo.markShared(each);
        });
      }
      found(callee);
    }
  });
}

/** The function declares as many parameters as the step asks for. */
export function declares(callee: FunctionNode, step: AddressStep): boolean {
  if (step.kind !== "parameter" || step.of === undefined) return true;
  const { length } = callee.graph.parameters;
  return length >= step.of.min && length <= step.of.max;
}

/** The step names a part of a function, which is called. */
export function isCalled(step: AddressStep | undefined): boolean {
  return step?.kind === "parameter" || step?.kind === "result" || step?.kind === "receiver";
}

/** The part of an address before its step `index`. */
export function functionPlace(address: Address, index: number): Address {
  return { root: address.root, steps: address.steps.slice(0, index), text: functionAddress(address, index) };
}

/** The part of an address before its step `index`, as text. */
export function functionAddress(address: Address, index: number): string {
  const root = address.root;
  const start =
    root.kind === "argument"
      ? `arg${String(root.index)}`
      : root.kind === "arguments"
        ? `args${String(root.from)}`
        : root.kind;
  return [start, ...address.steps.slice(0, index).map(stepText)].join(".");
}

function stepText(step: AddressStep): string {
  if (step.kind === "property") return step.name;
  return step.kind === "created" ? `created ${String(step.index)}` : step.kind;
}

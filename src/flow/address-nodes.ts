/** The pointer nodes that the address of a model stands for at a call, as values arrive. */
import type { Address, AddressStep } from "../contracts/model.js";
import type { Operands } from "./call-operands.js";
import { declares, functionAddress, functionPlace, isCalled, onFunction } from "./function-addresses.js";
import { loadMember } from "./member-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";

/**
 * Calls back with every pointer node that an address stands for, now and as values arrive. One that is written to
 * keeps its own node: the pointer graph does not need to tell more.
 */
export function forAddress(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  address: Address,
  found: (node: PointerNode) => void,
  isWritten = address.root.kind === "return" || address.root.kind === "this",
): void {
  for (const node of rootNodes(pointsTo, operands, address))
    walkSteps(pointsTo, site, node, address.steps, 0, address, found, isWritten);
}

function rootNodes(pointsTo: PointsTo, operands: Operands, { root }: Address): PointerNode[] {
  const argument = (index: number): PointerNode[] => {
    const direct = operands.arguments[index];
    if (direct !== undefined && !direct.spread) return [direct.node];
    return operands.arguments.filter((each) => each.spread).map((each) => elementsNode(pointsTo, each.node));
  };
  switch (root.kind) {
    case "argument":
      return argument(root.index);
    case "template":
      return root.index === null ? operands.arguments.map((each) => each.node) : argument(root.index);
    case "arguments":
      return operands.arguments
        .slice(root.from)
        .map((each) => (each.spread ? elementsNode(pointsTo, each.node) : each.node));
    case "this":
      return operands.receiver === null ? [] : [operands.receiver];
    case "return":
      return [operands.out];
    default:
      return [];
  }
}

function elementsNode(pointsTo: PointsTo, array: PointerNode): PointerNode {
  const out = pointsTo.graph.create();
  loadMember(pointsTo, array, { kind: "element" }, out, null);
  return out;
}

function walkSteps(
  pointsTo: PointsTo,
  site: CallSite,
  node: PointerNode,
  steps: readonly AddressStep[],
  index: number,
  address: Address,
  found: (node: PointerNode) => void,
  isWritten: boolean,
): void {
  const step = steps[index];
  if (step === undefined) {
    found(node);
    return;
  }
  const next = (to: PointerNode): void => {
    walkSteps(pointsTo, site, to, steps, index + 1, address, found, isWritten);
  };
  const { graph } = pointsTo;
  switch (step.kind) {
    case "property":
      if (isCalled(steps[index + 1])) {
        // A method, be it a property, a class's or a package's.
        const method = graph.create();
        loadMember(pointsTo, node, { kind: "name", name: step.name }, method, null);
        next(method);
        return;
      }
      graph.onValue(node, (value) => {
        const member = graph.create();
        graph.edge(pointsTo.fieldNode(value, step.name), member);
        if (value.kind === "object") graph.edge(pointsTo.fieldNode(value, "[]"), member);
        next(isWritten ? pointsTo.fieldNode(value, step.name) : member);
      });
      return;
    case "entry":
      walkEntry(
        pointsTo,
        site,
        node,
        step.key,
        isWritten && !address.steps.some((each) => each.kind === "parameter"),
        next,
      );
      return;
    case "element":
      graph.onValue(node, (value) => {
        next(pointsTo.fieldNode(value, isWritten ? "[]" : "*"));
      });
      return;
    case "any":
    case "deep":
      graph.onValue(node, (value) => {
        next(pointsTo.fieldNode(value, "*"));
      });
      return;
    case "keys":
    case "held":
      graph.onValue(node, (value) => {
        next(pointsTo.fieldNode(value, step.kind === "keys" ? "<keys>" : `<held ${step.name}>`));
      });
      return;
    case "parameter":
    case "result":
    case "receiver":
      graph.onValue(node, (value) => {
        if (value.kind === "foreign")
          pointsTo.addForeignCallback(site, value, functionAddress(address, index));
      });
      onFunction(pointsTo, node, (callee) => {
        if (!declares(callee, step)) return;
        pointsTo.addCallback(site, callee, functionPlace(address, index));
        if (step.kind === "result" && steps[index + 1]?.kind === "rejected")
          walkSteps(pointsTo, site, pointsTo.thrownNode(callee), steps, index + 2, address, found, isWritten);
        else if (step.kind === "parameter") next(pointsTo.parameterNode(callee, step.index));
        else next(step.kind === "result" ? pointsTo.returnNode(callee) : pointsTo.receiverNode(callee));
      });
      return;
    default:
      return;
  }
}

/** An entry by key: constant keys have a node each, unknown ones share `=*`, and reading one of those meets all. */
function walkEntry(
  pointsTo: PointsTo,
  site: CallSite,
  node: PointerNode,
  key: Address,
  isWrite: boolean,
  next: (to: PointerNode) => void,
): void {
  const { graph } = pointsTo;
  const keys = operandNodes(pointsTo, site, key);
  graph.onValue(node, (value) => {
    const known = new Set<string>();
    for (const keyNode of keys) {
      graph.onValue(keyNode, (each) => {
        const name = each.kind === "constant" ? `=${String(each.value)}` : "=*";
        if (known.has(name)) return;
        known.add(name);
        next(name === "=*" && !isWrite ? pointsTo.fieldNode(value, "*") : pointsTo.fieldNode(value, name));
        if (!isWrite && name !== "=*") next(pointsTo.fieldNode(value, "=*"));
      });
    }
    if (keys.every((keyNode) => keyNode.values.size === 0))
      next(isWrite ? pointsTo.fieldNode(value, "=*") : pointsTo.fieldNode(value, "*"));
  });
}

function operandNodes(pointsTo: PointsTo, site: CallSite, { root }: Address): PointerNode[] {
  const { instruction } = site;
  if (instruction.kind !== "call" || root.kind !== "argument") return [];
  const argument = instruction.arguments[root.index];
  return argument === undefined ? [] : [pointsTo.valueNode(site.caller, argument.value)];
}

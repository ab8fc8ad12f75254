/**
 * Methods that a decorator of the program replaces: a standard one is given the method and gives back another
 * (`@logged lend() {}`), one of the older kind puts another into the descriptor that it is given. Decorators of
 * packages are described by models.
 */
import type { InstructionOf } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { callFunction } from "./call-constraints.js";
import { handDecorated, methodsOf } from "./decorator-flows.js";
import { replacements } from "./decorated-methods.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

/** A decorator of the older kind is called with the class, the name and the descriptor. */
const olderParameters = 3;

/** A decorator is called: with the method that it decorates, if it is a function of the program's own. */
export function callDecorator(
  pointsTo: PointsTo,
  site: CallSite,
  { decorates, callee, out }: InstructionOf<"call">,
): void {
  if (decorates === undefined) return;
  const owner = pointsTo.program.classOf(site.caller.file, decorates.class);
  if (owner === undefined) return;
  const name = decorates.kind === "method" ? decorates.member : null;
  const methods = name === null ? [] : methodsOf(pointsTo, owner, name);
  pointsTo.graph.onValue(pointsTo.valueNode(site.caller, callee), (decorator) => {
    if (decorator.kind === "foreign") handDecorated(pointsTo, decorator, owner, decorates);
    if (decorator.kind !== "function" || name === null) return;
    for (const method of methods) {
      const result = pointsTo.valueNode(site.caller, out);
      if (decorator.function.graph.parameters.length < olderParameters)
        applyStandard(pointsTo, site, decorator.function, method, name, result);
      else applyOlder(pointsTo, site, decorator.function, method, name, result);
    }
  });
}

function applyStandard(
  pointsTo: PointsTo,
  site: CallSite,
  decorator: FunctionNode,
  method: FunctionNode,
  name: string,
  result: PointerNode,
): void {
  const { graph, values } = pointsTo;
  const context = values.object(`${site.id}:context`, false);
  graph.add(pointsTo.fieldNode(context, "name"), values.constant(name));
  const given = [nodeOf(pointsTo, values.function(method)), nodeOf(pointsTo, context)];
  call(pointsTo, site, decorator, given, result);
  replaceBy(pointsTo, method, result);
}

function applyOlder(
  pointsTo: PointsTo,
  site: CallSite,
  decorator: FunctionNode,
  method: FunctionNode,
  name: string,
  result: PointerNode,
): void {
  const { graph, values } = pointsTo;
  const descriptor = values.object(`${site.id}:descriptor`, false);
  const value = pointsTo.fieldNode(descriptor, "value");
  graph.add(value, values.function(method));
  const given = [graph.create(), nodeOf(pointsTo, values.constant(name)), nodeOf(pointsTo, descriptor)];
  call(pointsTo, site, decorator, given, result);
  replaceBy(pointsTo, method, value);
  graph.onValue(result, (other) => {
    if (other !== descriptor) replaceBy(pointsTo, method, pointsTo.fieldNode(other, "value"));
  });
}

function call(
  pointsTo: PointsTo,
  site: CallSite,
  decorator: FunctionNode,
  given: readonly PointerNode[],
  out: PointerNode,
): void {
  const list = given.map((node) => ({ node, spread: false }));
  callFunction(pointsTo, site, decorator, { receiver: null, arguments: list, out }, "call");
}

function nodeOf(pointsTo: PointsTo, value: AbstractValue): PointerNode {
  const node = pointsTo.graph.create();
  pointsTo.graph.add(node, value);
  return node;
}

function replaceBy(pointsTo: PointsTo, method: FunctionNode, functions: PointerNode): void {
  pointsTo.graph.onValue(functions, (value) => {
    if (value.kind === "function" && value.function !== method)
      pointsTo.graph.add(replacements(pointsTo, method), value);
  });
}

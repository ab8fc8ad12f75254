/**
 * Methods that a decorator of the program replaces: a standard one is given the method and gives back another
 * (`@logged lend() {}`), one of the older kind puts another into the descriptor that it is given. Decorators of
 * packages are described by models.
 */
import type { DecoratorTarget, InstructionOf } from "../../contracts/file-graph.js";
import type { AbstractValue, Site } from "./abstract-value.js";
import { callFunction } from "./call-constraints.js";
import { handDecorated, methodsOf } from "../tabulation/decorator-flows.js";
import { replacements } from "../program/decorated-methods.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";

/** A decorator of the older kind is called with the class, the name and the descriptor. */
const olderParameters = 3;

/** A decorator is called: with the method that it decorates, if it is a function of the program's own. */
export function callDecorator(
  pointsTo: PointsTo,
  site: CallSite,
  { decorates, callee, out }: InstructionOf<"call">,
): void {
  if (decorates === undefined) return;
  const owner = pointsTo.program.classIn(site.caller, decorates.class);
  if (owner === undefined) return;
  const name = decorates.kind === "method" ? decorates.member : null;
  const methods = name === null ? [] : methodsOf(pointsTo, owner, name);
  pointsTo.graph.onValue(pointsTo.valueNode(site.caller, callee), (decorator) => {
    if (decorator.kind === "foreign") handDecorated(pointsTo, decorator, owner, decorates);
    if (decorator.kind !== "function" || name === null) return;
    for (const method of methods) {
      const stage: Stage = {
        site,
        given: givenTo(pointsTo, site, decorates, method),
        after: afterOf(pointsTo, site.id, method),
        isLast: next(site.caller, site.point, decorates, -1) === null,
      };
      const result = pointsTo.valueNode(site.caller, out);
      if (decorator.function.graph.parameters.length < olderParameters)
        applyStandard(pointsTo, stage, decorator.function, method, name, result);
      else applyOlder(pointsTo, stage, decorator.function, method, name, result);
    }
  });
  for (const method of methods) passOn(pointsTo, site, decorates, method);
}

/** One of several decorators of a method: the one that stands last is applied first, and gives the others what it makes. */
interface Stage {
  readonly site: CallSite;
  readonly given: PointerNode;
  readonly after: PointerNode;
  /** No other one comes after it. */
  readonly isLast: boolean;
}

function afterOf({ graph }: PointsTo, site: Site, method: FunctionNode): PointerNode {
  return graph.node(`decorated:${String(method.index)}:${site}`);
}

function givenTo(
  pointsTo: PointsTo,
  { caller, point }: CallSite,
  decorates: DecoratorTarget,
  method: FunctionNode,
): PointerNode {
  const before = next(caller, point, decorates, 1);
  if (before !== null) return afterOf(pointsTo, `${String(caller.index)}:${String(before)}`, method);
  return nodeOf(pointsTo, pointsTo.values.function(method));
}

/** The next decorator of the same member in the code, or the one before. */
function next(
  { code }: FunctionNode,
  point: number,
  { class: owner, member }: DecoratorTarget,
  step: 1 | -1,
): number | null {
  for (let each = point + step; each >= 0 && each < code.length; each += step) {
    const other = code[each];
    if (other?.kind !== "call" || other.decorates === undefined) continue;
    const { decorates } = other;
    if (decorates.kind === "method" && decorates.class === owner && decorates.member === member) return each;
  }
  return null;
}

/** A decorator that puts nothing in the place leaves what it was given. */
function passOn(pointsTo: PointsTo, site: CallSite, decorates: DecoratorTarget, method: FunctionNode): void {
  const { graph, values } = pointsTo;
  const given = givenTo(pointsTo, site, decorates, method);
  const isLast = next(site.caller, site.point, decorates, -1) === null;
  const after = isLast ? replacements(pointsTo, method) : afterOf(pointsTo, site.id, method);
  const raw = values.function(method);
  graph.onQuiet(() => {
    if (given.isEmpty && after.isEmpty) return false;
    if (after.isEmpty)
      graph.onValue(given, (value) => {
        if (!isLast || value !== raw) graph.add(after, value);
      });
    return true;
  });
}

function applyStandard(
  pointsTo: PointsTo,
  stage: Stage,
  decorator: FunctionNode,
  method: FunctionNode,
  name: string,
  result: PointerNode,
): void {
  const { graph, values } = pointsTo;
  const { site, given } = stage;
  const context = values.object(`${site.id}:context`, false);
  graph.add(pointsTo.fieldNode(context, "name"), values.constant(name));
  call(pointsTo, site, decorator, [given, nodeOf(pointsTo, context)], result);
  replaceBy(pointsTo, stage, method, result);
}

function applyOlder(
  pointsTo: PointsTo,
  stage: Stage,
  decorator: FunctionNode,
  method: FunctionNode,
  name: string,
  result: PointerNode,
): void {
  const { graph, values } = pointsTo;
  const { site } = stage;
  const descriptor = values.object(`${site.id}:descriptor`, false);
  const value = pointsTo.fieldNode(descriptor, "value");
  graph.edge(stage.given, value);
  const given = [graph.create(), nodeOf(pointsTo, values.constant(name)), nodeOf(pointsTo, descriptor)];
  call(pointsTo, site, decorator, given, result);
  replaceBy(pointsTo, stage, method, value);
  graph.onValue(result, (other) => {
    if (other !== descriptor) replaceBy(pointsTo, stage, method, pointsTo.fieldNode(other, "value"));
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

function replaceBy(pointsTo: PointsTo, stage: Stage, method: FunctionNode, functions: PointerNode): void {
  const { graph } = pointsTo;
  graph.onValue(functions, (value) => {
    if (value.kind !== "function" || value.function === method || stage.given.has(value)) return;
    graph.add(stage.isLast ? replacements(pointsTo, method) : stage.after, value);
  });
}

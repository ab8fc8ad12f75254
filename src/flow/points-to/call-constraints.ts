/** What a call does to the pointer graph: arguments to parameters, results back, constructors, bound functions. */
import type { Argument, FunctionId, Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { logsAll } from "./bound-foreign.js";
import type { AbstractValue } from "./abstract-value.js";
import { channelModule } from "./abstract-value.js";
import { isIndex } from "../paths/path-components.js";
import { giveArgument, giveArguments } from "./argument-constraints.js";
import type { Operands } from "./call-operands.js";
import { addLoopFold, loopFoldsOf } from "./loop-folds.js";
import { handedOn, keepOperands } from "./constructor-fields.js";
import { callChannel } from "./channel-constraints.js";
import { withForwarded } from "./forwarded-prop.js";
import { functionPlace, onFunction } from "../models/function-addresses.js";
import { giveReceiver } from "./receivers.js";
import { iterateSpread } from "./member-constraints.js";
import type { MemberPlace } from "./member-place.js";
import { addForeignCall, applyModel, possibleModels } from "./model-constraints.js";
import { addMouths } from "./unknown-callbacks.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallShape } from "../program/call-shapes.js";
import { addForeign } from "./call-sites.js";
import type { CallSite, PointsTo } from "./points-to.js";
import { addCallback } from "./promised-functions.js";
import type { BoundShape } from "../program/bound-parameters.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import { operandAt } from "./text-tests.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;
type CallInstruction = Extract<Instruction, { kind: "call" }>;

function operandsOf(
  pointsTo: PointsTo,
  { node, point }: MemberPlace,
  receiver: ValueId | null,
  list: readonly Argument[],
  out: ValueId,
): Operands {
  return {
    receiver: receiver === null ? null : pointsTo.valueNode(node, receiver),
    arguments: list.map((argument) => ({
      node: operandAt(pointsTo, node, point, argument.value),
      spread: argument.spread,
    })),
    out: pointsTo.valueNode(node, out),
  };
}

/** A plain call of an own function. */
export function callFunction(
  pointsTo: PointsTo,
  site: CallSite,
  named: FunctionNode,
  operands: Operands,
  shape: CallShape,
): void {
  const { graph } = pointsTo;
  const callee = pointsTo.functionCopies.targetOf(site, named);
  pointsTo.addEdge(site, callee, shape);
  if (operands.receiver !== null) giveReceiver(pointsTo, site, callee, operands.receiver, shape);
  giveArguments(pointsTo, callee, operands.arguments, shape === "template" ? 1 : 0);
  graph.edge(pointsTo.returnNode(callee), operands.out);
  graph.edge(pointsTo.thrownNode(callee), graph.node(`x${String(site.caller.index)}`));
}

/** Runs a class's constructor, or the nearest ancestor's, and its field initialisers, on an instance. */
export function construct(
  pointsTo: PointsTo,
  site: CallSite,
  start: ClassNode,
  self: AbstractValue,
  operands: Operands,
  shape: CallShape,
  seen = new Set<ClassNode>(),
): void {
  if (seen.has(start)) return;
  seen.add(start);
  const { graph, program } = pointsTo;
  const ofSelf = (id: FunctionId | null): FunctionNode | undefined => {
    const member = id === null ? undefined : program.memberOf(start, id);
    return member && pointsTo.instanceCopies.of(self, member);
  };
  const initializer = ofSelf(start.graph.fieldInitializer);
  if (initializer !== undefined) {
    pointsTo.addEdge(site, initializer, shape);
    graph.add(pointsTo.receiverNode(initializer), self);
  }
  const own = ofSelf(start.graph.constructorFunction);
  if (own !== undefined) {
    pointsTo.addEdge(site, own, shape);
    if (shape === "construct" || shape === "super") keepOperands(pointsTo, own, self, operands.arguments);
    graph.add(pointsTo.receiverNode(own), self);
    giveArguments(pointsTo, own, operands.arguments);
    return;
  }
  forParent(pointsTo, start, (parent) => {
    if (parent.kind === "class") construct(pointsTo, site, parent.class, self, operands, shape, seen);
    // What comes of it is the own object, whose own members go before the package's.
    else if (parent.kind === "foreign") {
      const made = graph.create();
      graph.add(made, self);
      addForeignCall(pointsTo, site, parent, { ...operands, out: made }, true);
    }
  });
}

function forParent(pointsTo: PointsTo, start: ClassNode, found: (parent: AbstractValue) => void): void {
  const instruction = start.owner.code[start.point];
  if (instruction?.kind !== "class" || instruction.heritage === null) return;
  pointsTo.graph.onValue(pointsTo.valueNode(start.owner, instruction.heritage), found);
}

export function addSuperCallConstraints(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Extract<Instruction, { kind: "super-call" }>,
  point: number,
): void {
  const home = pointsTo.program.homeClass(node);
  if (home === undefined) return;
  const site = pointsTo.siteAt(node, point);
  const operands = operandsOf(pointsTo, { node, point }, null, instruction.arguments, instruction.out);
  initialiseBehind(pointsTo, site, node, home);
  forParent(pointsTo, home, (parent) => {
    pointsTo.graph.onValue(pointsTo.receiverNode(node), (self) => {
      if (parent.kind !== "class") return;
      const list = handedOn(pointsTo, node, self, instruction.arguments, operands.arguments);
      construct(pointsTo, site, parent.class, self, { ...operands, arguments: list }, "super");
    });
    if (parent.kind === "foreign") addForeignCall(pointsTo, site, parent, operands, true);
  });
}

/** A class's own fields are set up once the constructor above is done, and find what that has stored. */
function initialiseBehind(pointsTo: PointsTo, site: CallSite, node: FunctionNode, home: ClassNode): void {
  const { fieldInitializer } = home.graph;
  const member = fieldInitializer === null ? undefined : pointsTo.program.memberOf(home, fieldInitializer);
  if (member === undefined) return;
  pointsTo.graph.onValue(pointsTo.receiverNode(node), (self) => {
    const initializer = pointsTo.instanceCopies.of(self, member);
    pointsTo.addEdge(site, initializer, "super");
    pointsTo.graph.add(pointsTo.receiverNode(initializer), self);
  });
}

export function addJsxConstraints(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Extract<Instruction, { kind: "jsx" }>,
  point: number,
): void {
  const site = pointsTo.siteAt(node, point);
  const operands: Operands = {
    receiver: null,
    arguments: [{ node: pointsTo.valueNode(node, instruction.props), spread: false }],
    out: pointsTo.valueNode(node, instruction.out),
  };
  if (instruction.component === null) {
    const element = pointsTo.values.foreign("global", [instruction.tag], null);
    if (element?.kind === "foreign") addForeignElement(pointsTo, site, element, operands);
    return;
  }
  pointsTo.graph.onValue(pointsTo.valueNode(node, instruction.component), (component) => {
    if (component.kind === "function") {
      const given = withForwarded(pointsTo, component.function, operands);
      callFunction(pointsTo, site, component.function, given, "jsx");
    } else if (component.kind === "foreign") {
      if (component.module === channelModule) callChannel(pointsTo, site, component, operands);
      addForeignElement(pointsTo, site, component, operands);
    } else if (component.kind === "class") {
      const self = pointsTo.values.instance(component.class, site.id);
      pointsTo.addInstance(component.class, self);
      // Whoever renders the element has it, and runs its methods.
      pointsTo.markShared(self);
      construct(pointsTo, site, component.class, self, operands, "jsx");
    }
  });
}

const props: Address = { root: { kind: "argument", index: 0 }, steps: [{ kind: "any" }], text: "arg0.*" };
const anyProp = functionPlace(props, props.steps.length);

/** An element of the host, or of a component that the program does not have. */
function addForeignElement(pointsTo: PointsTo, site: CallSite, element: Foreign, operands: Operands): void {
  addForeign(site, element);
  const matches = possibleModels(pointsTo.catalogue.match(element.module, element.path, "jsx"), operands);
  for (const match of matches) applyModel(pointsTo, site, match, operands);
  if (!matches.some(({ model }) => model.roles.some(({ kind }) => kind === "calls")))
    addHandlers(pointsTo, site, operands.arguments[0]?.node ?? operands.out);
}

/** Functions handed to an element as its props: it calls them when something happens. */
function addHandlers(pointsTo: PointsTo, site: CallSite, props: PointerNode): void {
  const { graph } = pointsTo;
  graph.onValue(props, (object) => {
    addMouths(pointsTo, site, pointsTo.fieldNode(object, "*"), anyProp.text);
    onFunction(pointsTo, pointsTo.fieldNode(object, "*"), (callee) => {
      pointsTo.addCallback(site, callee, anyProp);
    });
  });
}

export function addCallConstraints(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: CallInstruction,
  point: number,
): void {
  const site = pointsTo.siteAt(node, point);
  const operands = operandsOf(
    pointsTo,
    { node, point },
    instruction.receiver,
    instruction.arguments,
    instruction.out,
  );
  const spread = operands.arguments.find((each) => each.spread);
  if (spread !== undefined) iterateSpread(pointsTo, spread.node, { node, point });
  const asAlways = (): void => {
    pointsTo.graph.onValue(pointsTo.valueNode(node, instruction.callee), (callee) => {
      if (instruction.new) constructValue(pointsTo, site, callee, operands);
      else
        callValue(pointsTo, site, callee, operands, instruction.template === undefined ? "call" : "template");
    });
  };
  const fold = loopFoldsOf(node).get(point);
  if (fold === undefined) asAlways();
  else
    addLoopFold(
      pointsTo,
      site,
      fold,
      operands,
      (callee, given) => {
        callValue(pointsTo, site, callee, given, "call");
      },
      asAlways,
    );
}

function constructValue(pointsTo: PointsTo, site: CallSite, callee: AbstractValue, operands: Operands): void {
  const { graph, values } = pointsTo;
  if (callee.kind === "class") {
    const self = values.instance(callee.class, site.id);
    pointsTo.addInstance(callee.class, self);
    graph.add(operands.out, self);
    construct(pointsTo, site, callee.class, self, operands, "construct");
  } else if (callee.kind === "function") {
    const self = values.object(site.id, false);
    graph.add(operands.out, self);
    graph.add(pointsTo.receiverNode(callee.function), self);
    graph.edge(pointsTo.fieldNode(callee, "prototype"), pointsTo.prototypeNode(self));
    pointsTo.addEdge(site, callee.function, "construct");
    giveArguments(pointsTo, callee.function, operands.arguments);
    graph.edge(pointsTo.returnNode(callee.function), operands.out);
  } else if (callee.kind === "foreign") addForeignCall(pointsTo, site, callee, operands, true);
}

function callValue(
  pointsTo: PointsTo,
  site: CallSite,
  callee: AbstractValue,
  operands: Operands,
  shape: CallShape,
): void {
  const { values } = pointsTo;
  switch (callee.kind) {
    case "function":
      if (pointsTo.isModelled(callee.function)) {
        const foreign = values.foreign(
          `file:${callee.function.file}`,
          (callee.function.graph.path ?? "").split("."),
          null,
        );
        if (foreign?.kind === "foreign") addForeignCall(pointsTo, site, foreign, operands, false);
      } else callFunction(pointsTo, site, callee.function, operands, shape);
      return;
    case "foreign":
      addForeignCall(pointsTo, site, callee, operands, false);
      return;
    case "promised":
      pointsTo.addEdge(site, callee.function, "promised");
      giveArguments(pointsTo, callee.function, operands.arguments);
      addCallback(pointsTo, site, callee.function, operands);
      return;
    case "invoker": {
      const target = values.get(callee.of);
      if (target !== undefined) invoke(pointsTo, site, callee.method, target, operands);
      return;
    }
    case "bound": {
      const target = values.get(callee.target);
      if (target !== undefined) callBound(pointsTo, site, callee, target, operands, "bound");
      return;
    }
    default:
      return;
  }
}

function invoke(
  pointsTo: PointsTo,
  site: CallSite,
  method: "bind" | "call" | "apply",
  target: AbstractValue,
  operands: Operands,
): void {
  const { graph, values } = pointsTo;
  const [self, ...rest] = operands.arguments;
  if (method === "bind") {
    const inner = target.kind === "invoker" ? target.method : "bind";
    // `Function.prototype.call.bind(method)`: a function that calls the method on its first argument.
    if (inner !== "bind" && self !== undefined && isFunctionItself(pointsTo, target))
      graph.onValue(self.node, (each) => {
        if (each.kind !== "constant") graph.add(operands.out, values.invoker(inner, each));
      });
    else graph.add(operands.out, values.bound(target, site.id));
    if (target.kind === "foreign" && rest.length > 0 && logsAll(pointsTo.catalogue, target)) {
      // What a log is bound to is written by whoever calls it: told where it is bound.
      site.invokes = "call";
      const bound = { receiver: self?.node ?? null, arguments: rest, out: graph.nothing };
      addForeignCall(pointsTo, site, target, bound, false);
    }
    return;
  }
  if (target.kind === "function") {
    pointsTo.addEdge(site, target.function, method === "call" ? "invoke-call" : "invoke-apply");
    if (self !== undefined) graph.edge(self.node, pointsTo.receiverNode(target.function));
    const list =
      method === "call" ? rest : rest.slice(0, 1).map((argument) => ({ node: argument.node, spread: true }));
    giveArguments(pointsTo, target.function, list);
    if (method === "apply") bindArrayByIndex(pointsTo, target.function, rest[0]?.node);
    graph.edge(pointsTo.returnNode(target.function), operands.out);
  } else if (target.kind === "foreign") {
    site.invokes = method;
    const list = method === "call" ? rest : rest.slice(0, 1).map(({ node }) => ({ node, spread: true }));
    const { out } = operands;
    addForeignCall(pointsTo, site, target, { receiver: self?.node ?? null, arguments: list, out }, false);
  } else if (target.kind === "bound") {
    const bound = values.get(target.target);
    const list = method === "call" ? rest : rest.slice(0, 1).map(({ node }) => ({ node, spread: true }));
    const given = { ...operands, arguments: list };
    if (bound !== undefined) callBound(pointsTo, site, target, bound, given, `bound-${method}`);
  }
}

/** `call` of `Function.prototype` or `Function`, which is of no function in particular. */
function isFunctionItself({ values }: PointsTo, invoker: AbstractValue): boolean {
  const of = invoker.kind === "invoker" ? values.get(invoker.of) : undefined;
  return of?.kind === "foreign" && /^(?:global|lib)$/u.test(of.module) && of.path[0] === "Function";
}

function bindArrayByIndex(pointsTo: PointsTo, callee: FunctionNode, array: PointerNode | undefined): void {
  if (array === undefined) return;
  pointsTo.graph.onValue(array, (list) => {
    for (const [name, field] of pointsTo.fieldsOf(list))
      if (isIndex(name)) giveArgument(pointsTo, callee, Number(name), field, Number(name));
  });
}

function callBound(
  pointsTo: PointsTo,
  site: CallSite,
  bound: Extract<AbstractValue, { kind: "bound" }>,
  target: AbstractValue,
  operands: Operands,
  shape: BoundShape,
): void {
  const origin = pointsTo.sites.get(bound.site);
  if (origin?.instruction.kind !== "call") return;
  const fixed = operandsOf(
    pointsTo,
    { node: origin.caller, point: origin.point },
    null,
    origin.instruction.arguments,
    origin.instruction.out,
  ).arguments;
  const [self, ...first] = fixed;
  const all: Operands = {
    receiver: self?.node ?? null,
    arguments: [...first, ...operands.arguments],
    out: operands.out,
  };
  if (target.kind === "function") {
    pointsTo.addEdge(site, target.function, shape, bound.site);
    if (all.receiver !== null) pointsTo.graph.edge(all.receiver, pointsTo.receiverNode(target.function));
    giveArguments(pointsTo, target.function, all.arguments);
    pointsTo.graph.edge(pointsTo.returnNode(target.function), operands.out);
  } else if (target.kind === "foreign") addForeignCall(pointsTo, site, target, all, false);
}

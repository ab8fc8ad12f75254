/** What a modelled call does to the pointer graph: what comes back, which function values it calls and with what. */
import type { Address, AddressStep } from "../contracts/model.js";
import type { ModelMatch } from "../models/catalogue.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import { givesData } from "./gives-data.js";
import { loadMember } from "./member-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

/** A call (or `new`) of a package, global or library value. */
export function addForeignCall(
  pointsTo: PointsTo,
  site: CallSite,
  callee: Foreign,
  operands: Operands,
  isNew: boolean,
): void {
  const called =
    isNew && callee.module === "global"
      ? (pointsTo.values.foreign("lib", callee.path, site.id) ?? callee)
      : callee;
  if (called.kind !== "foreign") return;
  const matches = modelsOf(pointsTo, callee, operands);
  if (!site.foreign.has(callee)) site.foreign.add(callee);
  let typed = false;
  if (callee.module === channelModule)
    operands.arguments.forEach((argument, index) => {
      pointsTo.graph.edge(argument.node, pointsTo.fieldNode(callee, `<given ${String(index)}>`));
    });
  if (matches.length === 0 && callee.module !== "lib") addUnknownCallbacks(pointsTo, site, operands);
  for (const match of matches) {
    const known = site.applied.get(match.model);
    const names = known ?? applyModel(pointsTo, site, match, operands);
    if (known === undefined) site.applied.set(match.model, names);
    typed = names || typed;
  }
  if (typed || (!isNew && matches.some(({ model }) => model.roles.some(givesData)))) return;
  const path = isNew ? called.path : [...called.path, "()"];
  const isOwnLibrary = called.module === "lib" || called.module === "global";
  const result = isOwnLibrary && !isNew ? null : pointsTo.values.foreign(called.module, path, site.id);
  if (result !== null) pointsTo.graph.add(operands.out, result);
}

/** All models that may hold for a call, but for what only value flow decides about their conditions. */
function modelsOf(pointsTo: PointsTo, callee: Foreign, operands: Operands): readonly ModelMatch[] {
  const { catalogue } = pointsTo;
  if (callee.module === "lib" && callee.path[0] === "*")
    return catalogue.membersNamed("lib", callee.path[1] ?? "", "call");
  const found = possible(catalogue.match(callee.module, callee.path, "call"), operands);
  if (found.length > 0 || callee.module !== "global") return found;
  return possible(catalogue.match("lib", callee.path, "call"), operands);
}

/** Those of a fitting arity, and no more general ones than the first that holds under no other condition. */
function possible(matches: readonly ModelMatch[], operands: Operands): readonly ModelMatch[] {
  const isCounted = !operands.arguments.some((argument) => argument.spread);
  const fitting = matches.filter(({ model }) =>
    model.when.every(
      (condition) =>
        condition.kind !== "arity" ||
        !isCounted ||
        (operands.arguments.length >= condition.min && operands.arguments.length <= condition.max),
    ),
  );
  const sure = fitting.find(({ model }) => model.when.every((condition) => condition.kind === "arity"));
  return sure === undefined ? fitting : fitting.filter((each) => each.rank <= sure.rank);
}

/** True if the model names the type of what comes back. */
function applyModel(pointsTo: PointsTo, site: CallSite, match: ModelMatch, operands: Operands): boolean {
  const { model } = match;
  const { graph } = pointsTo;
  let typed = false;
  for (const role of model.roles) {
    if (role.kind === "flow") {
      for (const from of role.from) {
        for (const to of role.to) connect(pointsTo, site, operands, from, to);
      }
    } else if (role.kind === "calls") {
      forAddress(pointsTo, site, operands, role.function, (node) => {
        onFunction(pointsTo, node, (callee) => {
          pointsTo.addCallback(site, callee, functionPlace(role.function, role.function.steps.length));
        });
      });
    } else if (role.kind === "type") {
      typed = typed || (role.output.root.kind === "return" && role.output.steps.length === 0);
      forAddress(pointsTo, site, operands, role.output, (out) => {
        if (typeof role.type === "string") {
          const value = namedType(pointsTo, match.package.module, role.type, site);
          if (value !== null) graph.add(out, value);
        }
      });
      if (typeof role.type !== "string") connect(pointsTo, site, operands, role.type, role.output);
    }
  }
  return typed;
}

/** `Logger` is a type of the package whose model names it, `lib#Map` or `node:fs#WriteStream` of another. */
function namedType(pointsTo: PointsTo, module: string, name: string, site: CallSite): AbstractValue | null {
  const hash = name.indexOf("#");
  return hash === -1
    ? pointsTo.values.foreign(module, name.split("."), site.id)
    : pointsTo.values.foreign(name.slice(0, hash), name.slice(hash + 1).split("."), site.id);
}

/** The module name of functions that a library hands out and that move what they are called with. */
export const channelModule = "channel";

/** `arg0.param0.param0 -> return`: whoever calls the function that the callback was given. */
function channelStep(from: Address): number {
  const last = from.steps.findLastIndex((step) => step.kind === "parameter");
  if (last === -1) return -1;
  const isGiven =
    from.root.kind === "return" || from.steps.slice(0, last).some((step) => step.kind === "parameter");
  return isGiven ? last : -1;
}

/** The field of a channel where what its calls are given is gathered. */
function givenToChannel(from: Address): string {
  const step = from.steps[channelStep(from)];
  return `<given ${step?.kind === "parameter" ? String(step.index) : ""}>`;
}

function connect(pointsTo: PointsTo, site: CallSite, operands: Operands, from: Address, to: Address): void {
  const given = channelStep(from);
  if (given !== -1) {
    const value = pointsTo.values.foreign(channelModule, [site.id, from.text, to.text], null);
    const parent: Address = { root: from.root, steps: from.steps.slice(0, given), text: from.text };
    if (value === null) return;
    forAddress(pointsTo, site, operands, parent, (node) => {
      pointsTo.graph.add(node, value);
    });
    pointsTo.addChannel(value, site, from, to);
    if (to.steps.some((step) => step.kind === "held"))
      forAddress(pointsTo, site, operands, to, (target) => {
        pointsTo.graph.edge(pointsTo.fieldNode(value, givenToChannel(from)), target);
      });
    if (from.root.kind === "return")
      pointsTo.graph.add(operands.out, pointsTo.values.object(`${site.id}:made`, false));
    return;
  }
  // A node in between: sources and targets both arrive over time.
  const between = pointsTo.graph.create();
  forAddress(
    pointsTo,
    site,
    operands,
    from,
    (source) => {
      pointsTo.graph.edge(source, between);
    },
    false,
  );
  forAddress(pointsTo, site, operands, to, (target) => {
    pointsTo.graph.edge(between, target);
  });
}

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

/** Own functions that a value may be, also those that are bound to an object and to nothing else. */
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
    if (others.length > 0 || self?.spread === true) return;
    if (self !== undefined) {
      const object = pointsTo.valueNode(origin.caller, self.value);
      pointsTo.graph.edge(object, pointsTo.receiverNode(target.function));
      // It is called at any time, and finds what the object was given until then.
      pointsTo.graph.onValue(object, (each) => {
        pointsTo.markShared(each);
      });
    }
    found(target.function);
  });
}

/** The function declares as many parameters as the step asks for. */
export function declares(callee: FunctionNode, step: AddressStep): boolean {
  if (step.kind !== "parameter" || step.of === undefined) return true;
  const { length } = callee.graph.parameters;
  return length >= step.of.min && length <= step.of.max;
}

function isCalled(step: AddressStep | undefined): boolean {
  return step?.kind === "parameter" || step?.kind === "result" || step?.kind === "receiver";
}

/** Functions handed to a callee that no model describes are assumed to be called by it. */
function addUnknownCallbacks(pointsTo: PointsTo, site: CallSite, operands: Operands): void {
  operands.arguments.forEach((argument, index) => {
    const address: Address = { root: { kind: "argument", index }, steps: [], text: `arg${String(index)}` };
    onFunction(pointsTo, argument.node, (callee) => {
      pointsTo.addCallback(site, callee, address);
    });
  });
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
  return [
    start,
    ...address.steps.slice(0, index).map((step) => (step.kind === "property" ? step.name : step.kind)),
  ].join(".");
}

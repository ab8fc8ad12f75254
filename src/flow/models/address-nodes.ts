/** The pointer nodes that the address of a model stands for at a call, as values arrive. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, AddressStep } from "../../contracts/model.js";
import { isModelsOwn, modelsOwnName } from "../../contracts/models-own.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { operandsOfSite } from "./address-values.js";
import type { Operands } from "../points-to/call-operands.js";
import { declares, functionAddress, functionPlace, isCalled, onFunction } from "./function-addresses.js";
import { namedFilesOf } from "../folders/named-files.js";
import { memberOfForeign } from "../points-to/foreign-members.js";
import { elementsOf } from "../points-to/elements-of.js";
import { loadMember } from "../points-to/member-constraints.js";
import { forKeyAt } from "./entry-keys.js";
import { writtenStar } from "../paths/path-components.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import { boundForeign } from "../points-to/bound-foreign.js";
import { addForeignCallback } from "../points-to/call-sites.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { rootNodes } from "./address-roots.js";

type FunctionStep = Extract<AddressStep, { kind: "parameter" | "result" | "receiver" }>;

/** `arg0.class_.listeners_`: what models keep under the class of an object. */
const ownClass = modelsOwnName("class_");

interface Walk {
  readonly pointsTo: PointsTo;
  readonly site: CallSite;
  readonly operands: Operands;
  readonly address: Address;
  readonly found: (node: PointerNode) => void;
  readonly isWritten: boolean;
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
  const walk: Walk = { pointsTo, site, operands, address, found, isWritten };
  for (const node of rootNodes(pointsTo, site, operands, address)) walkSteps(walk, node, 0);
}

/** Goes on from a node that the first `index` steps of the address lead to. */
function walkSteps(walk: Walk, node: PointerNode, index: number): void {
  const { pointsTo, address, isWritten } = walk;
  const step = address.steps[index];
  if (step === undefined) {
    walk.found(node);
    return;
  }
  switch (step.kind) {
    case "property":
      if (address.steps[index + 1]?.kind === "entry" && isModelsOwn(step.name))
        walkEntry(walk, node, step.name, index + 1);
      else if (isCalled(address.steps[index + 1]) && !isModelsOwn(step.name))
        walkMethod(walk, node, step.name, index);
      else {
        if (isPartOfPair(walk, index)) addPair(walk, node);
        walkProperty(walk, node, step.name, index);
      }
      return;
    case "entry":
      walkEntry(walk, node, "", index);
      return;
    case "element":
    case "same":
    case "last":
    case "end":
      if (isWritten && !leadsToElements(walk, index)) walkField(walk, node, "[]", index);
      else walkElements(walk, node, index);
      return;
    case "any":
    case "deep":
      walkField(walk, node, "*", index);
      return;
    case "keys":
      walkField(walk, node, "<keys>", index);
      return;
    case "file":
      walkSteps(walk, filesNode(walk, node), index + 1);
      return;
    case "held":
      walkField(walk, node, `<held ${step.name}>`, index);
      return;
    case "created":
      walkCreated(walk, node, step.index, index);
      return;
    case "maker":
      walkMaker(walk, node, index);
      return;
    case "parameter":
    case "result":
    case "receiver":
      walkForeignFunction(walk, node, index);
      onFunction(pointsTo, node, (callee) => {
        if (declares(callee, step)) walkFunction(walk, callee, step, index);
      });
      return;
    default:
      return;
  }
}

/** What models keep under the files that values name; a text that is put together is known once its parts are. */
function filesNode({ pointsTo, site }: Walk, names: PointerNode): PointerNode {
  const { graph, values } = pointsTo;
  const files = namedFilesOf(pointsTo);
  const out = graph.create();
  graph.onQuiet(() => {
    for (const key of files.keysOf(names.values, site.caller)) graph.add(out, values.constant(key));
    return false;
  });
  return out;
}

/** The argument of the call that made a package value. */
function walkCreated(walk: Walk, node: PointerNode, argument: number, index: number): void {
  const { pointsTo } = walk;
  pointsTo.graph.onValue(node, (value) => {
    const made = value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
    const given = made === undefined ? undefined : operandsOfSite(made).arguments[argument];
    if (made !== undefined && given !== undefined)
      walkSteps(walk, pointsTo.valueNode(made.caller, given.value), index + 1);
  });
}

/** What was called to make a package value. */
function walkMaker(walk: Walk, node: PointerNode, index: number): void {
  const { pointsTo } = walk;
  pointsTo.graph.onValue(node, (value) => {
    const made = value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
    if (made?.instruction.kind !== "call") return;
    walkSteps(walk, pointsTo.valueNode(made.caller, made.instruction.callee), index + 1);
  });
}

/** `return[].1`: the model says that each element is a pair. */
function isPartOfPair({ address, isWritten }: Walk, index: number): boolean {
  const step = address.steps[index];
  const isPosition = step?.kind === "property" && /^[01]$/u.test(step.name);
  return (
    isPosition && isWritten && address.root.kind === "return" && address.steps[index - 1]?.kind === "element"
  );
}

function addPair({ pointsTo, site }: Walk, node: PointerNode): void {
  pointsTo.graph.add(node, pointsTo.values.object(`${site.id}:pair`, true));
}

function walkField(walk: Walk, node: PointerNode, field: string, index: number): void {
  walk.pointsTo.graph.onValue(node, (value) => {
    walkSteps(walk, walk.pointsTo.fieldNode(value, field), index + 1);
  });
}

function walkElements(walk: Walk, node: PointerNode, index: number): void {
  const { pointsTo } = walk;
  pointsTo.graph.onValue(node, (value) => {
    walkSteps(walk, pointsTo.fieldNode(value, elementsOf(pointsTo, value)), index + 1);
  });
}

/** What stands in a list is read where a function in it is meant, or what models keep of each that was given. */
function leadsToElements(walk: Walk, index: number): boolean {
  const { root, steps } = walk.address;
  const next = steps[index + 1];
  return (
    leadsToFunction(walk, index) ||
    (root.kind === "argument" && next?.kind === "property" && isModelsOwn(next.name))
  );
}

/** What leads to a function is read, whatever is put into what that is called with. */
function leadsToFunction({ address }: Walk, index: number): boolean {
  return address.steps.slice(index).some(isCalled);
}

/** A method, be it a property, a class's or a package's. */
function walkMethod(walk: Walk, node: PointerNode, name: string, index: number): void {
  const method = walk.pointsTo.graph.create();
  loadMember(walk.pointsTo, node, { kind: "name", name }, method, null);
  onFunction(walk.pointsTo, method, (callee) => {
    if (callee.graph.class !== null) ownReceiver(walk.pointsTo, node, callee);
  });
  walkSteps(walk, method, index + 1);
}

/** The object whose method it is finds what its other methods were given until then. */
function ownReceiver(pointsTo: PointsTo, object: PointerNode, method: FunctionNode): void {
  pointsTo.graph.onValue(object, (value) => {
    if (value.kind !== "instance") return;
    pointsTo.graph.add(pointsTo.receiverNode(method), value);
    pointsTo.markShared(value);
  });
}

function walkProperty(walk: Walk, node: PointerNode, name: string, index: number): void {
  const { pointsTo } = walk;
  const { graph } = pointsTo;
  // Every function has one, and a package's class shows there what its objects have.
  if (name === "prototype" && !walk.isWritten) {
    const prototype = graph.create();
    loadMember(pointsTo, node, { kind: "name", name }, prototype, null);
    walkSteps(walk, prototype, index + 1);
    return;
  }
  graph.onValue(node, (value) => {
    if (name === ownClass) {
      if (value.kind === "instance") walkSteps(walk, classNode(pointsTo, value), index + 1);
      return;
    }
    const member = graph.create();
    graph.edge(pointsTo.fieldNode(value, name), member);
    if (value.kind === "object") graph.edge(pointsTo.fieldNode(value, "[]"), member);
    // Functions that the program puts into a member of a package's object: `schema.statics.seal = …`.
    const held =
      value.kind === "foreign" && leadsToFunction(walk, index)
        ? memberOfForeign(pointsTo, value, name)
        : null;
    if (held !== null) {
      const node = graph.create();
      graph.add(node, held);
      walkSteps(walk, node, index + 1);
    }
    walkSteps(walk, walk.isWritten ? pointsTo.fieldNode(value, name) : member, index + 1);
  });
}

/** The class that an object of the program's own was made of. */
function classNode(pointsTo: PointsTo, value: Extract<AbstractValue, { kind: "instance" }>): PointerNode {
  const node = pointsTo.graph.create();
  pointsTo.graph.add(node, pointsTo.values.class(value.class));
  return node;
}

/** What the functions give that a call of a library made. */
export function resultOfMade({ graph }: PointsTo, made: CallSite): PointerNode {
  return graph.node(`made:${made.id}`);
}

function walkForeignFunction(walk: Walk, node: PointerNode, index: number): void {
  const { pointsTo, site, address } = walk;
  const step = address.steps[index];
  pointsTo.graph.onValue(node, (given) => {
    const value = given.kind === "bound" ? boundForeign(pointsTo, given) : given;
    if (value?.kind !== "foreign") return;
    addForeignCallback(site, value, functionAddress(address, index));
    const channel = pointsTo.channelOf(value.id);
    if (channel === undefined) return;
    if (step?.kind === "result") walkSteps(walk, resultOfMade(pointsTo, channel.site), index + 1);
    else if (step?.kind === "parameter")
      walkSteps(walk, pointsTo.fieldNode(value, `<given ${String(step.index)}>`), index + 1);
  });
}

function walkFunction(walk: Walk, callee: FunctionNode, step: FunctionStep, index: number): void {
  const { pointsTo, address } = walk;
  pointsTo.addCallback(walk.site, callee, functionPlace(address, index));
  if (step.kind === "result" && address.steps[index + 1]?.kind === "rejected")
    walkSteps(walk, pointsTo.thrownNode(callee), index + 2);
  else if (step.kind === "parameter") walkSteps(walk, pointsTo.parameterNode(callee, step.index), index + 1);
  else
    walkSteps(
      walk,
      step.kind === "result" ? pointsTo.returnNode(callee) : pointsTo.receiverNode(callee),
      index + 1,
    );
}

/** `statics_[name0]`: what was put there under the name, or what an object that was put there has under it. */
function walkNamed(walk: Walk, node: PointerNode, place: string, name: string, index: number): void {
  const { pointsTo, address } = walk;
  const { graph } = pointsTo;
  let owner = node;
  if (place !== "") {
    owner = graph.create();
    graph.onValue(node, (value) => {
      graph.edge(pointsTo.fieldNode(value, place), owner);
      for (const key of [name, "*"]) walkSteps(walk, pointsTo.fieldNode(value, `${place}=${key}`), index + 1);
    });
  }
  if (isCalled(address.steps[index + 1])) walkMethod(walk, owner, name, index);
  else walkProperty(walk, owner, name, index);
}

/**
 * An entry by key of what a value holds itself, or in a place of the models: constant keys have a node each, unknown
 * ones share `=*`, and reading one of those meets all.
 */
function walkEntry(walk: Walk, node: PointerNode, place: string, index: number): void {
  const { pointsTo, site, address } = walk;
  const { graph } = pointsTo;
  const step = address.steps[index];
  if (step?.kind !== "entry") return;
  const { key } = step;
  if (key.root.kind === "name") {
    const name = walk.operands.names?.[key.root.index];
    if (name !== undefined) walkNamed(walk, node, place, name, index);
    return;
  }
  // What made the entry, which stands there: `arg1[arg0.whitelist[]].created.arg0.kept_`.
  const isMade = address.steps[index + 1]?.kind === "created";
  const isWrite = walk.isWritten && !isMade && !address.steps.some((each) => each.kind === "parameter");
  if (!isWrite && place === "" && key.steps.length > 0) {
    walkListed(walk, node, key, index);
    return;
  }
  const unknown = isWrite ? `${place}=*` : "*";
  const isOfArgument = address.root.kind === "argument" && index === 0 && place === "";
  graph.onValue(node, (value) => {
    const next = (field: string): void => {
      walkSteps(walk, pointsTo.fieldNode(value, field), index + 1);
    };
    const operand = operandOf(site, key);
    if (isOfArgument && operand !== null && isOwn(value)) {
      forKeyAt(pointsTo, site, operand, key, (name) => {
        if (isWrite) next(name ?? "[]");
        else if (name === null) next("*");
        else walkMember(walk, value, name, index);
      });
      return;
    }
    const nextNamed = (key: string | null): void => {
      // A star that the program writes is not the one that stands for all keys.
      const name = key === "*" ? writtenStar : key;
      next(name === null ? unknown : `${place}=${name}`);
      // What a package's own object is given under a name is also a property of it.
      if (name !== null && place === "" && isPackages(value)) next(name);
      if (!isWrite && name !== null) next(`${place}=*`);
    };
    if (operand !== null) forKeyAt(pointsTo, site, operand, key, nextNamed);
    else nextNamed(key.root.kind === "literal" ? String(key.root.value) : null);
  });
}

/** The properties that a list at another address names: `reducers[config.whitelist[]]`; all, where it names none. */
function walkListed(walk: Walk, node: PointerNode, key: Address, index: number): void {
  const { pointsTo, site, operands } = walk;
  let isNamed = false;
  forAddress(pointsTo, site, operands, key, (names) => {
    pointsTo.graph.onValue(names, (name) => {
      isNamed = true;
      if (name.kind === "constant") walkProperty(walk, node, String(name.value), index);
      else walkField(walk, node, "*", index);
    });
  });
  pointsTo.graph.onQuiet(() => {
    if (!isNamed) walkField(walk, node, "*", index);
    return true;
  });
}

/** An object of the program's own has properties where a map or form has entries. */
function isOwn({ kind }: AbstractValue): boolean {
  return kind === "object" || kind === "instance" || kind === "class" || kind === "function";
}

/** What reading the name from it gives, inherited or not. */
function walkMember(walk: Walk, value: AbstractValue, name: string, index: number): void {
  const { graph } = walk.pointsTo;
  const object = graph.create();
  const member = graph.create();
  graph.add(object, value);
  loadMember(walk.pointsTo, object, { kind: "name", name }, member, null);
  walkSteps(walk, member, index + 1);
}

function isPackages(value: AbstractValue): boolean {
  return value.kind === "foreign" && value.module.startsWith("npm:");
}

function operandOf(site: CallSite, { root }: Address): ValueId | null {
  return root.kind === "argument" ? (operandsOfSite(site).arguments[root.index]?.value ?? null) : null;
}

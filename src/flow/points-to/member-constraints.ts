/** Reading and writing a property of whatever a node may hold: own fields, class members, exports, package members. */
import type { PropertyName } from "../../contracts/file-graph.js";
import { trapped, writer } from "../../contracts/models-own.js";
import type { AbstractValue } from "./abstract-value.js";
import { admittedInField } from "./admitted-values.js";
import { forMember } from "../program/class-members.js";
import { forPrototypes, makePrototype } from "./class-prototypes.js";
import { loadMethod } from "../program/decorated-methods.js";
import { addReadType, memberOfForeign, membersInherited } from "./foreign-members.js";
import { isIndex } from "../paths/path-components.js";
import { hasOwnPromiseMember } from "./promise-members.js";
import { givesData } from "../models/gives-data.js";
import { allExports, findExports, moduleExportsCell } from "../program/module-links.js";
import type { LinkTarget } from "../program/module-links.js";
import { elementsOf, isMap, pairOfMap } from "./elements-of.js";
import type { MemberPlace } from "./member-place.js";
import type { PointerNode } from "./pointer-graph.js";
import { forSetter } from "./property-setters.js";
import type { PointsTo } from "./points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

const invokers = new Set(["bind", "call", "apply"]);

export function loadMember(
  pointsTo: PointsTo,
  object: PointerNode,
  name: PropertyName,
  out: PointerNode,
  at: MemberPlace | null,
): void {
  pointsTo.graph.onValue(object, (value) => {
    if (name.kind === "name") loadNamed(pointsTo, value, name.name, out, at);
    else if (name.kind === "element" && isMap(value)) pointsTo.graph.add(out, pairOfMap(pointsTo, value));
    else loadUnknown(pointsTo, value, out, at);
  });
}

function loadUnknown(
  pointsTo: PointsTo,
  value: AbstractValue,
  out: PointerNode,
  at: MemberPlace | null,
): void {
  const { graph } = pointsTo;
  if (value.kind === "module") {
    for (const links of allExports(pointsTo, value.file).values())
      for (const link of links) graph.edge(linkNode(pointsTo, link), out);
    return;
  }
  graph.edge(pointsTo.fieldNode(value, "*"), out);
  if (at !== null) callIterator(pointsTo, value, out, at);
}

/** What iterating an object gives that has an iterator of its own. */
export function forIterator(
  pointsTo: PointsTo,
  object: PointerNode,
  out: PointerNode,
  at: MemberPlace,
): void {
  pointsTo.graph.onValue(object, (value) => {
    callIterator(pointsTo, value, out, at);
  });
}

/** `show(...bag)`: an object that has an iterator of the program's own is gone through. */
export function iterateSpread(pointsTo: PointsTo, spread: PointerNode, at: MemberPlace): void {
  const elements = pointsTo.graph.create();
  forIterator(pointsTo, spread, elements, at);
  pointsTo.graph.onValue(spread, (bag) => {
    if (bag.kind === "instance" || (bag.kind === "object" && !bag.array))
      pointsTo.graph.edge(elements, pointsTo.fieldNode(bag, "*"));
  });
}

function callIterator(pointsTo: PointsTo, value: AbstractValue, out: PointerNode, at: MemberPlace): void {
  if (value.kind === "instance") {
    forMember(pointsTo, value.class, "@@iterator", false, (member) => {
      if (member.function !== null)
        iterate(pointsTo, value, pointsTo.instanceCopies.of(value, member.function), out, at);
    });
  } else if (value.kind === "object") {
    pointsTo.graph.onValue(pointsTo.fieldNode(value, "@@iterator"), (method) => {
      if (method.kind === "function") iterate(pointsTo, value, method.function, out, at);
    });
  }
}

/** Iterating calls the iterator method, and `next` of what that gives. */
function iterate(
  pointsTo: PointsTo,
  value: AbstractValue,
  method: FunctionNode,
  out: PointerNode,
  at: MemberPlace,
): void {
  const { graph } = pointsTo;
  const run = pointsTo.functionCopies.targetOf(pointsTo.siteAt(at.node, at.point), method);
  connectAccessor(pointsTo, at, run, value, "iterate");
  const iterator = pointsTo.returnNode(run);
  graph.onValue(iterator, (each) => {
    graph.edge(pointsTo.fieldNode(each, elementsOf(pointsTo, each)), out);
  });
  const next = graph.create();
  loadMember(pointsTo, iterator, { kind: "name", name: "next" }, next, null);
  graph.onValue(next, (found) => {
    if (found.kind !== "function") return;
    pointsTo.addEdge(pointsTo.siteAt(at.node, at.point), found.function, "next");
    pointsTo.instanceCopies.receive(iterator, found.function);
    loadMember(pointsTo, pointsTo.returnNode(found.function), { kind: "name", name: "value" }, out, null);
  });
}

/** An accessor, an iterator or a conversion of an object is called where the program only reads or names it. */
export function connectAccessor(
  pointsTo: PointsTo,
  at: MemberPlace,
  accessor: FunctionNode,
  self: AbstractValue,
  shape: "getter" | "setter" | "assign" | "iterate" | "convert",
): void {
  pointsTo.addEdge(pointsTo.siteAt(at.node, at.point), accessor, shape);
  pointsTo.graph.add(pointsTo.receiverNode(accessor), self);
}

const promiseMembers = new Set(["then", "catch", "finally"]);

function loadNamed(
  pointsTo: PointsTo,
  value: AbstractValue,
  name: string,
  out: PointerNode,
  at: MemberPlace | null,
  /** What the member is read from: the value, or what inherits from it. */
  self: AbstractValue = value,
): void {
  const { graph, values } = pointsTo;
  // Promises are their content, so anything may be one.
  if (promiseMembers.has(name) && !hasOwnPromiseMember(pointsTo, value, name))
    addLibrary(pointsTo, out, "Promise", name);
  switch (value.kind) {
    case "module":
      for (const link of findExports(pointsTo, value.file, name)) graph.edge(linkNode(pointsTo, link), out);
      return;
    case "foreign": {
      graph.edge(pointsTo.fieldNode(value, name), out);
      if (isIndex(name)) graph.edge(pointsTo.fieldNode(value, "[]"), out);
      if (
        invokers.has(name) &&
        pointsTo.catalogue.match(value.module, [...value.path, name], "call").length === 0
      ) {
        graph.add(out, values.invoker(name as "bind", value));
        return;
      }
      const member = memberOfForeign(pointsTo, value, name);
      if (member?.kind !== "foreign" || isIndex(name)) return;
      const reads = pointsTo.catalogue.match(member.module, member.path, "read");
      // `Buffer.byteLength(text)` is a function, whatever a buffer has by that name.
      const isCalled = pointsTo.catalogue.match(member.module, member.path, "call").length > 0;
      if (isCalled || !reads.some(({ model }) => model.roles.some(givesData))) graph.add(out, member);
      addReadType(pointsTo, member, out, value);
      if (reads.length > 0) at?.found?.(pointsTo, at, reads, value, out);
      return;
    }
    case "constant":
    case "computed":
      addLibrary(pointsTo, out, "String", name);
      return;
    case "bound":
    case "invoker":
    case "promised":
      if (invokers.has(name)) graph.add(out, values.invoker(name as "bind", value));
      return;
    case "function":
      if (name === "prototype")
        graph.add(
          pointsTo.fieldNode(value, name),
          values.object(`prototype:${String(value.function.index)}`, false),
        );
      if (invokers.has(name)) graph.add(out, values.invoker(name as "bind", value));
      loadOwn(pointsTo, value, name, out, at, self);
      return;
    case "object":
      loadOwn(pointsTo, value, name, out, at, self);
      loadPrototype(pointsTo, value, name, out, at, self);
      if (value.array) addLibrary(pointsTo, out, "Array", name);
      return;
    case "instance":
      if (name === "constructor") graph.add(out, values.class(value.class));
      loadOwn(pointsTo, value, name, out, at, self);
      loadInherited(pointsTo, self, value.class, name, false, out, at);
      forPrototypes(pointsTo, value.class, name, (prototype) => {
        loadOwn(pointsTo, prototype, name, out, at, self);
      });
      return;
    case "class":
      if (name === "name") graph.add(out, values.constant(value.class.graph.name));
      if (name === "prototype") makePrototype(pointsTo, value.class);
      loadOwn(pointsTo, value, name, out, at, self);
      if (invokers.has(name)) graph.add(out, values.invoker(name as "bind", value));
      loadInherited(pointsTo, self, value.class, name, true, out, at);
      return;
  }
}

function addLibrary(pointsTo: PointsTo, out: PointerNode, type: string, name: string): void {
  if (pointsTo.catalogue.match("lib", [type, name], "call").length === 0) return;
  const member = pointsTo.values.foreign("lib", [type, name], null);
  if (member !== null) pointsTo.graph.add(out, member);
}

function loadOwn(
  pointsTo: PointsTo,
  value: AbstractValue,
  name: string,
  out: PointerNode,
  at: MemberPlace | null,
  self: AbstractValue,
): void {
  const { graph } = pointsTo;
  const admits = value.kind === "instance" ? admittedInField(pointsTo, value.class, name) : null;
  graph.edgeThrough(pointsTo.fieldNode(value, name), out, admits);
  // What stands at an unknown key of an array is an element, never a member by name.
  if (value.kind !== "object" || !value.array || isIndex(name))
    graph.edgeThrough(pointsTo.fieldNode(value, "[]"), out, admits);
  if (at === null) return;
  graph.onValue(pointsTo.fieldNode(value, `get ${name}`), (getter) => {
    if (getter.kind !== "function") return;
    connectAccessor(pointsTo, at, getter.function, self, "getter");
    graph.edge(pointsTo.returnNode(getter.function), out);
  });
}

function loadPrototype(
  pointsTo: PointsTo,
  value: AbstractValue,
  name: string,
  out: PointerNode,
  at: MemberPlace | null,
  self: AbstractValue,
): void {
  pointsTo.graph.onValue(pointsTo.prototypeNode(value), (prototype) => {
    if (prototype !== value) loadNamed(pointsTo, prototype, name, out, at, self);
  });
}

/** A member of a class, or of the nearest that it extends, read from an object. */
export function loadInherited(
  pointsTo: PointsTo,
  self: AbstractValue,
  start: ClassNode,
  name: string,
  isStatic: boolean,
  out: PointerNode,
  at: MemberPlace | null,
): void {
  const { graph } = pointsTo;
  forMember(
    pointsTo,
    start,
    name,
    isStatic,
    (member) => {
      if (member.function === null) return;
      const own = pointsTo.instanceCopies.of(self, member.function);
      if (member.kind === "method") loadMethod(pointsTo, own, out);
      else if (member.kind === "getter" && at !== null) {
        const run = pointsTo.functionCopies.targetOf(pointsTo.siteAt(at.node, at.point), own);
        connectAccessor(pointsTo, at, run, self, "getter");
        graph.edge(pointsTo.returnNode(run), out);
      }
    },
    (parent) => {
      for (const inherited of membersInherited(pointsTo, parent, name, isStatic)) graph.add(out, inherited);
    },
  );
}

export function storeMember(
  pointsTo: PointsTo,
  object: PointerNode,
  name: PropertyName,
  value: PointerNode,
  accessor: "get" | "set" | null,
  at: MemberPlace,
  isKept = false,
): void {
  const { graph } = pointsTo;
  graph.onValue(object, (target) => {
    if (accessor === null) connectSetTrap(pointsTo, target, value, at);
    if (name.kind !== "name") {
      graph.edge(value, pointsTo.fieldNode(target, "[]"));
      return;
    }
    if (accessor !== null) {
      graph.edge(value, pointsTo.fieldNode(target, `${accessor} ${name.name}`));
      return;
    }
    if (!isKept || !pointsTo.isKeptApart(target, at.node))
      graph.edge(value, pointsTo.fieldNode(target, name.name));
    const setter = (callee: FunctionNode): void => {
      connectAccessor(pointsTo, at, callee, target, "setter");
      graph.edge(value, pointsTo.parameterNode(callee, 0));
    };
    forSetter(pointsTo, target, name.name, setter);
  });
}

/** Where a proxy of the object has a function for it, that is told of whatever is written. */
function connectSetTrap(
  pointsTo: PointsTo,
  target: AbstractValue,
  value: PointerNode,
  at: MemberPlace,
): void {
  const { graph } = pointsTo;
  graph.onValue(pointsTo.fieldNode(target, writer), (trap) => {
    if (trap.kind !== "function") return;
    pointsTo.addEdge(pointsTo.siteAt(at.node, at.point), trap.function, "set-trap");
    graph.add(pointsTo.parameterNode(trap.function, trapped.target), target);
    graph.edge(value, pointsTo.parameterNode(trap.function, trapped.value));
    graph.add(pointsTo.parameterNode(trap.function, trapped.proxy), target);
  });
}

/** The pointer node that a link leads to. */
export function linkNode(pointsTo: PointsTo, link: LinkTarget): PointerNode {
  switch (link.kind) {
    case "cell":
      return pointsTo.cellNode(link.file, link.cell);
    case "namespace": {
      const node = pointsTo.graph.node(`ns:${link.file}`);
      pointsTo.graph.add(node, pointsTo.values.module(link.file));
      return node;
    }
    case "commonjs": {
      const exports = pointsTo.cellNode(link.file, moduleExportsCell);
      if (link.name === null) return exports;
      const key = `cjs:${link.file}#${link.name}`;
      const known = pointsTo.graph.find(key);
      if (known !== undefined) return known;
      const node = pointsTo.graph.node(key);
      loadMember(pointsTo, exports, { kind: "name", name: link.name }, node, null);
      return node;
    }
    case "foreign": {
      const node = pointsTo.graph.node(`npm:${link.module}#${link.path.join(".")}`);
      const value = pointsTo.values.foreign(link.module, link.path, null);
      if (value !== null) pointsTo.graph.add(node, value);
      return node;
    }
  }
}

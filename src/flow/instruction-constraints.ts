/** The inclusion constraints of each instruction; calls are in `call-constraints.ts`. */
import type { Instruction, PropertyName, TypeReference } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { addCallConstraints, addJsxConstraints, addSuperCallConstraints } from "./call-constraints.js";
import { isIndex } from "./path-components.js";
import { keptParameter } from "./constructor-fields.js";
import { convertToText, linkNode, addReadType, loadMember, storeMember } from "./member-constraints.js";
import { isScalarReference, mayBeScalar } from "./scalar-types.js";
import { awaitThenable } from "./thenables.js";
import { wellKnownSymbol } from "./well-known-symbols.js";
import { findImport, moduleExportsCell } from "./module-links.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

export function addInstructionConstraints(pointsTo: PointsTo, node: FunctionNode): void {
  const { graph } = pointsTo;
  for (const block of node.graph.blocks) {
    for (const phi of block.phis) {
      for (const input of phi.inputs)
        graph.edge(pointsTo.valueNode(node, input.value), pointsTo.valueNode(node, phi.out));
    }
    if (block.end.kind === "return" && block.end.value !== null && !node.graph.generator) {
      graph.edge(pointsTo.valueNode(node, block.end.value), pointsTo.returnNode(node));
    }
    if (block.end.kind === "throw") {
      const caught = block.handler === null ? pointsTo.thrownNode(node) : caughtNode(pointsTo, node);
      graph.edge(pointsTo.valueNode(node, block.end.value), caught);
    }
  }
  if (node.graph.generator) {
    graph.add(pointsTo.returnNode(node), pointsTo.values.object(`${String(node.index)}:generator`, true));
  }
  node.code.forEach((instruction, point) => {
    addConstraint(pointsTo, node, instruction, point);
  });
}

function linkImport(
  pointsTo: PointsTo,
  node: FunctionNode,
  specifier: string,
  name: string,
  out: PointerNode,
): void {
  for (const link of findImport(pointsTo, node.file, specifier, name))
    pointsTo.graph.edge(linkNode(pointsTo, link), out);
}

function addConstraint(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
): void {
  const { graph, values } = pointsTo;
  const of = (value: number): PointerNode => pointsTo.valueNode(node, value);
  const site = `${String(node.index)}:${String(point)}`;
  switch (instruction.kind) {
    case "constant":
      if (instruction.type !== "regexp")
        graph.add(
          of(instruction.out),
          values.constant(instruction.type === "undefined" ? undefined : instruction.value),
        );
      else addForeign(pointsTo, of(instruction.out), "lib", ["RegExp"], site);
      return;
    case "parameter":
      typedEdge(
        pointsTo,
        pointsTo.parameterNode(node, instruction.index),
        of(instruction.out),
        node.graph.parameters[instruction.index]?.type ?? null,
      );
      if (node.graph.parameters[instruction.index]?.rest === true)
        graph.add(of(instruction.out), values.object(site, true));
      return;
    case "arguments":
      graph.edge(pointsTo.argumentsNode(node), of(instruction.out));
      return;
    case "this":
      graph.edge(pointsTo.receiverNode(node), of(instruction.out));
      return;
    case "capture":
      graph.edge(pointsTo.slotNode(node, instruction.slot), of(instruction.out));
      return;
    case "box":
    case "object":
    case "array":
      graph.add(of(instruction.out), values.object(site, instruction.kind === "array"));
      return;
    case "box-read":
      graph.onValue(of(instruction.box), (box) => {
        graph.edge(pointsTo.fieldNode(box, "<box>"), of(instruction.out));
      });
      return;
    case "box-write":
      graph.onValue(of(instruction.box), (box) => {
        graph.edge(of(instruction.value), pointsTo.fieldNode(box, "<box>"));
      });
      return;
    case "cell-read":
      graph.edge(pointsTo.cellNode(node.file, instruction.cell), of(instruction.out));
      return;
    case "cell-write":
      graph.edge(of(instruction.value), pointsTo.cellNode(node.file, instruction.cell));
      return;
    case "import-read": {
      const binding = node.fileGraph.imports[instruction.import];
      if (binding !== undefined)
        linkImport(pointsTo, node, binding.specifier, binding.name, of(instruction.out));
      return;
    }
    case "require":
      linkImport(pointsTo, node, instruction.specifier, "=", of(instruction.out));
      return;
    case "import-call":
      if (instruction.specifier !== null)
        linkImport(pointsTo, node, instruction.specifier, "*", of(instruction.out));
      return;
    case "module-exports": {
      const cell = pointsTo.cellNode(node.file, moduleExportsCell);
      graph.add(cell, values.object(`${node.file}:exports`, false));
      graph.edge(cell, of(instruction.out));
      return;
    }
    case "module-exports-write":
      graph.edge(of(instruction.value), pointsTo.cellNode(node.file, moduleExportsCell));
      return;
    case "global":
      addGlobal(pointsTo, of(instruction.out), instruction.name);
      graph.edge(graph.node(`g${instruction.name}`), of(instruction.out));
      return;
    case "global-write":
      graph.edge(of(instruction.value), graph.node(`g${instruction.name}`));
      return;
    case "function": {
      const callee = pointsTo.program.functionOf(node.file, instruction.function);
      if (callee === undefined) return;
      graph.add(of(instruction.out), values.function(callee));
      instruction.captures.forEach((captured, slot) => {
        graph.edge(of(captured), pointsTo.slotNode(callee, slot));
      });
      return;
    }
    case "class": {
      const found = pointsTo.program.classOf(node.file, instruction.class);
      if (found !== undefined) graph.add(of(instruction.out), values.class(found));
      return;
    }
    case "load":
      loadProperty(pointsTo, node, instruction.object, instruction.property, of(instruction.out), point);
      return;
    case "store":
      for (const name of propertyNames(pointsTo, node, instruction.property)) {
        storeMember(
          pointsTo,
          of(instruction.object),
          name,
          of(instruction.value),
          instruction.accessor ?? null,
          { node, point },
          keptParameter(node, instruction) !== null,
        );
      }
      return;
    case "super-load":
      loadSuper(pointsTo, node, instruction.property, of(instruction.out));
      return;
    case "copy-properties":
      copyProperties(pointsTo, of(instruction.source), of(instruction.target));
      return;
    case "append-elements":
      graph.onValue(of(instruction.target), (target) => {
        loadMember(pointsTo, of(instruction.source), { kind: "element" }, pointsTo.fieldNode(target, "[]"), {
          node,
          point,
        });
      });
      return;
    case "object-rest":
      graph.add(of(instruction.out), values.object(site, false));
      copyProperties(pointsTo, of(instruction.object), of(instruction.out));
      return;
    case "array-rest":
      graph.add(of(instruction.out), values.object(site, true));
      graph.onValue(of(instruction.array), (array) => {
        graph.edge(pointsTo.fieldNode(array, "*"), pointsTo.fieldNode(values.object(site, true), "[]"));
      });
      return;
    case "iterate":
      if (instruction.mode !== "in")
        loadMember(pointsTo, of(instruction.object), { kind: "element" }, of(instruction.out), {
          node,
          point,
        });
      return;
    case "await":
      graph.edge(of(instruction.value), of(instruction.out));
      awaitThenable(pointsTo, of(instruction.value), of(instruction.out), { node, point });
      return;
    case "cast":
    case "declare":
      typedEdge(pointsTo, of(instruction.value), of(instruction.out), instruction.type);
      return;
    case "binary":
      graph.add(of(instruction.out), values.computed(node, point));
      if (instruction.operator === "instanceof")
        tellClass(pointsTo, of(instruction.left), of(instruction.right));
      if (instruction.operator === "+")
        for (const operand of [instruction.left, instruction.right])
          convertToText(pointsTo, of(operand), of(instruction.out), { node, point });
      return;
    case "template":
      graph.add(of(instruction.out), values.computed(node, point));
      for (const operand of instruction.values)
        convertToText(pointsTo, of(operand), of(instruction.out), { node, point });
      return;
    case "catch":
      graph.edge(caughtNode(pointsTo, node), of(instruction.out));
      return;
    case "yield":
      if (instruction.value !== null) {
        const generator = values.object(`${String(node.index)}:generator`, true);
        if (instruction.delegate)
          loadMember(
            pointsTo,
            of(instruction.value),
            { kind: "element" },
            pointsTo.fieldNode(generator, "[]"),
            null,
          );
        else graph.edge(of(instruction.value), pointsTo.fieldNode(generator, "[]"));
      }
      graph.edge(pointsTo.sentNode(node), of(instruction.out));
      return;
    case "call":
      addCallConstraints(pointsTo, node, instruction, point);
      return;
    case "super-call":
      addSuperCallConstraints(pointsTo, node, instruction, point);
      return;
    case "jsx":
      addJsxConstraints(pointsTo, node, instruction, point);
      return;
    default:
      return;
  }
}

/** What the handlers of a function catch. */
function caughtNode(pointsTo: PointsTo, node: FunctionNode): PointerNode {
  return pointsTo.graph.node(`x${String(node.index)}`);
}

/** A value that is tested for a class may be of it, so the members of the class are known where they are used. */
function tellClass(pointsTo: PointsTo, tested: PointerNode, type: PointerNode): void {
  pointsTo.graph.onValue(type, (value) => {
    if (value.kind === "class") pointsTo.graph.add(tested, pointsTo.values.instance(value.class, null));
    else if (value.kind === "foreign")
      addForeign(pointsTo, tested, value.module === "global" ? "lib" : value.module, value.path, value.site);
  });
}

function addGlobal(pointsTo: PointsTo, out: PointerNode, name: string): void {
  const value = pointsTo.values.foreign("global", [name], null);
  if (value?.kind !== "foreign") return;
  pointsTo.graph.add(out, value);
  addReadType(pointsTo, value, out);
}

function addForeign(
  pointsTo: PointsTo,
  node: PointerNode,
  module: string,
  path: readonly string[],
  site: string | null,
): void {
  const value = pointsTo.values.foreign(module, path, site);
  if (value !== null) pointsTo.graph.add(node, value);
}

/** A computed key that is a constant where the graph is built is a name; others are one unknown key. */
export function propertyNames(
  pointsTo: PointsTo,
  node: FunctionNode,
  property: PropertyName,
): PropertyName[] {
  if (property.kind !== "computed") return [property];
  const definition = node.definitions[property.value];
  if (definition?.kind === "instruction") {
    const { instruction } = definition;
    if (instruction.kind === "constant" && instruction.type !== "regexp")
      return [{ kind: "name", name: String(instruction.value) }];
    if (instruction.kind === "load" && instruction.property.kind === "name") {
      const wellKnown = wellKnownSymbol(instruction.property.name);
      if (wellKnown !== null) return [{ kind: "name", name: wellKnown }];
    }
  }
  return [{ kind: "element" }];
}

function loadProperty(
  pointsTo: PointsTo,
  node: FunctionNode,
  object: number,
  property: PropertyName,
  out: PointerNode,
  point: number,
): void {
  for (const name of propertyNames(pointsTo, node, property))
    loadMember(pointsTo, pointsTo.valueNode(node, object), name, out, { node, point });
  if (property.kind !== "computed") return;
  // A key known only by value flow: each constant is a name of its own.
  pointsTo.graph.onValue(pointsTo.valueNode(node, property.value), (key) => {
    if (key.kind === "constant" && typeof key.value === "string" && !isIndex(key.value)) {
      loadMember(pointsTo, pointsTo.valueNode(node, object), { kind: "name", name: key.value }, out, {
        node,
        point,
      });
    }
  });
}

function loadSuper(pointsTo: PointsTo, node: FunctionNode, property: PropertyName, out: PointerNode): void {
  const home = pointsTo.program.homeClass(node);
  const instruction = home?.owner.code[home.point];
  if (
    home === undefined ||
    instruction?.kind !== "class" ||
    instruction.heritage === null ||
    property.kind !== "name"
  )
    return;
  const { name } = property;
  pointsTo.graph.onValue(pointsTo.valueNode(home.owner, instruction.heritage), (parent: AbstractValue) => {
    if (parent.kind === "foreign")
      addForeign(pointsTo, out, parent.module, [...parent.path, name], parent.site);
    if (parent.kind !== "class") return;
    const carrier = pointsTo.graph.create();
    pointsTo.graph.add(carrier, node.graph.static ? parent : pointsTo.values.instance(parent.class, null));
    loadMember(pointsTo, carrier, { kind: "name", name }, out, null);
  });
}

function copyProperties(pointsTo: PointsTo, source: PointerNode, target: PointerNode): void {
  const { graph } = pointsTo;
  graph.onValue(source, (from) => {
    graph.onValue(target, (to) => {
      pointsTo.copyFields(from, to);
    });
  });
}

/** What a place of a written type takes over: a text has no members that a package gave it. */
function typedEdge(pointsTo: PointsTo, from: PointerNode, to: PointerNode, type: TypeReference | null): void {
  const { graph } = pointsTo;
  if (!isScalarReference(type)) graph.edge(from, to);
  else
    graph.onValue(from, (value) => {
      if (mayBeScalar(value)) graph.add(to, value);
    });
}

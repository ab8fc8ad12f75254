/** The inclusion constraints of reading and writing a property. */
import type { PropertyName } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Constraints } from "./constraint-table.js";
import { keptParameter } from "./constructor-fields.js";
import { loadMember, storeMember } from "./member-constraints.js";
import { isIndex } from "./path-components.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";
import { addForeign } from "./value-constraints.js";
import { wellKnownSymbol } from "./well-known-symbols.js";

export const propertyConstraints = {
  load: (pointsTo, node, { object, property, out }, point) => {
    loadProperty(pointsTo, node, object, property, pointsTo.valueNode(node, out), point);
  },
  store: (pointsTo, node, instruction, point) => {
    for (const name of propertyNames(pointsTo, node, instruction.property)) {
      storeMember(
        pointsTo,
        pointsTo.valueNode(node, instruction.object),
        name,
        pointsTo.valueNode(node, instruction.value),
        instruction.accessor ?? null,
        { node, point },
        keptParameter(node, instruction) !== null,
      );
    }
  },
  "super-load": (pointsTo, node, { property, out }) => {
    loadSuper(pointsTo, node, property, pointsTo.valueNode(node, out));
  },
} satisfies Constraints;

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

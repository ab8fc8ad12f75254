/** The inclusion constraints of reading and writing a property. */
import type { InstructionOf, PropertyName } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { addAssigned, assignedMatches, mayBeMoved } from "./assign-constraints.js";
import type { Constraints } from "./constraint-table.js";
import { keptParameter } from "./constructor-fields.js";
import { forMember } from "../program/class-members.js";
import {
  connectAccessor,
  forIterator,
  loadInherited,
  loadMember,
  storeMember,
} from "./member-constraints.js";
import { addGetters } from "./getters-of-models.js";
import { addKeptRead } from "./kept-reads.js";
import { forProperty } from "./property-keys.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { addForeign } from "./value-constraints.js";
import { operandAt } from "./text-tests.js";

export const propertyConstraints = {
  load: (pointsTo, node, instruction, point) => {
    const { object, property, out, iterates } = instruction;
    addKeptRead(pointsTo, node, instruction, point);
    if (iterates === true)
      forIterator(pointsTo, pointsTo.valueNode(node, object), pointsTo.valueNode(node, out), { node, point });
    forProperty(pointsTo, node, property, (name) => {
      loadMember(pointsTo, pointsTo.valueNode(node, object), name, pointsTo.valueNode(node, out), {
        node,
        point,
        found: addGetters,
      });
    });
  },
  store: (pointsTo, node, instruction, point) => {
    if (instruction.above === true) {
      storeSuper(pointsTo, node, instruction, point);
      return;
    }
    const { object, property, value } = instruction;
    if (property.kind === "name" && mayBeMoved(pointsTo.catalogue, property.name))
      pointsTo.graph.onValue(pointsTo.valueNode(node, object), (target) => {
        const matches = assignedMatches(pointsTo, target, property.name);
        addAssigned(pointsTo, node, point, matches, target, pointsTo.valueNode(node, value));
      });
    const given = operandAt(pointsTo, node, point, value);
    forProperty(pointsTo, node, property, (name) => {
      storeMember(
        pointsTo,
        pointsTo.valueNode(node, object),
        name,
        given,
        instruction.accessor ?? null,
        { node, point },
        keptParameter(node, instruction) !== null,
      );
    });
  },
  "super-load": (pointsTo, node, { property, out }, point) => {
    loadSuper(pointsTo, node, property, pointsTo.valueNode(node, out), point);
  },
} satisfies Constraints;

function loadSuper(
  pointsTo: PointsTo,
  node: FunctionNode,
  property: PropertyName,
  out: PointerNode,
  point: number,
): void {
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
    const selves = selfNode(pointsTo, node);
    if (selves !== null && !node.graph.static && pointsTo.instanceCopies.mayRunOwn(parent.class)) {
      pointsTo.graph.onValue(selves, (self) => {
        loadInherited(pointsTo, self, parent.class, name, false, out, { node, point });
      });
      return;
    }
    const carrier = pointsTo.graph.create();
    pointsTo.graph.add(carrier, node.graph.static ? parent : pointsTo.values.instance(parent.class, null));
    loadMember(pointsTo, carrier, { kind: "name", name }, out, null);
    forMember(pointsTo, parent.class, name, node.graph.static, (member) => {
      if (member.kind !== "getter" || member.function === null) return;
      pointsTo.addEdge(pointsTo.siteAt(node, point), member.function, "getter");
      pointsTo.graph.edge(pointsTo.receiverNode(node), pointsTo.receiverNode(member.function));
      pointsTo.graph.edge(pointsTo.returnNode(member.function), out);
    });
  });
}

/** `super.x = v` runs a setter of the parent, on the object itself; without one it is a property of the object. */
function storeSuper(
  pointsTo: PointsTo,
  node: FunctionNode,
  { object, property, value }: InstructionOf<"store">,
  point: number,
): void {
  const home = pointsTo.program.homeClass(node);
  const made = home?.owner.code[home.point];
  if (home === undefined || made?.kind !== "class" || made.heritage === null || property.kind !== "name")
    return;
  const { name } = property;
  const { graph } = pointsTo;
  const given = pointsTo.valueNode(node, value);
  graph.onValue(pointsTo.valueNode(node, object), (self) => {
    graph.edge(given, pointsTo.fieldNode(self, name));
  });
  graph.onValue(pointsTo.valueNode(home.owner, made.heritage), (parent) => {
    if (parent.kind !== "class") return;
    forMember(pointsTo, parent.class, name, node.graph.static, (member) => {
      const setter = member.kind === "setter" ? member.function : null;
      if (setter === null) return;
      graph.onValue(pointsTo.valueNode(node, object), (self) => {
        const own = pointsTo.instanceCopies.of(self, setter);
        connectAccessor(pointsTo, { node, point }, own, self, "setter");
        graph.edge(given, pointsTo.parameterNode(own, 0));
      });
    });
  });
}

/** What `this` is in a method, or in an arrow function inside of it. */
function selfNode(pointsTo: PointsTo, node: FunctionNode): PointerNode | null {
  if (node.graph.kind !== "arrow") return pointsTo.receiverNode(node);
  const slot = node.graph.captures.findIndex(({ name }) => name === "this");
  return slot === -1 ? null : pointsTo.slotNode(node, slot);
}

/** Objects of packages that only types tell of: behind aliases, in properties of what is handed in, out of functions. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { ClientTypes } from "./client-types.js";
import type { DeclaredMembers } from "./declared-members.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { SeedPlaces } from "./seed-places.js";
import { definitionOf } from "../paths/value-places.js";

export function seedClients(
  pointsTo: PointsTo,
  clients: ClientTypes,
  members: DeclaredMembers,
  places: SeedPlaces,
): boolean {
  let seeded = false;
  for (const node of pointsTo.program.functions) {
    const { typed, loads, results } = places.of(node);
    for (const { type, target, name } of typed) {
      clients.fillLists(node.file, type, target.list);
      if (isUnknown(pointsTo, target))
        seeded =
          add(pointsTo, target, clients.heldBy(node.file, type, `${String(node.index)}:${name}`)) || seeded;
    }
    for (const load of loads) {
      if (load.property.kind !== "name" || !members.mayGive(load.property.name)) continue;
      // What is known by value has the properties that it was given.
      if (!isUnknown(pointsTo, pointsTo.valueNode(node, load.object))) continue;
      const target = pointsTo.valueNode(node, load.out);
      if (isUnknown(pointsTo, target)) seeded = add(pointsTo, target, members.valuesOf(node, load)) || seeded;
    }
    for (const call of results) {
      const target = pointsTo.valueNode(node, call.out);
      if (isUnknown(pointsTo, target))
        seeded = add(pointsTo, target, resultsOf(pointsTo, clients, members, node, call)) || seeded;
    }
    const { returnType } = node.graph;
    const returned = pointsTo.returnNode(node);
    if (returnType !== null && isUnknown(pointsTo, returned))
      seeded =
        add(pointsTo, returned, clients.heldBy(node.file, returnType, `${String(node.index)}:return`)) ||
        seeded;
  }
  return seeded;
}

/** What a function that is handed in gives, as its type says. */
function resultsOf(
  pointsTo: PointsTo,
  clients: ClientTypes,
  members: DeclaredMembers,
  node: FunctionNode,
  call: InstructionOf<"call">,
): readonly AbstractValue[] {
  const callee = definitionOf(node, call.callee);
  if (callee?.kind === "load")
    return callee.property.kind === "name" &&
      members.mayGive(callee.property.name) &&
      isUnknown(pointsTo, pointsTo.valueNode(node, callee.object))
      ? members.resultsOf(node, callee)
      : [];
  const type = callee?.kind === "parameter" ? node.graph.parameters[callee.index]?.type : undefined;
  return type?.kind === "function" && type.result !== null
    ? clients.heldBy(node.file, type.result, `${String(node.index)}:c${String(call.out)}`)
    : [];
}

/** Nothing is known of it, or only the name of a global that nothing describes: `globalThis.redis`. */
function isUnknown({ catalogue }: PointsTo, node: PointerNode): boolean {
  return node.list.every(
    (value) =>
      value.kind === "foreign" &&
      value.module === "global" &&
      catalogue.match(value.module, value.path, "read").length === 0,
  );
}

function add(pointsTo: PointsTo, node: PointerNode, values: readonly AbstractValue[]): boolean {
  for (const value of values) {
    pointsTo.markShared(value);
    pointsTo.graph.add(node, value);
  }
  return values.length > 0;
}

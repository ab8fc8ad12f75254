/**
 * Which fields a property of an object is that the program writes without a type, by the literal that the object began
 * as: `state.address = payload`, where a package hands over `initialState` of a marked type.
 */
import type { FieldId } from "../../contracts/annotation.js";
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Resolver } from "../../contracts/resolver.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

export function fieldsOfLiteral(
  pointsTo: PointsTo,
  resolver: Pick<Resolver, "fieldsAt">,
  node: FunctionNode,
  { object, property }: InstructionOf<"store">,
): readonly FieldId[] {
  if (property.kind !== "name") return [];
  const found = new Set<FieldId>();
  for (const value of pointsTo.valuesOf(node, object)) {
    if (value.kind !== "object" || value.array) continue;
    const [owner = "", point = ""] = value.site.split(":");
    const maker = pointsTo.program.functions[Number(owner)];
    const made = maker?.code[Number(point)];
    if (maker === undefined || made?.kind !== "object") continue;
    for (const use of maker.uses[made.out] ?? []) {
      const store = maker.code[use];
      if (store?.kind !== "store" || store.object !== made.out || !store.initial) continue;
      if (store.property.kind !== "name" || store.property.name !== property.name) continue;
      for (const field of resolver.fieldsAt(maker.file, store.nameAt[0])) found.add(field);
    }
  }
  return [...found];
}

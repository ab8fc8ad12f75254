import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";

/** The object's class, own or a package's, has a member of this name that is no promise's. */
export function hasOwnPromiseMember(pointsTo: PointsTo, value: AbstractValue, name: string): boolean {
  if (value.kind === "foreign")
    return pointsTo.catalogue.match(value.module, [...value.path, name], "call").length > 0;
  if (value.kind !== "instance") return false;
  return value.class.graph.members.some((member) => member.name.kind === "name" && member.name.name === name);
}

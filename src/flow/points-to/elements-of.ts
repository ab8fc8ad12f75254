/** Where the elements of a value lie: what is gone through by functions of its own has other properties besides. */
import { forMember } from "../program/class-members.js";
import type { FunctionNode } from "../program/program.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";

export function elementsOf(pointsTo: PointsTo, value: AbstractValue): "[]" | "*" {
  if (value.kind === "object") return !value.array && pointsTo.fieldsOf(value).has("next") ? "[]" : "*";
  const own: FunctionNode[] = [];
  if (value.kind === "instance")
    for (const name of ["@@iterator", "next"])
      forMember(pointsTo, value.class, name, false, (member) => {
        if (member.function !== null) own.push(member.function);
      });
  return own.length > 0 ? "[]" : "*";
}

export function isMap(value: AbstractValue): boolean {
  return (
    value.kind === "foreign" && value.module === "lib" && value.path.length === 1 && value.path[0] === "Map"
  );
}

/** What iterating a map gives: its values stand second. */
export function pairOfMap(pointsTo: PointsTo, map: AbstractValue): AbstractValue {
  const pair = pointsTo.values.object(`pair:${String(map.id)}`, true);
  pointsTo.graph.edge(pointsTo.fieldNode(map, "*"), pointsTo.fieldNode(pair, "1"));
  return pair;
}

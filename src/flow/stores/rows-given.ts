/**
 * Methods by which the function of a hook gets what is going to be written (`this.getUpdate()`): they give the very
 * object, so that what is changed in it is written. They are read as the property in which the row stands.
 */
import type { PointsTo } from "../points-to/points-to.js";
import { definitionOf } from "../paths/value-places.js";
import type { FoundHook } from "./hook-tables.js";

export function readRowsGiven(pointsTo: PointsTo, hooks: readonly FoundHook[]): void {
  for (const { role, function: node } of hooks) {
    const last = role.row?.steps.at(-1);
    if (role.by === null || last?.kind !== "property") continue;
    node.code.forEach((each, point) => {
      if (each.kind !== "call" || each.receiver === null || !each.name.endsWith(`.${role.by ?? ""}`)) return;
      if (definitionOf(node, each.receiver)?.kind !== "this") return;
      const { out, receiver: object, at } = each;
      const property = { kind: "name", name: last.name } as const;
      pointsTo.program.replace(node, point, { kind: "load", out, object, property, at, nameAt: at });
    });
  }
}

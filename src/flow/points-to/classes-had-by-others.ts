/** Classes of which code outside of the program may make objects, and those that they extend. */
import { chainOf } from "../program/class-chain.js";
import type { ClassNode } from "../program/program.js";
import { escapingValues } from "./escaping-values.js";
import type { PointsTo } from "./points-to.js";

const known = new WeakMap<PointsTo, ReadonlySet<ClassNode>>();

/** Asked once the graph is solved. */
export function isHadByOthers(pointsTo: PointsTo, home: ClassNode): boolean {
  let classes = known.get(pointsTo);
  if (classes === undefined) known.set(pointsTo, (classes = findHad(pointsTo)));
  // What a file without exports gives to others is not told by its names.
  return classes.has(home) || home.owner.fileGraph.exports.length === 0;
}

/** By what someone outside may have, also in objects. */
function findHad(pointsTo: PointsTo): ReadonlySet<ClassNode> {
  const found = new Set<ClassNode>();
  const seen = new Set(escapingValues(pointsTo));
  for (const value of seen) {
    if (value.kind === "class")
      for (const each of chainOf(pointsTo, value.class)) if (each.kind === "class") found.add(each.class);
    if (value.kind === "object")
      for (const field of pointsTo.fieldsOf(value).values())
        for (const held of field.values) if (held.kind === "class" || held.kind === "object") seen.add(held);
  }
  return found;
}

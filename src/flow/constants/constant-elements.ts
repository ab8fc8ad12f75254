/** What stands at a place of a list that is written once, with constants, and that nobody changes: `MODES[0]`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { noContext } from "../contexts/context.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { areAllKnown } from "./complete-values.js";
import { certainMembers } from "./constant-members.js";
import type { Constant } from "./constant-operations.js";

/** Also how many there are. */
export function constantElement(
  pointsTo: PointsTo,
  node: FunctionNode,
  list: ValueId,
  name: string,
): Constant | null {
  if (name !== "length" && !/^\d+$/u.test(name)) return null;
  const [only, ...others] = pointsTo.valuesOf(node, list);
  if (only?.kind !== "object" || !only.array || others.length > 0) return null;
  if (!areAllKnown(pointsTo, noContext, node, list)) return null;
  const members = certainMembers(pointsTo, only);
  if (members === null) return null;
  if (name === "length") return { value: members.values.length };
  const value = members.isOrdered ? members.values[Number(name)] : null;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? { value }
    : null;
}

/** The names under which a function reads or writes a property, once all values have arrived; `[]` where it may be any. */
import type { PropertyName } from "../../contracts/file-graph.js";
import { areAllKnown } from "../constants/complete-values.js";
import { noContext } from "../contexts/context.js";
import { isIndex } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import type { PointsTo } from "./points-to.js";

/** More names than this are any. */
const mostNames = 3;
const any = ["[]"] as const;

export function knownNames(
  pointsTo: PointsTo,
  node: FunctionNode,
  property: PropertyName,
): readonly string[] {
  if (property.kind === "name") return [property.name];
  if (property.kind === "element") return any;
  const values = [...pointsTo.valuesOf(node, property.value)];
  const names = values.flatMap((each) => (each.kind === "constant" ? [String(each.value)] : []));
  const areTold =
    names.length === values.length &&
    names.length > 0 &&
    names.length <= mostNames &&
    !names.some((name) => isIndex(name) || name === "*") &&
    areAllKnown(pointsTo, noContext, node, property.value);
  return areTold ? names : any;
}

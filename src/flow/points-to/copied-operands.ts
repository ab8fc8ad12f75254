/** Operands of which a package copies what lies in them into another one: `Object.assign(target, source)`. */
import type { Address, PathModel } from "../../contracts/model.js";
import { isScalar } from "./abstract-value.js";
import { copyProperties } from "./copied-properties.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** Results that are one of their operands, by the call. */
const results = new WeakMap<PointsTo, Map<PointerNode, CallSite>>();

/** An operand stays the object that it was, and gets what the others hold. */
export function copyInto(pointsTo: PointsTo, source: PointerNode, target: PointerNode): void {
  const { graph } = pointsTo;
  graph.onValue(source, (value) => {
    if (isScalar(value)) graph.add(target, value);
    else
      graph.onValue(target, (object) => {
        copyProperties(pointsTo, value, object);
      });
  });
}

/** What comes back of a call is an operand, with what lies in the others. */
export function copyIntoResult(
  pointsTo: PointsTo,
  site: CallSite,
  source: PointerNode,
  result: PointerNode,
): void {
  const known = results.get(pointsTo);
  if (known === undefined) results.set(pointsTo, new Map([[result, site]]));
  else known.set(result, site);
  copyInto(pointsTo, source, result);
}

/**
 * Where nobody knows what is copied into (`Object.assign(given, { tell: () => … })`), something that has what is copied
 * stands for it.
 */
export function seedCopiedInto(pointsTo: PointsTo): boolean {
  let seeded = false;
  for (const [result, site] of results.get(pointsTo) ?? []) {
    if (!result.list.every(isScalar)) continue;
    pointsTo.graph.add(result, pointsTo.values.object(`${site.id}:copied`, false));
    seeded = true;
  }
  return seeded;
}

/** What comes back is one operand itself, with what lies in the others of the range. */
export function isCopiedIntoResult({ roles }: PathModel, from: Address, to: Address): boolean {
  if (from.root.kind !== "arguments" || to.root.kind !== "return") return false;
  if (from.steps.length > 0 || to.steps.length > 0) return false;
  return roles.some(
    (role) => role.kind === "type" && typeof role.type === "object" && role.type.root.kind === "argument",
  );
}

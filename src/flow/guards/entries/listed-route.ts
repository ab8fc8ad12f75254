/** A route that stands in a list of them: `server.route([{ method: "DELETE", path: "/children/{id}", handler }])`. */
import type { AbstractValue } from "../../abstract-value.js";
import type { CallSite, PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";

type Made = Extract<AbstractValue, { kind: "object" }>;

/** `DELETE /children/{id}`; null where the function is no handler of such a list. */
export function listedRoute(
  pointsTo: PointsTo,
  { caller, instruction }: CallSite,
  node: FunctionNode,
): string | null {
  const list = instruction.kind === "call" ? instruction.arguments[0]?.value : undefined;
  if (list === undefined) return null;
  for (const each of pointsTo.valuesOf(caller, list)) {
    if (each.kind !== "object" || !each.array) continue;
    for (const element of pointsTo.fieldNode(each, "*").values) {
      if (element.kind !== "object" || element.array || !holds(pointsTo, element, node)) continue;
      const method = textAt(pointsTo, element, "method");
      const path = textAt(pointsTo, element, "path") ?? textAt(pointsTo, element, "url");
      if (method !== null && path !== null) return `${method.toUpperCase()} ${path}`;
    }
  }
  return null;
}

/** Under a name of its own, or in its options. */
function holds(pointsTo: PointsTo, element: Made, node: FunctionNode): boolean {
  const isIt = (value: AbstractValue): boolean => value.kind === "function" && value.function === node;
  return [...pointsTo.fieldNode(element, "*").values].some(
    (value) =>
      isIt(value) || (value.kind === "object" && [...pointsTo.fieldNode(value, "*").values].some(isIt)),
  );
}

function textAt(pointsTo: PointsTo, element: Made, name: string): string | null {
  const [only, ...others] = pointsTo.fieldNode(element, name).values;
  return only?.kind === "constant" && typeof only.value === "string" && others.length === 0
    ? only.value
    : null;
}

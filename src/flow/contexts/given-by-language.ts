/** What the language itself hands to a function that it calls: the name of a property, what a conversion is to give. */
import { trapped } from "../../contracts/models-own.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";

/** By the index of the parameter. */
export function givenByLanguage(
  pointsTo: PointsTo,
  edge: CallEdge,
): readonly (readonly [number, AbstractValue])[] {
  const { instruction } = edge.site;
  if (edge.shape === "set-trap")
    return instruction.kind === "store" && instruction.property.kind === "name"
      ? [[trapped.key, pointsTo.values.constant(instruction.property.name)]]
      : [];
  const hint = hintOf(pointsTo, edge);
  return hint === null ? [] : [[0, hint]];
}

/** What a conversion that takes a hint (`[Symbol.toPrimitive](hint)`) is called with. */
export function hintOf(
  { values }: PointsTo,
  { shape, callee, site: { instruction } }: CallEdge,
): AbstractValue | null {
  if (shape !== "convert" || callee.graph.parameters.length === 0) return null;
  if (instruction.kind === "template") return values.constant("string");
  return values.constant(
    instruction.kind === "binary" && instruction.operator === "+" ? "default" : "number",
  );
}

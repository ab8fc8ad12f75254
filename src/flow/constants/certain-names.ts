/** Names that surely stand in a list: those that its literal is written with, whatever else is put in later. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { foldValues } from "./constants.js";

const deepest = 4;

/** What stands in all of the lists; null where one of them is no literal. */
export function certainNames(
  pointsTo: PointsTo,
  lists: readonly AbstractValue[],
  depth = 0,
): readonly string[] | null {
  let common: readonly string[] | null = null;
  for (const list of lists) {
    const names = namesOfLiteral(pointsTo, list, depth);
    if (names === null) return null;
    common = common === null ? names : common.filter((name) => names.includes(name));
  }
  return common;
}

function namesOfLiteral(pointsTo: PointsTo, list: AbstractValue, depth: number): readonly string[] | null {
  if (list.kind !== "object" || !list.array || depth > deepest) return null;
  const [owner = "", point = ""] = list.site.split(":");
  const node = pointsTo.program.functions[Number(owner)];
  const made = node?.code[Number(point)];
  if (node === undefined || made?.kind !== "array") return null;
  const found: string[] = [];
  for (const use of node.uses[made.out] ?? []) {
    const instruction = node.code[use];
    if (instruction?.kind === "store" && instruction.object === made.out && instruction.initial)
      found.push(...onlyName(pointsTo, [...pointsTo.valuesOf(node, instruction.value)]));
    if (instruction?.kind === "append-elements" && instruction.target === made.out)
      found.push(
        ...(certainNames(pointsTo, [...pointsTo.valuesOf(node, instruction.source)], depth + 1) ?? []),
      );
  }
  return found;
}

/** The one text that a value is. */
export function onlyName(pointsTo: PointsTo, values: readonly AbstractValue[]): readonly string[] {
  const texts = values.length === 1 ? foldValues(pointsTo, values) : [];
  return texts.length === 1 && texts.every((text) => !text.includes("*")) ? texts : [];
}

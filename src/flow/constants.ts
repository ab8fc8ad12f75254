/** Folding: which texts and numbers a value may be. Unknown parts are `*`. */
import type { Instruction, ValueId } from "../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "./program.js";

/** More alternatives than this fold to one unknown. */
const mostAlternatives = 8;
const deepest = 12;

/** The texts that a value may be, `*` for every unknown part; `["*"]` where nothing is known. */
export function foldText(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  depth = 0,
): readonly string[] {
  return foldValues(pointsTo, pointsTo.valuesOf(node, value), depth);
}

export function foldValues(
  pointsTo: PointsTo,
  values: Iterable<AbstractValue>,
  depth = 0,
): readonly string[] {
  const found = new Set<string>();
  for (const value of values) for (const text of foldOne(pointsTo, value, depth)) found.add(text);
  if (found.size === 0 || found.size > mostAlternatives) return ["*"];
  return [...found].sort();
}

function foldOne(pointsTo: PointsTo, value: AbstractValue, depth: number): readonly string[] {
  if (value.kind === "constant") return [String(value.value)];
  if (
    value.kind === "foreign" &&
    value.module === "global" &&
    value.path[0] === "process" &&
    value.path[1] === "env" &&
    value.path[2] !== undefined
  ) {
    return [`env:${value.path[2]}`];
  }
  if (value.kind !== "computed" || depth > deepest) return ["*"];
  const instruction = value.function.code[value.point];
  return instruction === undefined
    ? ["*"]
    : foldInstruction(pointsTo, value.function, instruction, depth + 1);
}

function foldInstruction(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  depth: number,
): readonly string[] {
  if (instruction.kind === "template") {
    const parts: (readonly string[])[] = [];
    instruction.texts.forEach((text, index) => {
      parts.push([text]);
      const hole = instruction.values[index];
      if (hole !== undefined) parts.push(foldText(pointsTo, node, hole, depth));
    });
    return joinAll(parts);
  }
  if (instruction.kind === "binary" && instruction.operator === "+") {
    return joinAll([
      foldText(pointsTo, node, instruction.left, depth),
      foldText(pointsTo, node, instruction.right, depth),
    ]);
  }
  return ["*"];
}

function joinAll(parts: readonly (readonly string[])[]): readonly string[] {
  let texts: string[] = [""];
  for (const part of parts) {
    texts = texts.flatMap((text) => part.map((each) => text + each.replace(/^env:.*$/u, "*")));
    if (texts.length > mostAlternatives) return ["*"];
  }
  return [...new Set(texts.map((text) => text.replace(/\*+/gu, "*")))];
}

/** The constants a value may be; `complete` is false where it may be something else as well. */
export function constantsOf(values: Iterable<AbstractValue>): {
  readonly constants: readonly (string | number | boolean | null | undefined)[];
  readonly complete: boolean;
} {
  const constants: (string | number | boolean | null | undefined)[] = [];
  let others = 0;
  for (const value of values) {
    if (value.kind === "constant") constants.push(value.value);
    else others++;
  }
  return { constants, complete: others === 0 && constants.length > 0 };
}

/**
 * What callbacks leave of a list that they go over: `reduce((kept, each) => (isGone(each) ? kept : [...kept, each]), [])`,
 * `flatMap((each) => (isGone(each) ? [] : [each]))`.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Some of the list, and nothing else. */
export function leavesSome(pointsTo: PointsTo, node: FunctionNode, call: InstructionOf<"call">): boolean {
  const [callback, start] = call.arguments;
  if (callback === undefined) return false;
  const isReducing = /\.reduce(?:Right)?$/u.test(call.name);
  if (isReducing && !(start !== undefined && isEmptyList(node, start.value))) return false;
  if (!isReducing && !call.name.endsWith(".flatMap")) return false;
  const functions = [...pointsTo.valuesOf(node, callback.value)].map((each) =>
    each.kind === "function" ? each.function : null,
  );
  return (
    functions.length > 0 &&
    functions.every((each) => each !== null && (isReducing ? keepsSome(each) : givesSome(each)))
  );
}

/** On one way nothing, on the others the element alone. */
function givesSome(callback: FunctionNode): boolean {
  const given = givenBack(callback);
  const isNone = (value: ValueId): boolean => isEmptyList(callback, value);
  return given.some(isNone) && given.every((value) => isNone(value) || isListOf(callback, value, [0]));
}

/** On one way what was kept before, on the others that with the element. */
function keepsSome(callback: FunctionNode): boolean {
  const given = givenBack(callback);
  const isKept = (value: ValueId): boolean => parameterOf(callback, value) === 0;
  const { isAlways, isOther } = pushes(callback);
  if (isOther || !given.some(isKept) || isAlways) return false;
  return given.every((value) => isKept(value) || isListOf(callback, value, [0, 1]));
}

interface Pushes {
  /** The element is kept whatever it is. */
  readonly isAlways: boolean;
  /** Something else is put to it. */
  readonly isOther: boolean;
}

/** `kept.push(each)` */
function pushes(callback: FunctionNode): Pushes {
  const found = callback.code.flatMap((each, point) =>
    each.kind === "call" &&
    each.receiver !== null &&
    /\.(?:push|unshift)$/u.test(each.name) &&
    parameterOf(callback, each.receiver) === 0
      ? [{ each, point }]
      : [],
  );
  return {
    isAlways: found.some(({ point }) => callback.blockOf[point] === 0),
    isOther: found.some(({ each }) =>
      each.arguments.some(({ value, spread }) => spread || parameterOf(callback, value) !== 1),
    ),
  };
}

/** A literal of what some parameters hold, spread or not. */
function isListOf(node: FunctionNode, value: ValueId, parameters: readonly number[]): boolean {
  const list = definitionOf(node, value);
  const isOneOf = (part: ValueId): boolean => {
    const index = parameterOf(node, part);
    return index !== null && parameters.includes(index);
  };
  // `kept.concat(each)`
  if (list?.kind === "call" && list.receiver !== null && list.name.endsWith(".concat"))
    return isOneOf(list.receiver) && list.arguments.every((each) => !each.spread && isOneOf(each.value));
  if (list?.kind !== "array") return false;
  const parts = node.code.flatMap((each) => {
    if (each.kind === "append-elements" && each.target === list.out) return [each.source];
    return each.kind === "store" && each.object === list.out ? [each.value] : [];
  });
  return parts.length > 0 && parts.every(isOneOf);
}

function isEmptyList(node: FunctionNode, value: ValueId): boolean {
  const list = definitionOf(node, value);
  return (
    list?.kind === "array" && (node.uses[list.out] ?? []).every((point) => isReading(node, point, list.out))
  );
}

/** It is handed on as it is, and nothing is put into it. */
function isReading(node: FunctionNode, point: number, list: ValueId): boolean {
  const use = node.code[point];
  return !(
    (use?.kind === "store" && use.object === list) ||
    (use?.kind === "append-elements" && use.target === list)
  );
}

function parameterOf(node: FunctionNode, value: ValueId): number | null {
  const definition = definitionOf(node, originOf(node, value));
  return definition?.kind === "parameter" ? definition.index : null;
}

/** What it may give back, one by one where it is one of several. */
function givenBack(node: FunctionNode): readonly ValueId[] {
  const values = node.graph.blocks.flatMap(({ end }) =>
    end.kind === "return" && end.value !== null ? [end.value] : [],
  );
  return values.flatMap((value) => inputsOf(node, value, 0));
}

function inputsOf(node: FunctionNode, value: ValueId, depth: number): readonly ValueId[] {
  const merged = node.definitions[originOf(node, value)];
  return merged?.kind === "phi" && depth < 4
    ? merged.phi.inputs.flatMap((input) => inputsOf(node, input.value, depth + 1))
    : [value];
}

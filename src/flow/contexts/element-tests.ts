/**
 * What is asked of an element before it is used: `routes.find((each) => each.path === path)?.run(request)`,
 * `if (each.path !== path) continue;`, `for (const each of routes.filter(({ path }) => path === wanted))`.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { capturedFrom } from "../program/captured-from.js";
import type { FunctionNode } from "../program/program.js";
import { branchesTo } from "../ways/earlier-branches.js";

/** A member of the element is (or is not) what a value is. */
export interface ElementTest {
  readonly member: string;
  readonly holds: boolean;
  readonly node: FunctionNode;
  readonly value: ValueId;
}

const deepest = 6;

/** All that has been asked of an object where control is in a block. */
export function testsOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  object: ValueId,
  block: number,
): readonly ElementTest[] {
  const element = originOf(node, object);
  return [...testsOnWay(pointsTo, node, element, block), ...testsOfChoice(pointsTo, node, element, 0)];
}

/** By the branches on the way. */
function testsOnWay(
  pointsTo: PointsTo,
  node: FunctionNode,
  element: ValueId,
  block: number,
): readonly ElementTest[] {
  return branchesTo(node, block).flatMap(({ end, side }) =>
    end.test === "truthy" ? testsIn(pointsTo, node, element, end.value, side === "then") : [],
  );
}

/** By how it was chosen out of a list. */
function testsOfChoice(
  pointsTo: PointsTo,
  node: FunctionNode,
  element: ValueId,
  depth: number,
): readonly ElementTest[] {
  if (depth > deepest) return [];
  const definition = node.definitions[element];
  if (definition?.kind === "phi") {
    const objects = definition.phi.inputs.filter(({ value }) => !isNothing(node, value));
    const [only, ...others] = objects;
    return only === undefined || others.length > 0
      ? []
      : testsOfChoice(pointsTo, node, originOf(node, only.value), depth + 1);
  }
  const instruction = definition?.instruction;
  switch (instruction?.kind) {
    case "iterate":
      return testsOfFiltered(pointsTo, node, instruction.object, depth);
    case "load":
      return instruction.property.kind === "name" && !/^\d+$/u.test(instruction.property.name)
        ? []
        : testsOfFiltered(pointsTo, node, instruction.object, depth);
    case "call":
      if (/\.(?:find|findLast)$/u.test(instruction.name)) return testsOfCallback(pointsTo, node, instruction);
      return instruction.receiver !== null && /\.(?:at|pop|shift)$/u.test(instruction.name)
        ? testsOfFiltered(pointsTo, node, instruction.receiver, depth)
        : [];
    default:
      return [];
  }
}

/** What has been asked of all elements of a list. */
export function testsOfFiltered(
  pointsTo: PointsTo,
  node: FunctionNode,
  list: ValueId,
  depth = 0,
): readonly ElementTest[] {
  const instruction = definitionOf(node, originOf(node, list));
  return instruction?.kind === "call" &&
    depth <= deepest &&
    /\.filter$/u.test(instruction.name) &&
    isOnlyRead(node, instruction.out)
    ? testsOfCallback(pointsTo, node, instruction)
    : [];
}

/** Nothing else is put into the list: no other function has it, and none of its own methods changes it. */
function isOnlyRead(node: FunctionNode, list: ValueId): boolean {
  return (node.uses[list] ?? []).every((point) => {
    const use = node.code[point];
    switch (use?.kind) {
      case "declare":
      case "cast":
        return isOnlyRead(node, use.out);
      case "load":
      case "iterate":
        return true;
      case "call":
        return (
          use.receiver === list &&
          !/\.(?:push|unshift|splice|fill|copyWithin)$/u.test(use.name) &&
          !use.arguments.some(({ value }) => value === list)
        );
      default:
        return false;
    }
  });
}

/** What a function that is handed to a list's own method says yes to. */
function testsOfCallback(
  pointsTo: PointsTo,
  node: FunctionNode,
  call: InstructionOf<"call">,
): readonly ElementTest[] {
  const [given] = call.arguments;
  const made = given === undefined || given.spread ? null : definitionOf(node, given.value);
  const isOfLibrary = [...(pointsTo.findSite(node, node.code.indexOf(call))?.foreign ?? [])].some(
    ({ module }) => module === "lib",
  );
  if (made?.kind !== "function" || !isOfLibrary) return [];
  const asked = pointsTo.program.functionIn(node, made.function);
  const element = asked?.code.find((each) => each.kind === "parameter" && each.index === 0);
  // A promise is true, whatever it is kept for.
  if (asked === undefined || asked.graph.async || element?.kind !== "parameter") return [];
  const yes = asked.graph.blocks.flatMap(({ end }, block) =>
    end.kind === "return" && end.value !== null && constantAt(asked, end.value)?.value !== false
      ? [{ value: end.value, block }]
      : [],
  );
  const [only, ...others] = yes;
  if (only === undefined || others.length > 0) return [];
  return [
    ...testsOnWay(pointsTo, asked, element.out, only.block),
    ...testsIn(pointsTo, asked, element.out, only.value, true),
  ];
}

/** What the truth of a value tells of an element. */
function testsIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  element: ValueId,
  value: ValueId,
  truth: boolean,
  depth = 0,
): readonly ElementTest[] {
  const definition = node.definitions[originOf(node, value)];
  if (definition === undefined || depth > deepest) return [];
  if (definition.kind === "phi") {
    const inputs = definition.phi.inputs.filter((input) => mayArriveAs(node, definition.block, input, truth));
    const [only, ...others] = inputs;
    if (only === undefined || others.length > 0) return [];
    const from = node.blockById.get(only.block) ?? -1;
    return [
      ...testsOnWay(pointsTo, node, element, from),
      ...testsIn(pointsTo, node, element, only.value, truth, depth + 1),
    ];
  }
  const { instruction } = definition;
  if (instruction.kind === "unary" && instruction.operator === "!")
    return testsIn(pointsTo, node, element, instruction.operand, !truth, depth + 1);
  // By `==` a number may be a text, too.
  if (instruction.kind !== "binary" || !/^[!=]==$/u.test(instruction.operator)) return [];
  const holds = instruction.operator.startsWith("=") === truth;
  const sides = [
    [instruction.left, instruction.right],
    [instruction.right, instruction.left],
  ] as const;
  for (const [own, other] of sides) {
    const member = memberOf(node, element, own);
    if (member !== null) return [{ member, holds, ...placeOf(pointsTo, node, other) }];
  }
  return [];
}

/** An input of a choice that may be true (or not): of `a && b` what is left where `a` is not, is not. */
function mayArriveAs(
  node: FunctionNode,
  block: number,
  input: { readonly block: number; readonly value: ValueId },
  truth: boolean,
): boolean {
  const constant = constantAt(node, input.value);
  if (constant !== null) return Boolean(constant.value) === truth;
  const end = node.graph.blocks[node.blockById.get(input.block) ?? -1]?.end;
  const isTested = end?.kind === "branch" && end.test === "truthy" && end.value === input.value;
  if (!isTested || end.then === end.else) return true;
  return (end.then === node.graph.blocks[block]?.id) === truth;
}

function memberOf(node: FunctionNode, element: ValueId, value: ValueId): string | null {
  const load = definitionOf(node, originOf(node, value));
  return load?.kind === "load" && load.property.kind === "name" && originOf(node, load.object) === element
    ? load.property.name
    : null;
}

/** A value where it is known best: what has been captured, where it was made. */
function placeOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
): { readonly node: FunctionNode; readonly value: ValueId } {
  const instruction = definitionOf(node, originOf(node, value));
  const captured = instruction?.kind === "capture" ? capturedFrom(pointsTo, node, instruction.slot) : null;
  return captured ?? { node, value };
}

function constantAt(node: FunctionNode, value: ValueId): InstructionOf<"constant"> | null {
  const instruction = definitionOf(node, originOf(node, value));
  return instruction?.kind === "constant" ? instruction : null;
}

function isNothing(node: FunctionNode, value: ValueId): boolean {
  const constant = constantAt(node, value);
  return constant !== null && (constant.value === null || constant.type === "undefined");
}

/** Tests of what somebody may do: `user.roles.includes(role)`, `needed.some((role) => user.roles.includes(role))`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { capturedFrom } from "../program/captured-from.js";
import type { FunctionNode } from "../program/program.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isFetchingName, isJudgingName, isOfRequest, isRightName } from "./authorization-words.js";

const deepest = 8;
const membership = /^(?:includes|has|some|every|indexOf|contains|get)$/u;
const askingEach = /^(?:some|every)$/u;

/** Of somebody whom the program knows, not what the request says of itself. */
export function isTrusted(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  isRight: boolean,
  depth = 0,
): boolean {
  if (depth > deepest) return false;
  const definition = definitionOf(node, value);
  if (definition === null) return true;
  const behind = (each: ValueId): boolean => isTrusted(pointsTo, node, each, isRight, depth + 1);
  switch (definition.kind) {
    case "load":
      return (
        !(definition.property.kind === "name" && isOfRequest(definition.property.name)) &&
        behind(definition.object)
      );
    case "await":
      return behind(definition.value);
    case "capture": {
      const from = capturedFrom(pointsTo, node, definition.slot);
      return from === null || isTrusted(pointsTo, from.node, from.value, isRight, depth + 1);
    }
    case "call":
      if (/(?:^|\.)(?:json|formData|parse|safeParse|text|body|query|param)$/u.test(definition.name))
        return false;
      return isRight || isFetchingName(definition.name) || isJudgingName(definition.name);
    default:
      return definition.kind !== "object" && definition.kind !== "constant";
  }
}

/** A call that asks whether something is among what somebody may do, itself or in the function that it is given. */
export function asksForRights(
  pointsTo: PointsTo,
  node: FunctionNode,
  { name, receiver, arguments: list, callee }: InstructionOf<"call">,
  isInside = false,
): boolean {
  const method = name.slice(name.lastIndexOf(".") + 1);
  if (!membership.test(method)) return false;
  const asked = [...(receiver === null ? [] : [receiver]), ...list.map(({ value }) => value), callee];
  if (asked.some((value) => isTrustedRight(pointsTo, node, value))) return true;
  return (
    !isInside &&
    askingEach.test(method) &&
    list.some(({ value }) =>
      [...pointsTo.valuesOf(node, value)].some(
        (each) => each.kind === "function" && answersByRights(pointsTo, each.function),
      ),
    )
  );
}

/** `(role) => user.roles.includes(role)`, `(role) => role === user.role` */
function answersByRights(pointsTo: PointsTo, node: FunctionNode): boolean {
  return node.graph.blocks.some(({ end }) => {
    if (end.kind !== "return" || end.value === null) return false;
    return choicesOf(node, end.value).some((value) => {
      const answer = definitionOf(node, value);
      if (answer?.kind === "call") return asksForRights(pointsTo, node, answer, true);
      return (
        answer?.kind === "binary" &&
        /^===?$/u.test(answer.operator) &&
        [answer.left, answer.right].some((each) => isTrustedRight(pointsTo, node, each))
      );
    });
  });
}

/** `user.role`, `user?.role` */
function isTrustedRight(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  return choicesOf(node, value).some((each) => {
    const definition = definitionOf(node, each);
    return (
      definition?.kind === "load" &&
      definition.property.kind === "name" &&
      isRightName(definition.property.name) &&
      isTrusted(pointsTo, node, definition.object, true)
    );
  });
}

/** The value, or those that it is one of. */
function choicesOf(node: FunctionNode, value: ValueId): readonly ValueId[] {
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  return definition?.kind === "phi" ? definition.phi.inputs.map((input) => input.value) : [origin];
}

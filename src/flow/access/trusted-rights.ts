/** Tests of what somebody may do: `user.roles.includes(role)`, `needed.some((role) => user.roles.includes(role))`. */
import type { BlockId, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { capturedFrom } from "../program/captured-from.js";
import { isBrought, isOfRequester } from "./requesters-own.js";
import type { FunctionNode } from "../program/program.js";
import type { PointsTo } from "../points-to/points-to.js";
import { isBanWord, isFetchingName, isJudgingName, isOfRequest, isRightName } from "./authorization-words.js";

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
  if (definition === null)
    return choicesOf(node, value).every(
      (each) => each === originOf(node, value) || isTrusted(pointsTo, node, each, isRight, depth + 1),
    );
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
  call: InstructionOf<"call">,
  isInside = false,
): boolean {
  const { name, receiver, arguments: list, callee } = call;
  const method = name.slice(name.lastIndexOf(".") + 1);
  if (!membership.test(method)) return false;
  const given = askingEach.test(method)
    ? list.flatMap(({ value }) =>
        [...pointsTo.valuesOf(node, value)].flatMap((each) =>
          each.kind === "function" ? [each.function] : [],
        ),
      )
    : [];
  const asked = [...(receiver === null ? [] : [receiver]), ...list.map(({ value }) => value), callee];
  // What is wanted of somebody is not theirs to say.
  if (receiver !== null && isBrought(pointsTo, node, receiver)) return false;
  if (asked.some((value) => isTrustedRight(pointsTo, node, value)))
    return given.every((each) => !isAnswer(each, (value) => asksForNothing(each, value)));
  if (isInside) return false;
  const isOfAsking = receiver !== null && isOfRequester(pointsTo, node, receiver);
  return (
    given.length > 0 &&
    given.every((each) => isAnswer(each, (value) => answersByRights(pointsTo, each, value, isOfAsking)))
  );
}

/** `["banned"].includes(user.role)`, `user.status === "banned"`; or by a list that the request brings itself. */
export function asksForNoRight(
  pointsTo: PointsTo,
  node: FunctionNode,
  test: InstructionOf<"call" | "binary">,
): boolean {
  const areBans = (value: ValueId): boolean => {
    const words = wordsOf(pointsTo, node, value);
    return words.length > 0 && words.every(isBanWord);
  };
  if (test.kind === "binary") return [test.left, test.right].some(areBans);
  const { name, receiver, arguments: list } = test;
  if (receiver === null || !membership.test(name.slice(name.lastIndexOf(".") + 1))) return false;
  if (areBans(receiver) || list.some(({ value }) => areBans(value))) return true;
  return (
    isBrought(pointsTo, node, receiver) &&
    list.some(
      ({ value }) =>
        isTrustedRight(pointsTo, node, value) ||
        [...pointsTo.valuesOf(node, value)].some(({ kind }) => kind === "function"),
    )
  );
}

/** The texts that a value is, or the elements of a list; none where it may be another. */
function wordsOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId): readonly string[] {
  const values = [...pointsTo.valuesOf(node, value)].flatMap((each) =>
    each.kind === "object" && each.array
      ? [...pointsTo.fieldsOf(each).values()].flatMap((field) => [...field.values])
      : [each],
  );
  const words = values.flatMap((each) =>
    each.kind === "constant" && typeof each.value === "string" ? [each.value] : [],
  );
  return words.length === values.length ? words : [];
}

/** Each answer that may be a yes is one that holds. */
function isAnswer(node: FunctionNode, holds: (value: ValueId) => boolean): boolean {
  const answers = node.graph.blocks.flatMap(({ end }) =>
    end.kind === "return" && end.value !== null ? choicesOf(node, end.value) : [],
  );
  return answers.length > 0 && answers.every(holds);
}

/** `(role) => user.roles.includes(role)`, `(role) => role === user.role`; of the requester's own list, `(it) => it.role === role`. */
function answersByRights(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  isOfAsking: boolean,
): boolean {
  const answer = definitionOf(node, value);
  const isMeant = (each: ValueId): boolean => isOfAsking || !isOfParameter(node, each);
  if (answer?.kind === "call")
    return (
      [answer.receiver, ...answer.arguments.map((each) => each.value)].every(
        (each) => each === null || !isTrustedRight(pointsTo, node, each) || isMeant(each),
      ) && asksForRights(pointsTo, node, answer, true)
    );
  return (
    answer?.kind === "binary" &&
    /^===?$/u.test(answer.operator) &&
    [answer.left, answer.right].some((each) => isTrustedRight(pointsTo, node, each) && isMeant(each))
  );
}

/** `(role) => role.length > 0`, `() => true`: it is so of whatever somebody may do. */
function asksForNothing(node: FunctionNode, value: ValueId): boolean {
  const answer = definitionOf(node, value);
  switch (answer?.kind) {
    case "constant":
    case "parameter":
      return true;
    case "unary":
      return answer.operator === "!";
    case "binary":
      return /^(?:[<>]=?|!==?)$/u.test(answer.operator);
    case "call":
      return answer.name === "Boolean";
    default:
      return false;
  }
}

/** `user.role`, `user?.role` */
function isTrustedRight(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  const choices = choicesOf(node, value);
  return (
    choices.length > 0 &&
    choices.every((each) => {
      const definition = definitionOf(node, each);
      return (
        definition?.kind === "load" &&
        definition.property.kind === "name" &&
        isRightName(definition.property.name) &&
        isTrusted(pointsTo, node, definition.object, true)
      );
    })
  );
}

/** Of what a callback itself is given: whose that is, its list knows. */
function isOfParameter(node: FunctionNode, value: ValueId): boolean {
  return choicesOf(node, value).some((each) => {
    let definition = definitionOf(node, each);
    for (let hops = 0; definition?.kind === "load" && hops < deepest; hops++)
      definition = definitionOf(node, definition.object);
    return definition?.kind === "parameter";
  });
}

/** What the value may be that is neither nothing nor no: `user?.role`, `user && user.role`, `request.user ?? {}`. */
function choicesOf(node: FunctionNode, value: ValueId, depth = 0): readonly ValueId[] {
  const origin = originOf(node, value);
  const definition = node.definitions[origin];
  if (definition?.kind !== "phi" || depth > deepest) return [origin];
  return definition.phi.inputs.flatMap((input) => {
    const made = definitionOf(node, input.value);
    if (made?.kind === "constant" ? !made.value : made?.kind === "object") return [];
    if (isLeftByNo(node, input, definition.phi.out)) return [];
    return originOf(node, input.value) === origin ? [] : choicesOf(node, input.value, depth + 1);
  });
}

/** Of `a && b`, the first where it is a no. */
function isLeftByNo(
  node: FunctionNode,
  input: { readonly block: BlockId; readonly value: ValueId },
  out: ValueId,
): boolean {
  const end = node.graph.blocks[node.blockById.get(input.block) ?? -1]?.end;
  if (end?.kind !== "branch" || end.test !== "truthy" || end.value !== input.value) return false;
  const next = node.graph.blocks[node.blockById.get(end.else) ?? -1];
  return end.then !== end.else && next?.phis.some((each) => each.out === out) === true;
}

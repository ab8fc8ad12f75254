/** Whose a list is: of somebody whom the program knows to ask, or of the request, which says what it likes. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { capturedFrom } from "../program/captured-from.js";
import type { FunctionNode } from "../program/program.js";
import { isFetchingName, isIdentityName, isOfRequest, isRightName } from "./authorization-words.js";

const deepest = 8;

/** `request.user.memberships`, `await rolesOf(session.userId)`, `(await pool.query(text, [user.id])).rows` */
export function isOfRequester(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): boolean {
  const definition = depth > deepest ? null : definitionOf(node, value);
  const behind = (each: ValueId): boolean => isOfRequester(pointsTo, node, each, depth + 1);
  switch (definition?.kind) {
    case "load": {
      const name = definition.property.kind === "name" ? definition.property.name : "";
      if (isOfRequest(name)) return false;
      // What is brought as a user is nobody whom the program knows.
      if (isIdentityName(name) || isRightName(name)) return !isBrought(pointsTo, node, definition.object);
      return behind(definition.object);
    }
    case "await":
    case "cast":
      return behind(definition.value);
    case "capture": {
      const from = capturedFrom(pointsTo, node, definition.slot);
      return from !== null && isOfRequester(pointsTo, from.node, from.value, depth + 1);
    }
    case "parameter": {
      const { name } = node.graph.parameters.find(({ index }) => index === definition.index) ?? {};
      if (name != null && isIdentityName(name)) return true;
      const calls = pointsTo.callersOf(node);
      return (
        calls.length > 0 &&
        calls.every(({ site: { caller, instruction } }) => {
          const given = instruction.kind === "call" ? instruction.arguments[definition.index] : undefined;
          return given !== undefined && isOfRequester(pointsTo, caller, given.value, depth + 1);
        })
      );
    }
    case "call":
      return (
        isFetchingName(definition.name) ||
        (definition.receiver !== null && behind(definition.receiver)) ||
        definition.arguments.some((each) => behind(each.value))
      );
    // `{ where: { userId: request.user.id } }`, `[session.userId]`
    case "object":
    case "array":
      return node.code.some(
        (each) =>
          each.kind === "store" &&
          originOf(node, each.object) === originOf(node, value) &&
          behind(each.value),
      );
    default:
      return false;
  }
}

/** `request.body.roles`, `await request.json()` */
export function isBrought(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): boolean {
  const definition = depth > deepest ? null : definitionOf(node, value);
  const behind = (each: ValueId): boolean => isBrought(pointsTo, node, each, depth + 1);
  switch (definition?.kind) {
    case "load":
      return (
        (definition.property.kind === "name" && isOfRequest(definition.property.name)) ||
        behind(definition.object)
      );
    case "await":
    case "cast":
      return behind(definition.value);
    case "capture": {
      const from = capturedFrom(pointsTo, node, definition.slot);
      return from !== null && isBrought(pointsTo, from.node, from.value, depth + 1);
    }
    case "call":
      return /(?:^|\.)(?:json|formData|body|query|param)$/u.test(definition.name);
    default:
      return false;
  }
}

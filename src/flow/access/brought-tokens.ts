/** Secrets that a request brings, compared with what they have to be. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import type { Outcome } from "../guards/evidence/outcome.js";
import { truthOf } from "../guards/evidence/outcome.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isTokenName } from "./authorization-words.js";

const deepest = 8;

/** `headers.authorization === `Bearer ${token}``, where it comes out so. */
export function comparesToken(
  pointsTo: PointsTo,
  node: FunctionNode,
  { operator, left, right }: InstructionOf<"binary">,
  { test, path }: Outcome,
): boolean {
  const wanted = /^===?$/u.test(operator) ? true : /^!==?$/u.test(operator) ? false : null;
  if (wanted === null || path.length > 0 || truthOf(test) !== wanted) return false;
  const areBrought = [left, right].map((value) => isBrought(pointsTo, node, value, 0));
  const secret = areBrought[0] === true ? right : left;
  // That something is there, or is not, is no secret.
  const definition = definitionOf(node, originOf(node, secret));
  return areBrought[0] !== areBrought[1] && definition?.kind !== "constant" && definition?.kind !== "unary";
}

/** A token that a request has in its headers or cookies, also a part of it. */
function isBrought(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth: number): boolean {
  const definition = depth > deepest ? null : definitionOf(node, originOf(node, value));
  const isToken = (named: ValueId): boolean => {
    const folded = foldedConstant(pointsTo, node, named);
    return typeof folded?.value === "string" && isTokenName(folded.value);
  };
  switch (definition?.kind) {
    case "load": {
      const { property, object } = definition;
      const isNamed =
        property.kind === "name"
          ? isTokenName(property.name)
          : property.kind === "computed" && isToken(property.value);
      return (isNamed && isOfHeaders(node, object)) || isBrought(pointsTo, node, object, depth + 1);
    }
    case "call": {
      const [first] = definition.arguments;
      const isAsked = /(?:^|\.)(?:get|header|getHeader)$/u.test(definition.name);
      if (isAsked && first !== undefined && isToken(first.value)) return true;
      return definition.receiver !== null && isBrought(pointsTo, node, definition.receiver, depth + 1);
    }
    default:
      return false;
  }
}

function isOfHeaders(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, originOf(node, value));
  return (
    definition?.kind === "load" &&
    definition.property.kind === "name" &&
    /^(?:headers|cookies)$/u.test(definition.property.name)
  );
}

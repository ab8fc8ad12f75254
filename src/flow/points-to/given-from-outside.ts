/** Whether what is read of a value comes from code outside of the program, which keeps to the written types. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { FunctionNode } from "../program/program.js";
import type { PointsTo } from "./points-to.js";

const deepest = 6;
/** What a request brings holds any text, whatever a type says that is written by hand: nobody checks it. */
const broughtNames = new Set([
  "body",
  "cookies",
  "headers",
  "multiValueQueryStringParameters",
  "params",
  "pathParameters",
  "query",
  "queryStringParameters",
  "searchParams",
]);

/** A parameter with a written type that nobody in the program gives, or part of one, but for what a request brings. */
export function isPartGivenFromOutside(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  depth = 0,
): boolean {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction" || depth > deepest) return false;
  // Of the program's own objects is known what lies in them; that something is a list only its type has told.
  if (!pointsTo.valueNode(node, value).list.every((each) => each.kind === "foreign" && each.module === "lib"))
    return false;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "declare":
      return (
        instruction.type === null && isPartGivenFromOutside(pointsTo, node, instruction.value, depth + 1)
      );
    case "load":
      if (instruction.property.kind === "name" && broughtNames.has(instruction.property.name)) return false;
      return isPartGivenFromOutside(pointsTo, node, instruction.object, depth + 1);
    case "iterate":
      return isPartGivenFromOutside(pointsTo, node, instruction.object, depth + 1);
    case "parameter": {
      const { type = null, name = null } = node.graph.parameters[instruction.index] ?? {};
      return (
        type !== null &&
        (name === null || !broughtNames.has(name)) &&
        pointsTo.callersOf(node).length === 0 &&
        pointsTo.callbacksOf(node).length === 0
      );
    }
    default:
      return false;
  }
}

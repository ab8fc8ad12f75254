/** Functions from outside: `open(load: () => Promise<Profile>)`, exported, is handed one of which nothing is seen. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";

/** A parameter whose type says that it is a function, to which no function of the program comes. */
export function isUnseenFunction(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return (
    definition?.kind === "parameter" &&
    node.graph.parameters[definition.index]?.type?.kind === "function" &&
    pointsTo.valuesOf(node, value).size === 0
  );
}

/** Handlers that are run for every kind of request, and ask which it is: `if (req.method === "DELETE")`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import type { FunctionNode } from "../program.js";
import { definitionOf } from "../value-places.js";

const names = /^(?:method|httpMethod)$/u;

/** Wherever control comes to the point, the request's method was found to be DELETE. */
export function isForDeleteRequests(node: FunctionNode, point: number): boolean {
  const { blocks } = node.graph;
  const passed = dominatorsOf(node)[node.blockOf[point] ?? 0] ?? new Set<number>();
  return blocks.some(({ end }, position) => {
    if (end.kind !== "branch" || end.test !== "truthy" || !passed.has(position)) return false;
    const side = sideOfDelete(node, end.value);
    if (side === null) return false;
    const target = node.blockById.get(side ? end.then : end.else);
    const other = node.blockById.get(side ? end.else : end.then);
    return target !== undefined && passed.has(target) && target !== other;
  });
}

/** The side on which it is one: true where the comparison holds. */
function sideOfDelete(node: FunctionNode, value: ValueId): boolean | null {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "binary") return null;
  const { operator, left, right } = definition;
  const isAsked =
    (isMethod(node, left) && isDelete(node, right)) || (isMethod(node, right) && isDelete(node, left));
  if (!isAsked) return null;
  if (operator === "===" || operator === "==") return true;
  return operator === "!==" || operator === "!=" ? false : null;
}

function isMethod(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "load")
    return definition.property.kind === "name" && names.test(definition.property.name);
  // `method.toUpperCase()`
  return definition?.kind === "call" && definition.receiver !== null && isMethod(node, definition.receiver);
}

function isDelete(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return (
    definition?.kind === "constant" &&
    typeof definition.value === "string" &&
    definition.value.toUpperCase() === "DELETE"
  );
}

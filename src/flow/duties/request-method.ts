/** Handlers that are run for every kind of request, and ask which it is: `if (req.method === "DELETE")`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";

const names = /^(?:method|httpMethod)$/u;

/** The method that the request was found to have wherever control comes to the point: `DELETE`. */
export function methodAskedFor(node: FunctionNode, point: number): string | null {
  const { blocks } = node.graph;
  const passed = dominatorsOf(node)[node.blockOf[point] ?? 0] ?? new Set<number>();
  for (const [position, { end }] of blocks.entries()) {
    if (end.kind !== "branch" || end.test !== "truthy" || !passed.has(position)) continue;
    const asked = comparedMethod(node, end.value);
    if (asked === null) continue;
    const target = node.blockById.get(asked.side ? end.then : end.else);
    const other = node.blockById.get(asked.side ? end.else : end.then);
    if (target !== undefined && passed.has(target) && target !== other) return asked.method;
  }
  return null;
}

/** The method that is asked about, and the side on which it is that: true where the comparison holds. */
function comparedMethod(
  node: FunctionNode,
  value: ValueId,
): { readonly method: string; readonly side: boolean } | null {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "binary") return null;
  const { operator, left, right } = definition;
  const method = isMethod(node, left)
    ? methodNamed(node, right)
    : isMethod(node, right)
      ? methodNamed(node, left)
      : null;
  if (method === null || !/^[!=]==?$/u.test(operator)) return null;
  return { method, side: operator.startsWith("=") };
}

function isMethod(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "load")
    return definition.property.kind === "name" && names.test(definition.property.name);
  // `method.toUpperCase()`
  return definition?.kind === "call" && definition.receiver !== null && isMethod(node, definition.receiver);
}

function methodNamed(node: FunctionNode, value: ValueId): string | null {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && typeof definition.value === "string"
    ? definition.value.toUpperCase()
    : null;
}

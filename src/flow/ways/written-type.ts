/** Types as they are written for what a test is about. */
import type { TypeReference } from "../../contracts/type-reference.js";
import type { Place } from "../paths/value-places.js";
import { originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";

/** The type that is written for a parameter, or for the list that is gone through. */
export function writtenType(node: FunctionNode, { base, path }: Place): TypeReference | null {
  const definition = node.definitions[base];
  if (definition?.kind !== "instruction" || path.length > 0) return null;
  const { instruction } = definition;
  if (instruction.kind === "parameter") return node.graph.parameters[instruction.index]?.type ?? null;
  if (instruction.kind !== "iterate") return null;
  const list = writtenType(node, { base: originOf(node, instruction.object), path });
  if (list?.kind === "array") return list.element;
  return list?.kind === "named" && /^(?:ReadonlyArray|Array|Iterable|Set)$/u.test(list.name)
    ? (list.arguments[0] ?? null)
    : null;
}

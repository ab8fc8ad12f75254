/** Whether a value is made where it stands, or comes from somewhere else. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";

/** An object or function that is made here is there; of anything else nothing is known. */
export function isMade(node: FunctionNode, value: ValueId): true | null {
  const definition = definitionOf(node, value);
  return definition !== null && /^(?:object|array|function|class)$/u.test(definition.kind) ? true : null;
}

/** Read from a property, or handed in: what a default value may stand for. */
export function isReadFrom(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  return definition !== null && /^(?:load|parameter|iterate)$/u.test(definition.kind);
}

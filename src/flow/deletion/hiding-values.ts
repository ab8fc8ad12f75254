/** Values under names that say of a row that nobody is to be shown it. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { isHidingColumn, isMomentOfHiding } from "./deletion-names.js";

/** `deletedAt: new Date()`, `is_deleted: true`; not `deletedAt: null`, which takes away what stood there. */
export function isHiding(column: string, node: FunctionNode, value: ValueId): boolean {
  if (!isHidingColumn(column)) return false;
  const definition = definitionOf(node, value);
  if (definition?.kind !== "constant") return isMomentOfHiding(column);
  return definition.type !== "undefined" && definition.value !== null && definition.value !== false;
}

/** Columns that a write sets to a constant: `update({ data: { email: null } })` erases what was there. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Role } from "../../contracts/model.js";
import type { CallSite } from "../points-to.js";
import { isJoinedPlaceholder, isPlaceholder } from "../placeholders.js";
import type { FunctionNode } from "../program.js";
import { definitionOf } from "../value-places.js";
import { operandsWritten, writtenInto } from "../written-literals.js";

export function overwrittenColumns(site: CallSite, role: Extract<Role, { kind: "store" }>): string[] {
  const { instruction, caller } = site;
  if (instruction.kind !== "call" || !/(?:update|set|patch|save|upsert)/iu.test(instruction.name)) return [];
  const found = new Set<string>();
  for (const address of role.data)
    for (const object of operandsWritten(site, address))
      for (const [name, value] of writtenInto(caller, object)) if (isConstant(caller, value)) found.add(name);
  return [...found].sort();
}

/** A constant, or a text that only says which record it was: `"deleted-" + id`. */
export function isConstant(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  switch (definition?.kind) {
    case "constant":
      return true;
    case "template":
      return isPlaceholder(node, definition.texts, definition.values);
    case "binary":
      return isJoinedPlaceholder(node, definition);
    default:
      return false;
  }
}

/** Whether what is handed to a store is one row, and no list of them. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { isListType } from "./entity-types.js";

/** What every list has: reading it tells nothing. */
const ofLists: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Array.prototype));

/** The written type says that it is one thing, or the function reads it by names that no list has: `body.team`. */
export function isOneRow(node: FunctionNode, value: ValueId): boolean {
  const type = typeOf(node, value);
  if (type !== null && !isAny(type)) return !mayBeList(node, type);
  const waiting = [originOf(node, value)];
  for (const each of waiting)
    for (const point of node.uses[each] ?? []) {
      const use = node.code[point];
      if (use === undefined) continue;
      if ((use.kind === "declare" || use.kind === "cast") && use.value === each) waiting.push(use.out);
      else if (isReadByName(use, each)) return true;
    }
  return false;
}

function isReadByName(use: Instruction, value: ValueId): boolean {
  if (use.kind === "object-rest") return use.object === value;
  if (use.kind !== "load" || use.object !== value || use.property.kind !== "name") return false;
  const { name } = use.property;
  return !ofLists.has(name) && !/^\d+$/u.test(name);
}

/** The type that is written where the value is named or cast; null: none is. */
function typeOf(node: FunctionNode, value: ValueId): TypeReference | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  if (instruction.kind === "parameter") return node.graph.parameters[instruction.index]?.type ?? null;
  if (instruction.kind !== "declare" && instruction.kind !== "cast") return null;
  return instruction.type ?? typeOf(node, instruction.value);
}

function isAny(type: TypeReference): boolean {
  return type.kind === "keyword";
}

function mayBeList(node: FunctionNode, type: TypeReference): boolean {
  if (type.kind === "object") return false;
  if (type.kind !== "named") return true;
  const alias = node.fileGraph.types.find((each) => each.name === type.name);
  return alias === undefined ? isListType(type.name) : alias.type !== type && mayBeList(node, alias.type);
}

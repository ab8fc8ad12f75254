/** Whether what is handed to a store is one row, and no list of them. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { isListType } from "./entity-types.js";
import { readAlike } from "./read-alike.js";

/** Names and places between a value and the type that is written for it. */
const deepest = 8;

/** What every list has: reading it tells nothing. */
const ofLists: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Array.prototype));

/** The written type says that it is one thing, or the function uses it by names that no list has: `body.team`. */
export function isOneRow(node: FunctionNode, value: ValueId): boolean {
  const type = typeOf(node, value, deepest);
  if (type !== null && !isAny(type)) return !mayBeList(node, type);
  const waiting = readAlike(node, value).map((each) => originOf(node, each));
  if (waiting.some((each) => definitionOf(node, each)?.kind === "object-rest")) return true;
  for (const each of waiting)
    for (const point of node.uses[each] ?? []) {
      const use = node.code[point];
      if (use === undefined) continue;
      if ((use.kind === "declare" || use.kind === "cast") && use.value === each) waiting.push(use.out);
      else if (isUsedByName(use, each)) return true;
    }
  return false;
}

/** A part of the description of a change (`$set`) that the function never speaks of: a row from outside has none. */
export function isOfChanges(node: FunctionNode, [component]: readonly string[]): boolean {
  const isNamed = (each: Instruction): boolean =>
    (each.kind === "load" || each.kind === "store") &&
    each.property.kind === "name" &&
    each.property.name === component;
  return component?.startsWith("$") === true && !node.code.some(isNamed);
}

function isUsedByName(use: Instruction, value: ValueId): boolean {
  if (use.kind === "object-rest") return use.object === value;
  if (use.kind !== "load" && use.kind !== "store" && use.kind !== "delete") return false;
  return use.object === value && use.property.kind === "name" && isOfNoList(use.property.name);
}

function isOfNoList(name: string): boolean {
  return !ofLists.has(name) && !/^\d+$/u.test(name);
}

/** The type that is written where the value is named or cast, or what it is read of; null: none is. */
function typeOf(node: FunctionNode, value: ValueId, depth: number): TypeReference | null {
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction" || depth === 0) return null;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "parameter":
      return node.graph.parameters[instruction.index]?.type ?? null;
    case "declare":
    case "cast":
      return instruction.type ?? typeOf(node, instruction.value, depth - 1);
    case "load": {
      const { property } = instruction;
      const around = property.kind === "name" ? typeOf(node, instruction.object, depth - 1) : null;
      return property.kind === "name" && around?.kind === "object"
        ? (around.members.find(({ name }) => name === property.name)?.type ?? null)
        : null;
    }
    default:
      return null;
  }
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

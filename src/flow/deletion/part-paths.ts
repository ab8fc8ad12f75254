/** Parts of a row: what lies in it under some names, be it in a list there: `doc.kids[0]`, `row.groups.find(…).kids`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";
import { isSameName } from "../stores/table-names.js";

type IsRow = (node: FunctionNode, value: ValueId) => boolean;

const deepest = 10;
/** What gives one of a list, or some of it. */
const ofList = /\.(?:id|find|findLast|at|filter|slice)$/u;

/** The names that lead from a row to a value; null: it is none of its parts. */
export function partPath(
  node: FunctionNode,
  value: ValueId,
  isRow: IsRow,
  depth = 0,
): readonly string[] | null {
  const origin = originOf(node, value);
  if (isRow(node, origin)) return [];
  if (depth > deepest) return null;
  const definition = node.definitions[origin];
  const behind = (each: ValueId): readonly string[] | null => partPath(node, each, isRow, depth + 1);
  if (definition?.kind === "phi") {
    const paths = definition.phi.inputs
      .filter((input) => definitionOf(node, input.value)?.kind !== "constant")
      .map((input) => behind(input.value));
    const [first = null] = paths;
    return paths.every((each) => each?.join(".") === first?.join(".")) ? first : null;
  }
  const list = listOf(node, origin);
  if (list !== null) return behind(list);
  const read = nameRead(node, origin);
  const path = read === null ? null : behind(read.object);
  return read === null || path === null ? null : [...path, read.name];
}

/** The row that names lead from to a value; null: other names do. */
export function rowBehind(node: FunctionNode, value: ValueId, names: readonly string[]): ValueId | null {
  let base = value;
  for (const name of [...names].reverse()) {
    if (base !== value) base = listsBehind(node, base);
    const read = nameRead(node, base);
    if (read === null || !isSameName(read.name, name)) return null;
    base = read.object;
  }
  return base;
}

function listsBehind(node: FunctionNode, value: ValueId): ValueId {
  const list = listOf(node, value);
  return list === null ? value : listsBehind(node, list);
}

/** What the value is one of, or some of. */
function listOf(node: FunctionNode, value: ValueId): ValueId | null {
  const made = definitionOf(node, value);
  switch (made?.kind) {
    case "iterate":
      return made.mode === "in" ? null : made.object;
    case "load":
      return made.property.kind === "name" && !/^\d+$/u.test(made.property.name) ? null : made.object;
    case "call":
      return made.receiver !== null && ofList.test(made.name) ? made.receiver : null;
    default:
      return null;
  }
}

/** `row.kids`, `row.get("kids")` */
function nameRead(
  node: FunctionNode,
  value: ValueId,
): { readonly object: ValueId; readonly name: string } | null {
  const made = definitionOf(node, value);
  if (made?.kind === "load")
    return made.property.kind === "name" ? { object: made.object, name: made.property.name } : null;
  if (made?.kind !== "call" || made.receiver === null) return null;
  if (!/\.(?:get|getDataValue)$/u.test(made.name)) return null;
  const [first] = made.arguments;
  const key = first === undefined ? null : definitionOf(node, first.value);
  return key?.kind === "constant" && typeof key.value === "string"
    ? { object: made.receiver, name: key.value }
    : null;
}

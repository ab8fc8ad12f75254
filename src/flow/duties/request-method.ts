/**
 * Handlers that are run for every kind of request, and ask which it is: `if (req.method === "DELETE")`, `switch
 * (form.get("intent"))`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { dominatorsOf } from "../guards/ages/dominators.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf } from "../paths/value-places.js";

const names = /^(?:method|httpMethod)$/u;

/** What the button of a form says that is to be done. */
const intents = /^_?(?:intent|action|form_?action|op|operation)$/iu;

/** The method that the request was found to have wherever control comes to the point: `DELETE`. */
export function methodAskedFor(node: FunctionNode, point: number): string | null {
  return wordAskedFor(node, point, isMethod)?.toUpperCase() ?? null;
}

/** What the form was found to want: `delete-account`; what is told to have happened (`photo.deleted`) is no wish. */
export function intentAskedFor(node: FunctionNode, point: number): string | null {
  const word = wordAskedFor(node, point, isIntent);
  return word !== null && /ed\b/iu.test(word) ? null : word;
}

type IsAsked = (node: FunctionNode, value: ValueId) => boolean;

function wordAskedFor(node: FunctionNode, point: number, isAsked: IsAsked): string | null {
  const { blocks } = node.graph;
  const passed = dominatorsOf(node)[node.blockOf[point] ?? 0] ?? new Set<number>();
  for (const [position, { end }] of blocks.entries()) {
    if (end.kind !== "branch" || end.test !== "truthy" || !passed.has(position)) continue;
    const asked = comparedWord(node, end.value, isAsked);
    if (asked === null) continue;
    const target = node.blockById.get(asked.side ? end.then : end.else);
    const other = node.blockById.get(asked.side ? end.else : end.then);
    if (target !== undefined && passed.has(target) && target !== other) return asked.word;
  }
  return null;
}

/** What is asked about, and the side on which it is that: true where the comparison holds. */
function comparedWord(
  node: FunctionNode,
  value: ValueId,
  isAsked: IsAsked,
): { readonly word: string; readonly side: boolean } | null {
  const definition = definitionOf(node, value);
  if (definition?.kind !== "binary") return null;
  const { operator, left, right } = definition;
  const word = isAsked(node, left)
    ? textNamed(node, right)
    : isAsked(node, right)
      ? textNamed(node, left)
      : null;
  if (word === null || !/^[!=]==?$/u.test(operator)) return null;
  return { word, side: operator.startsWith("=") };
}

function isMethod(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "load")
    return definition.property.kind === "name" && names.test(definition.property.name);
  // `method.toUpperCase()`
  return definition?.kind === "call" && definition.receiver !== null && isMethod(node, definition.receiver);
}

/** `form.get("intent")`, `String(form.get("_action"))`, `values.intent` */
function isIntent(node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  if (definition?.kind === "load")
    return definition.property.kind === "name" && intents.test(definition.property.name);
  if (definition?.kind !== "call") return false;
  const [first] = definition.arguments;
  if (first === undefined) return definition.receiver !== null && isIntent(node, definition.receiver);
  if (definition.name === "String") return isIntent(node, first.value);
  const key = /\.get$/u.test(definition.name) ? textNamed(node, first.value) : null;
  return key !== null && intents.test(key);
}

function textNamed(node: FunctionNode, value: ValueId): string | null {
  const definition = definitionOf(node, value);
  return definition?.kind === "constant" && typeof definition.value === "string" ? definition.value : null;
}

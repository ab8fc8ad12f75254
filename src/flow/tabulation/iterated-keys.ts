/** Keys that a loop goes through, one after the other. */
import type { PropertyName, ValueId } from "../../contracts/file-graph.js";
import { definitionOf } from "../paths/value-places.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Entry } from "./entry.js";
import type { Tabulation } from "./tabulation.js";

/** The texts of a list of constants; nothing where it may be another list, or hold something else. */
export function certainElements(
  tabulation: Tabulation,
  { node, context }: Entry,
  list: ValueId,
): readonly string[] {
  const { pointsTo } = tabulation;
  const values = tabulation.contexts.values.valuesIn(context, node, list);
  if (values === null) return [];
  const texts = [...values].flatMap((value) => (value.kind === "constant" ? [String(value.value)] : []));
  // Arguments of a rest parameter, known in the run of one caller.
  if (texts.length === values.size) return texts;
  const [array, ...others] = values;
  // The rest parameter of a function that is looked at once for the constants it is given.
  if (array?.kind === "object" && node.copy !== null && others.length === 0) {
    const definition = definitionOf(node, list);
    const isRest = definition?.kind === "parameter" && node.graph.parameters[definition.index]?.rest === true;
    const given = isRest ? [...pointsTo.fieldNode(array, "*").values] : [];
    if (given.length > 0 && given.every((value) => value.kind === "constant"))
      return given.map((value) => String(value.value));
  }
  if (array?.kind !== "object" || !array.array || others.length > 0) return [];
  const [owner = "", point = ""] = array.site.split(":");
  if (pointsTo.program.functions[Number(owner)]?.code[Number(point)]?.kind !== "array") return [];
  const elements: string[] = [];
  for (const [name, field] of pointsTo.fieldsOf(array)) {
    const [only, ...alternatives] = field.values;
    if (name === "*" || only === undefined) continue;
    if (only.kind !== "constant" || alternatives.length > 0 || name === "[]") return [];
    elements.push(String(only.value));
  }
  return elements;
}

/** A callback that is run for each element of a list. */
interface Round {
  readonly callee: FunctionNode;
  readonly list: ValueId;
}

/** `names.forEach((name) => …)` */
export function roundOf({ instruction, callbacks, foreign }: CallSite): Round | null {
  if (instruction.kind !== "call" || instruction.receiver === null) return null;
  if (callbacks.size !== 1 || foreign.size === 0) return null;
  const [edge] = callbacks.values();
  const isForEach = [...foreign].every(({ module, path }) => module === "lib" && path[1] === "forEach");
  return edge === undefined || !isForEach ? null : { callee: edge.callee, list: instruction.receiver };
}

/** What the callback has captured, where it changes a property of it that the element names. */
export function capturedObject(
  { node }: Entry,
  { callee }: Round,
  { object, property }: { readonly object: ValueId; readonly property: PropertyName },
): ValueId | null {
  if (property.kind !== "computed" || callee.file !== node.file) return null;
  const key = definitionOf(callee, property.value);
  const changed = definitionOf(callee, object);
  if (key?.kind !== "parameter" || key.index !== 0 || changed?.kind !== "capture") return null;
  const made = node.code.find((each) => each.kind === "function" && each.function === callee.graph.id);
  return made?.kind === "function" ? (made.captures[changed.slot] ?? null) : null;
}

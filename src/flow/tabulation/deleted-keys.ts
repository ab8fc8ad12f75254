/** Properties that are deleted for certain: by name, by a key that is known, by each key of a list that is known. */
import type { BlockId, Instruction, ValueId } from "../../contracts/file-graph.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { Tabulation } from "./tabulation.js";
import { definitionOf } from "../paths/value-places.js";
import { isOverwritten, propertyTexts } from "./transfer-properties.js";

type Deletion = Extract<Instruction, { kind: "delete" }>;

/** The deletion takes away what the fact is about, now or in another round of its loop. */
export function isDeleted(tabulation: Tabulation, entry: Entry, deletion: Deletion, fact: Fact): boolean {
  return deletedNames(tabulation, entry, deletion).some((name) =>
    isOverwritten(tabulation, entry.node, deletion.object, (component) => component === name, fact),
  );
}

/** A loop over a list of keys deletes them all before it is left. */
export function isDeletedByLoop(tabulation: Tabulation, entry: Entry, body: BlockId, fact: Fact): boolean {
  if (fact.path.components.length === 0) return false;
  const block = entry.node.graph.blocks[entry.node.blockById.get(body) ?? -1];
  if (block === undefined) return false;
  return block.instructions.some(
    (instruction) =>
      instruction.kind === "delete" &&
      instruction.property.kind === "computed" &&
      iteratedList(entry, instruction.property.value) !== null &&
      isDeleted(tabulation, entry, instruction, fact),
  );
}

/** `names.forEach((name) => delete copy[name])`: the callback is run for each key of the list. */
export function isDeletedByCallback(
  tabulation: Tabulation,
  entry: Entry,
  { instruction, callbacks, foreign }: CallSite,
  fact: Fact,
): boolean {
  if (instruction.kind !== "call" || instruction.receiver === null || fact.path.components.length === 0)
    return false;
  if (callbacks.size !== 1 || foreign.size === 0) return false;
  const [edge] = callbacks.values();
  const isForEach = [...foreign].every(({ module, path }) => module === "lib" && path[1] === "forEach");
  if (edge === undefined || !isForEach) return false;
  const [first] = edge.callee.graph.blocks;
  const list = instruction.receiver;
  return (first?.instructions ?? []).some((deletion) => {
    if (deletion.kind !== "delete" || deletion.property.kind !== "computed") return false;
    const key = definitionOf(edge.callee, deletion.property.value);
    const object = definitionOf(edge.callee, deletion.object);
    if (key?.kind !== "parameter" || key.index !== 0 || object?.kind !== "capture") return false;
    const captured = capturedValue(entry, edge.callee, object.slot);
    return (
      captured !== null &&
      certainElements(tabulation, entry, list).some((name) =>
        isOverwritten(tabulation, entry.node, captured, (component) => component === name, fact),
      )
    );
  });
}

/** What a function made here has captured. */
function capturedValue({ node }: Entry, callee: FunctionNode, slot: number): ValueId | null {
  if (callee.file !== node.file) return null;
  const made = node.code.find((each) => each.kind === "function" && each.function === callee.graph.id);
  return made?.kind === "function" ? (made.captures[slot] ?? null) : null;
}

function deletedNames(tabulation: Tabulation, entry: Entry, { property }: Deletion): readonly string[] {
  if (property.kind === "computed") {
    const list = iteratedList(entry, property.value);
    if (list !== null) return certainElements(tabulation, entry, list);
  }
  const names = propertyTexts(tabulation, entry, property);
  return names.length === 1 && names[0] !== "[]" ? names : [];
}

/** The list whose elements a value is, one after the other. */
function iteratedList({ node }: Entry, value: ValueId): ValueId | null {
  let current = value;
  for (let hops = 0; hops < 6; hops++) {
    const definition = node.definitions[current];
    if (definition?.kind !== "instruction") return null;
    const { instruction } = definition;
    if (instruction.kind === "iterate") return instruction.mode === "of" ? instruction.object : null;
    if (instruction.kind !== "declare" && instruction.kind !== "cast") return null;
    current = instruction.value;
  }
  return null;
}

/** The texts of a list of constants; nothing where it may be another list, or hold something else. */
function certainElements(tabulation: Tabulation, { node, context }: Entry, list: ValueId): readonly string[] {
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

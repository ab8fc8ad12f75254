/** Properties that are deleted for certain: by name, by a key that is known, by each key of a list that is known. */
import type { BlockId, Instruction, ValueId } from "../contracts/file-graph.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";
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

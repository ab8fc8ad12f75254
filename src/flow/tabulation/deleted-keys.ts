/** Properties that are deleted for certain: by name, by a key that is known, by each key of a list that is known. */
import type { BlockId, Instruction } from "../../contracts/file-graph.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { CallSite } from "../points-to/points-to.js";
import type { Tabulation } from "./tabulation.js";
import { capturedObject, certainElements, iteratedList, roundOf } from "./iterated-keys.js";
import { isOverwritten } from "./overwritten-parts.js";
import { propertyTexts } from "./transfer-properties.js";

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
  site: CallSite,
  fact: Fact,
): boolean {
  const round = fact.path.components.length === 0 ? null : roundOf(site);
  const [first] = round?.callee.graph.blocks ?? [];
  return (first?.instructions ?? []).some((deletion) => {
    if (round === null || deletion.kind !== "delete") return false;
    const object = capturedObject(entry, round, deletion);
    return (
      object !== null &&
      certainElements(tabulation, entry, round.list).some((name) =>
        isOverwritten(tabulation, entry.node, object, (component) => component === name, fact),
      )
    );
  });
}

function deletedNames(tabulation: Tabulation, entry: Entry, { property }: Deletion): readonly string[] {
  if (property.kind === "computed") {
    const list = iteratedList(entry, property.value);
    if (list !== null) return certainElements(tabulation, entry, list);
  }
  const names = propertyTexts(tabulation, entry, property);
  return names.length === 1 && names[0] !== "[]" ? names : [];
}

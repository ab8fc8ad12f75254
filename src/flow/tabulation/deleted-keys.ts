/** Properties that are deleted for certain: by name, or by a key that is known. */
import type { Instruction } from "../../contracts/file-graph.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";
import { isOverwritten } from "./overwritten-parts.js";
import { propertyTexts } from "./transfer-properties.js";

type Deletion = Extract<Instruction, { kind: "delete" }>;

/** The deletion takes away what the fact is about. */
export function isDeleted(tabulation: Tabulation, entry: Entry, deletion: Deletion, fact: Fact): boolean {
  return deletedNames(tabulation, entry, deletion).some((name) =>
    isOverwritten(tabulation, entry.node, deletion.object, (component) => component === name, fact),
  );
}

function deletedNames(tabulation: Tabulation, entry: Entry, { property }: Deletion): readonly string[] {
  const names = propertyTexts(tabulation, entry, property);
  return names.length === 1 && names[0] !== "[]" ? names : [];
}

import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf } from "../../paths/value-places.js";

/** `Refused` of `instanceof Refused`. */
export function writtenName(node: FunctionNode, value: ValueId): string | null {
  const definition = definitionOf(node, value);
  if (definition?.kind === "import-read") return node.fileGraph.imports[definition.import]?.local ?? null;
  if (definition?.kind === "cell-read") return definition.cell;
  if (definition?.kind === "global") return definition.name;
  return null;
}

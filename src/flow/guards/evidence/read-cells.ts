/** The variables of modules that an instruction reads. */
import type { Instruction } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import { findImport } from "../../program/module-links.js";
import type { FunctionNode } from "../../program/program.js";

export type CellRead = Extract<Instruction, { kind: "cell-read" | "import-read" }>;

/** Null: something else than a variable. */
export function cellsOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  read: CellRead,
): readonly ({ readonly file: string; readonly cell: string } | null)[] {
  if (read.kind === "cell-read") return [{ file: node.file, cell: read.cell }];
  const binding = node.fileGraph.imports[read.import];
  if (binding === undefined) return [];
  return findImport(pointsTo, node.file, binding.specifier, binding.name).map((link) =>
    link.kind === "cell" ? { file: link.file, cell: link.cell } : null,
  );
}

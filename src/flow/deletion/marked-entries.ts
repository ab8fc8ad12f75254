/** Entries that are marked with `@deletionPath`. */
import type { AnnotationTable } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { DeletionEntry } from "../../contracts/deletion.js";
import type { PointsTo } from "../points-to.js";
import { locationOf, type FunctionNode } from "../program.js";

/** Functions that are marked `@deletionPath`, wherever they are called. */
export function markedEntries(pointsTo: PointsTo, annotations: AnnotationTable): DeletionEntry[] {
  return pointsTo.program.functions
    .filter(({ copy }) => copy === null)
    .flatMap((node) => entriesOf(node, annotations))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export function entriesOf(node: FunctionNode, { functions }: AnnotationTable): DeletionEntry[] {
  const { file, graph } = node;
  return (functions.get(declarationId(file, graph.nameAt[0])) ?? []).flatMap(({ tag, deletion }) =>
    tag === "deletionPath"
      ? [{ name: graph.path ?? graph.name, kind: deletion ?? "request", location: placeOf(node) }]
      : [],
  );
}

export function placeOf(node: FunctionNode): DeletionEntry["location"] {
  return locationOf(node, node.graph.nameAt);
}

export function keyOf({ name, kind, location }: DeletionEntry): string {
  return `${location.file}:${String(location.line).padStart(6, "0")}:${String(location.column)} ${kind ?? ""} ${name}`;
}

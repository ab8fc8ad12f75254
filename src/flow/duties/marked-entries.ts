/** Entries that are marked for a duty: `@deletionPath`, `@correctionPath`. */
import type { AnnotationTable, FunctionAnnotation } from "../../contracts/annotation.js";
import { declarationId } from "../../contracts/annotation.js";
import type { DutyEntry } from "../../contracts/duty-entry.js";
import type { PointsTo } from "../points-to/points-to.js";
import { locationOf, type FunctionNode } from "../program/program.js";

/** What a mark makes of a function, as far as this duty goes; null: nothing. */
export type KindOfMark<Kind extends string> = (mark: FunctionAnnotation) => Kind | null;

/** Functions that are marked for the duty, wherever they are called. */
export function markedEntries<Kind extends string>(
  pointsTo: PointsTo,
  annotations: AnnotationTable,
  kindOf: KindOfMark<Kind>,
): DutyEntry<Kind>[] {
  return pointsTo.program.functions
    .filter(({ copy }) => copy === null)
    .flatMap((node) => entriesOf(node, annotations, kindOf))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

export function entriesOf<Kind extends string>(
  node: FunctionNode,
  { functions }: AnnotationTable,
  kindOf: KindOfMark<Kind>,
): DutyEntry<Kind>[] {
  const { file, graph } = node;
  if (functions.size === 0) return [];
  return (functions.get(declarationId(file, graph.nameAt[0])) ?? []).flatMap((mark) => {
    const kind = kindOf(mark);
    return kind === null ? [] : [{ name: graph.path ?? graph.name, kind, location: placeOf(node) }];
  });
}

export function placeOf(node: FunctionNode): DutyEntry["location"] {
  return locationOf(node, node.graph.nameAt);
}

export function keyOf({ name, kind, location }: DutyEntry): string {
  return `${location.file}:${String(location.line).padStart(6, "0")}:${String(location.column)} ${kind ?? ""} ${name}`;
}

/** What is put into parts of a row before it is saved: `doc.kids.id(id).name = ""`. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import { originOf } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { LastWrites, Standing } from "./last-writes.js";
import { partPath } from "./part-paths.js";

interface Row {
  readonly node: FunctionNode;
  readonly isRow: (node: FunctionNode, value: ValueId) => boolean;
  /** The names that lead to it from the one that is saved. */
  readonly path: readonly string[];
  readonly at: number;
}

const each = /\.(?:forEach|map)$/u;

/** By the names that lead to it: `kids.name`. */
export interface PartsWritten {
  readonly standing: Map<string, readonly Standing[]>;
  /** Taken out of the row: `kids`. */
  readonly taken: Set<string>;
}

export function writtenParts(
  pointsTo: PointsTo,
  lastWrites: LastWrites,
  row: Row,
  takenOutBy: readonly string[],
  found: PartsWritten,
): void {
  const { node, at } = row;
  const parts = new Map<ValueId, readonly string[]>();
  for (const instruction of node.code.slice(0, at))
    for (const value of changedBy(instruction)) {
      const origin = originOf(node, value);
      const path = parts.get(origin) ?? partPath(node, origin, row.isRow);
      if (path === null) continue;
      parts.set(origin, path);
      if (instruction.kind !== "call" || instruction.receiver !== value) continue;
      const names = [...row.path, ...path];
      if (names.length > 0 && takenOutBy.includes(methodOf(instruction.name)))
        found.taken.add(names.join("."));
      if (each.test(instruction.name))
        for (const callback of callbacksOf(pointsTo, node, instruction))
          writtenParts(pointsTo, lastWrites, { ...callback, path: names }, takenOutBy, found);
    }
  for (const [part, path] of parts) {
    const names = [...row.path, ...path];
    if (names.length > 0)
      for (const [name, standing] of lastWrites.of(node, part, at)) {
        const key = [...names, name].join(".");
        found.standing.set(key, [...(found.standing.get(key) ?? []), ...standing]);
      }
  }
}

function methodOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** What something may be put into. */
function changedBy(instruction: Instruction): readonly ValueId[] {
  if (instruction.kind === "store") return [instruction.object];
  if (instruction.kind !== "call") return [];
  const [first] = instruction.arguments;
  return [
    ...(instruction.receiver === null ? [] : [instruction.receiver]),
    ...(first === undefined ? [] : [first.value]),
  ];
}

/** Functions that are called with one of the list after the other. */
function callbacksOf(
  pointsTo: PointsTo,
  caller: FunctionNode,
  { arguments: [first] }: Extract<Instruction, { kind: "call" }>,
): readonly Omit<Row, "path">[] {
  if (first === undefined) return [];
  return [...pointsTo.valuesOf(caller, first.value)].flatMap((value) => {
    if (value.kind !== "function") return [];
    const node = value.function;
    const isRow = (within: FunctionNode, part: ValueId): boolean => {
      const definition = within.definitions[part];
      if (within !== node || definition?.kind !== "instruction") return false;
      return definition.instruction.kind === "parameter" && definition.instruction.index === 0;
    };
    return [{ node, isRow, at: node.code.length }];
  });
}

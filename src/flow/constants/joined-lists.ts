/** Texts that are joined of a list that is written out: `["INSERT INTO pupils", "VALUES (?)"].join(" ")`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { isScalar } from "../points-to/abstract-value.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { isChangedLater } from "./changed-lists.js";

export interface JoinedList {
  /** Where the list is written out. */
  readonly node: FunctionNode;
  /** In their order. */
  readonly parts: readonly ValueId[];
  /** Null: a comma. */
  readonly separator: ValueId | null;
  /** Where it is joined. */
  readonly caller: FunctionNode;
}

/** Null where the value is no such text, or the list is not known as a whole. */
export function joinedList(pointsTo: PointsTo, value: AbstractValue, read: ReadValues): JoinedList | null {
  // While values still arrive, somebody may still be found to change the list.
  if (value.kind !== "computed" || !pointsTo.isSolved) return null;
  const site = pointsTo.findSite(value.function, value.point);
  const call = site?.instruction;
  if (site === undefined || call?.kind !== "call" || call.receiver === null || !joins(pointsTo, site))
    return null;
  const [list, ...others] = [...read(site.caller, call.receiver)];
  if (list?.kind !== "object" || others.length > 0 || isChangedLater(pointsTo, list)) return null;
  const [owner = "", point = ""] = list.site.split(":");
  const node = pointsTo.program.functions[Number(owner)];
  const made = node?.code[Number(point)];
  const parts = node === undefined || made?.kind !== "array" ? null : partsOf(node, made);
  if (node === undefined || parts === null) return null;
  return { node, parts, caller: site.caller, separator: call.arguments[0]?.value ?? null };
}

function joins({ catalogue }: PointsTo, { foreign }: CallSite): boolean {
  const [callee, ...others] = foreign;
  return (
    callee !== undefined &&
    others.length === 0 &&
    catalogue
      .match(callee.module, callee.path, "call")
      .some(({ model }) => model.roles.some(({ kind }) => kind === "joined"))
  );
}

/** What such texts are made of is no text by itself, and that what comes of it is some text says no more. */
export function withoutParts(
  pointsTo: PointsTo,
  values: readonly AbstractValue[],
  read: ReadValues,
): readonly AbstractValue[] {
  const lists = values.flatMap((value) => joinedList(pointsTo, value, read) ?? []);
  if (lists.length === 0) return values;
  const parts = new Set(
    lists.flatMap(({ node, parts, caller, separator }) => [
      ...parts.flatMap((part) => [...read(node, part)]),
      ...(separator === null ? [] : read(caller, separator)),
    ]),
  );
  return values.filter((value) => !parts.has(value) && !(value.kind === "foreign" && isScalar(value)));
}

/** Null where something is spread into it, or put in at a place that is not told. */
function partsOf(node: FunctionNode, { out }: InstructionOf<"array">): readonly ValueId[] | null {
  const parts: ValueId[] = [];
  for (const point of node.uses[out] ?? []) {
    const use = node.code[point];
    if (use?.kind === "append-elements" && use.target === out) return null;
    if (use?.kind !== "store" || use.object !== out) continue;
    if (!use.initial) return null;
    if (use.property.kind === "name" && use.property.name !== String(parts.length)) return null;
    parts.push(use.value);
  }
  return parts.length === 0 ? null : parts;
}

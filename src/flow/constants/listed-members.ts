/**
 * What a list holds for certain that is written out with constants, or gathers what all calls hand over as its rest
 * parameter: `["name", ...CONTACT]`, `omit(child, "name", "phone")`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { noContext } from "../contexts/context.js";
import { isKnownOutside } from "../heap/unused-closures.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";
import { writtenShift } from "../program/edge-arguments.js";
import type { FunctionNode } from "../program/program.js";
import { areAllKnown } from "./complete-values.js";

/** In their order, as far as that is told; each as often as it stands there. */
export interface Listed {
  readonly values: readonly unknown[];
  readonly isOrdered: boolean;
}

type Members = Listed | null;
/** The members of a list that is spread into another. */
type MembersOf = (list: AbstractValue) => Members;

/** Null where they are not certain. */
export function listedMembers(pointsTo: PointsTo, list: AbstractValue, membersOf: MembersOf): Members {
  if (list.kind !== "object" || !list.array) return null;
  const [owner, point] = list.site.split(":");
  const node = pointsTo.program.functions[Number(owner)];
  const made = node?.code[Number(point)];
  if (node === undefined) return null;
  if (made?.kind === "array") return membersWritten(pointsTo, node, made.out, membersOf);
  return made?.kind === "parameter" ? membersGathered(pointsTo, node, made.index, membersOf) : null;
}

function membersWritten(
  pointsTo: PointsTo,
  node: FunctionNode,
  list: ValueId,
  membersOf: MembersOf,
): Members {
  const parts: Part[] = [];
  for (const point of node.uses[list] ?? []) {
    const use = node.code[point];
    if (use?.kind === "store" && use.object === list && use.initial) {
      // A hole is a member that is not there.
      if (use.property.kind === "name" && use.property.name !== String(parts.length)) return null;
      parts.push({ value: use.value, spread: false });
    } else if (use?.kind === "append-elements" && use.target === list)
      parts.push({ value: use.source, spread: true });
  }
  const members = membersIn(pointsTo, node, parts, membersOf);
  return members?.values.length === 0 ? null : members;
}

function membersGathered(
  pointsTo: PointsTo,
  node: FunctionNode,
  index: number,
  membersOf: MembersOf,
): Members {
  // While calls are still found, others may hand over more.
  if (!pointsTo.isSolved || pointsTo.callbacksOf(node).length > 0) return null;
  if (node.copy === null && isKnownOutside(pointsTo, node)) return null;
  const all = pointsTo.callersOf(node).map((edge) => membersGiven(pointsTo, edge, index, membersOf));
  const [first = null] = all;
  return first !== null && all.every((each) => each !== null && isSame(each, first)) ? first : null;
}

function membersGiven(pointsTo: PointsTo, edge: CallEdge, index: number, membersOf: MembersOf): Members {
  const { caller, instruction } = edge.site;
  if (instruction.kind !== "call" || writtenShift(edge) !== 0 || edge.bound !== null) return null;
  // Nobody knows how many stand before what comes behind a list.
  if (instruction.arguments.slice(0, index).some((each) => each.spread)) return null;
  return membersIn(pointsTo, caller, instruction.arguments.slice(index), membersOf);
}

interface Part {
  readonly value: ValueId;
  readonly spread: boolean;
}

function membersIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  parts: readonly Part[],
  membersOf: MembersOf,
): Members {
  const values: unknown[] = [];
  let isOrdered = true;
  for (const { value, spread } of parts) {
    const [only, ...others] = pointsTo.valuesOf(node, value);
    if (only === undefined || others.length > 0 || !areAllKnown(pointsTo, noContext, node, value))
      return null;
    const members = spread ? membersOf(only) : only.kind === "constant" ? oneMember(only.value) : null;
    if (members === null) return null;
    isOrdered = isOrdered && members.isOrdered;
    values.push(...members.values);
  }
  return { values, isOrdered };
}

function oneMember(value: unknown): Listed {
  return { values: [value], isOrdered: true };
}

function isSame({ values }: Listed, other: Listed): boolean {
  return (
    values.length === other.values.length && values.every((value, index) => value === other.values[index])
  );
}

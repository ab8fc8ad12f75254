/** What the program copies into an object with marked properties: `{ id, ...input }`, `Object.assign({ id }, input)`. */
import type { ValueId } from "../../contracts/file-graph.js";
import { fillingsInto } from "../heap/fillings.js";
import { definitionOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { Writer, Writers } from "../points-to/writers.js";
import { copiesInto, type Copy } from "../program/copies.js";
import type { FunctionNode } from "../program/program.js";

/** Copies of copies that are looked through. */
const deepest = 3;

/** By spreads where it is made, and by calls. */
export function allCopiesInto(pointsTo: PointsTo, writers: Writers, object: AbstractValue): readonly Copy[] {
  const byCalls = fillingsInto(pointsTo, writers, object).flatMap(({ site, from, into }): readonly Copy[] => {
    const { caller, point, instruction } = site;
    const copy: Copy = { node: caller, point, target: into, source: from, at: instruction.at };
    const isGivenBack = "out" in instruction && pointsTo.valuesOf(caller, instruction.out).has(object);
    return isGivenBack ? [copy, { ...copy, target: instruction.out }] : [copy];
  });
  return [...copiesInto(pointsTo, object), ...byCalls];
}

/** Who wrote what an object of the program's own holds under a name, be it a copy or the rest of another one. */
export function writersBehind(
  pointsTo: PointsTo,
  writers: Writers,
  node: FunctionNode,
  source: ValueId,
  name: string,
  depth = 0,
): readonly Writer[] {
  if (depth > deepest) return [];
  const whole = restWith(node, source, name);
  if (whole !== null) return writersBehind(pointsTo, writers, node, whole, name, depth + 1);
  return [...pointsTo.valuesOf(node, source)].flatMap((object) => {
    if (object.kind !== "object" || object.array) return [];
    const copied = allCopiesInto(pointsTo, writers, object).flatMap((copy) =>
      writersBehind(pointsTo, writers, copy.node, copy.source, name, depth + 1),
    );
    return [...writers.ofField(object, name), ...copied];
  });
}

/** The object of which a value is the rest, with this property. */
export function restWith(node: FunctionNode, value: ValueId, name: string): ValueId | null {
  const rest = definitionOf(node, value);
  if (rest?.kind !== "object-rest") return null;
  return rest.excluded.some((each) => each.kind !== "name" || each.name === name) ? null : rest.object;
}

/** `{ ...copied, name: own }`. */
export function isWrittenAfter(
  writers: Writers,
  object: AbstractValue,
  name: string,
  { node, point }: Copy,
): boolean {
  return writers.ofField(object, name).some((writer) => {
    const store = writer.node.code[writer.point];
    return writer.node === node && writer.point > point && store?.kind === "store" && store.initial;
  });
}

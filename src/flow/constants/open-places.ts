/**
 * Places where something may come that nothing in the program is seen to put there: the elements of a list that a list
 * from outside is spread into, and fields that a framework sets (`@Input() mode = "short"`, the body of a request as an
 * object of a class that only has fields).
 */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

export function* openPlaces(pointsTo: PointsTo): Iterable<PointerNode> {
  for (const node of pointsTo.program.functions)
    for (const [point, instruction] of node.code.entries()) {
      for (const [source, target] of spreadInto(pointsTo, node, instruction, point))
        if (!isSeenInFull(pointsTo, node, source))
          for (const list of pointsTo.valuesOf(node, target))
            if (list.kind === "object") yield* ["[]", "*"].map((name) => pointsTo.fieldNode(list, name));
      if (instruction.kind === "call" && instruction.decorates?.kind === "field")
        yield* decorated(pointsTo, node, instruction.decorates.class, instruction.decorates.member);
    }
  for (const made of pointsTo.program.classes)
    if (holdsOnlyFields(made)) yield* fieldsOf(pointsTo, pointsTo.values.instance(made, null));
}

/** Lists that are laid out in another one: by `[...texts]`, or by a method of the library. */
function spreadInto(
  pointsTo: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  point: number,
): readonly (readonly [source: ValueId, target: ValueId])[] {
  if (instruction.kind === "append-elements") return [[instruction.source, instruction.target]];
  if (instruction.kind !== "call" || instruction.receiver === null) return [];
  const { receiver } = instruction;
  const site = pointsTo.findSite(node, point);
  if (site === undefined || site.edges.size > 0) return [];
  const spread = instruction.arguments.flatMap((each) => (each.spread ? [each.value] : []));
  // `push.apply(texts, more)`
  const [to, given] = instruction.arguments;
  if (/\.apply$/u.test(instruction.name) && to !== undefined && given !== undefined)
    return [[given.value, to.value]];
  return spread.map((source) => [source, receiver]);
}

/** The elements of all lists that the value may be are seen. */
function isSeenInFull(pointsTo: PointsTo, node: FunctionNode, list: ValueId): boolean {
  const values = [...pointsTo.valuesOf(node, list)];
  return (
    values.length > 0 &&
    values.every(
      (each) =>
        (each.kind === "object" || each.kind === "instance") && !pointsTo.fieldNode(each, "*").isEmpty,
    )
  );
}

function* decorated(
  pointsTo: PointsTo,
  node: FunctionNode,
  id: ClassNode["graph"]["id"],
  member: string | null,
): Iterable<PointerNode> {
  const home = pointsTo.program.classes.find((each) => each.owner.file === node.file && each.graph.id === id);
  if (home === undefined || member === null) return;
  for (const self of [...pointsTo.instancesOf(home), pointsTo.values.instance(home, null)])
    yield pointsTo.fieldNode(self, member);
}

/** What it is made of is filled from outside: it does nothing by itself. */
function holdsOnlyFields({ graph }: ClassNode): boolean {
  return graph.members.length > 0 && graph.members.every(({ kind }) => kind === "field");
}

function fieldsOf(pointsTo: PointsTo, object: AbstractValue): readonly PointerNode[] {
  return [...pointsTo.fieldsOf(object).values()];
}

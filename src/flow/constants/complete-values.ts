/**
 * Whether the values that are known of a place are all that may come there. What nobody in the program makes (a
 * property of an argument from outside, the result of a sum) has no value that is known: a field that begins as `""`
 * and is then set to it is not always `""`. While values still arrive, `isToldInFull` of the keys is all that can be said.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { Context } from "../contexts/context.js";
import type { PointerNode } from "../points-to/pointer-graph.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { takenInputs } from "../program/given-parameters.js";
import type { FunctionNode } from "../program/program.js";
import { isScalar } from "../points-to/abstract-value.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isNeverRun } from "../contexts/never-run.js";
import { openPlaces } from "./open-places.js";
import { isToldByType } from "../points-to/key-seeds.js";
import { originOf } from "../paths/value-places.js";

const deepest = 8;
/** Objects that are gone through, and fields of them. */
const mostMade = 4;
const mostFields = 16;

/** Places where something else may come too, once all values have arrived. */
const incomplete = new WeakMap<PointsTo, ReadonlySet<PointerNode>>();

/** All that a value may be in a run is known. */
export function areAllKnown(
  pointsTo: PointsTo,
  context: Context,
  node: FunctionNode,
  value: ValueId,
  depth = 0,
): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind === "phi" && depth < deepest) {
    const { inputs } = definition.phi;
    const taken = context.given && takenInputs(node, inputs, context.given);
    return (taken ?? inputs.map((input) => input.value)).every((input) =>
      areAllKnown(pointsTo, context, node, input, depth + 1),
    );
  }
  const made = definition?.kind === "instruction" ? definition.instruction : null;
  if (made?.kind === "parameter" && context.parameters.has(made.index)) return true;
  // Of objects and functions the slots are told apart also where something else may be captured.
  if (made?.kind === "capture" && areConstants(context.slots.get(made.slot))) return true;
  const place = pointsTo.valueNode(node, value);
  return !place.isEmpty && !place.isFull && !incompleteIn(pointsTo).has(place);
}

/** Something of which nothing is known may stand in a list beside what is known to. */
export function mayHoldMore(pointsTo: PointsTo, list: AbstractValue): boolean {
  const place = pointsTo.fieldNode(list, "*");
  return place.isFull || incompleteIn(pointsTo).has(place);
}

/** Finds these places once all values have arrived: while it is known where each place's values go on to. */
export function findIncompletePlaces(pointsTo: PointsTo): void {
  incompleteIn(pointsTo);
}

function incompleteIn(pointsTo: PointsTo): ReadonlySet<PointerNode> {
  let found = incomplete.get(pointsTo);
  if (found === undefined) incomplete.set(pointsTo, (found = findIncomplete(pointsTo)));
  return found;
}

function areConstants(values: ReadonlySet<AbstractValue> | undefined): boolean {
  return values !== undefined && [...values].every(({ kind }) => kind === "constant");
}

function findIncomplete(pointsTo: PointsTo): ReadonlySet<PointerNode> {
  const read = readFrom(pointsTo);
  const found = new Set<PointerNode>();
  const unused = valuesNeverMade(pointsTo);
  const queue = pointsTo.graph.valueNodes.filter((node) => node.isEmpty && !unused.has(node));
  queue.push(...openPlaces(pointsTo));
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (found.has(node) || isToldByType(pointsTo, node)) continue;
    found.add(node);
    queue.push(...node.targets, ...(read.get(node) ?? []));
  }
  return found;
}

/** Those of functions that only copies stand for: nothing comes there, and nothing goes on from there. */
function valuesNeverMade(pointsTo: PointsTo): ReadonlySet<PointerNode> {
  return new Set(
    pointsTo.program.functions.flatMap((node) =>
      isNeverRun(pointsTo, node)
        ? [...node.definitions.keys()].map((value) => pointsTo.valueNode(node, value))
        : [],
    ),
  );
}

/** What is read from, or called of, each place. */
function readFrom(pointsTo: PointsTo): ReadonlyMap<PointerNode, readonly PointerNode[]> {
  const found = new Map<PointerNode, PointerNode[]>();
  const add = (place: PointerNode, reader: PointerNode): void => {
    const known = found.get(place);
    if (known === undefined) found.set(place, [reader]);
    else known.push(reader);
  };
  const note = (node: FunctionNode, from: ValueId, reader: FunctionNode, out: ValueId): void => {
    add(pointsTo.valueNode(node, from), pointsTo.valueNode(reader, out));
  };
  for (const node of pointsTo.program.functions) {
    const lists = pointsTo.callbacksOf(node).map(({ site }) => listOf(site));
    for (const [point, instruction] of node.code.entries())
      switch (instruction.kind) {
        case "load":
        case "iterate":
          note(node, instruction.object, node, instruction.out);
          break;
        case "call":
          note(node, instruction.callee, node, instruction.out);
          for (const value of convertedBy(pointsTo, node, point, instruction))
            note(node, value, node, instruction.out);
          for (const [from, to] of copiedBy(pointsTo, node, point, instruction)) add(from, to);
          for (const [from, to] of madeOf(pointsTo, node, point, instruction)) add(from, to);
          break;
        case "copy-properties":
          for (const [from, to] of copied(pointsTo, node, instruction.source, instruction.target))
            add(from, to);
          break;
        case "template":
          for (const value of instruction.values) note(node, value, node, instruction.out);
          break;
        case "binary":
          if (instruction.operator === "+")
            for (const value of [instruction.left, instruction.right])
              note(node, value, node, instruction.out);
          break;
        case "await":
          note(node, instruction.value, node, instruction.out);
          break;
        // Where something is written to be a text, no edge leads to it from what it is given.
        case "cast":
        case "declare":
          note(node, instruction.value, node, instruction.out);
          break;
        case "parameter":
          add(pointsTo.parameterNode(node, instruction.index), pointsTo.valueNode(node, instruction.out));
          for (const list of lists) if (list !== null) note(list.node, list.value, node, instruction.out);
          break;
        default:
          break;
      }
  }
  return found;
}

/** What a library's function copies all of into another object: `Object.assign(form, given)` may set every field. */
function* copiedBy(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  { arguments: given, out }: InstructionOf<"call">,
): Iterable<readonly [PointerNode, PointerNode]> {
  const site = pointsTo.findSite(node, point);
  if (given.length < 2 || site === undefined || !copiesIntoFirst(pointsTo, site)) return;
  // An operand stays the object that it was, so that the result may be each of them.
  for (const { value } of given.slice(1)) yield* copied(pointsTo, node, value, out);
}

/** A list or an object that the library makes of others holds what they hold: `["short"].concat(texts)`. */
function* madeOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  { receiver, arguments: given, out }: InstructionOf<"call">,
): Iterable<readonly [PointerNode, PointerNode]> {
  const site = pointsTo.findSite(node, point);
  if (site === undefined || site.edges.size > 0) return;
  const made = [...pointsTo.valuesOf(node, out)].filter(
    (each) => each.kind === "object" || (each.kind === "foreign" && each.site !== null),
  );
  if (made.length === 0 || made.length > mostMade) return;
  const operands = [...given.map(({ value }) => value), ...(receiver === null ? [] : [receiver])];
  for (const operand of operands)
    for (const from of [pointsTo.valueNode(node, operand), ...heldBy(pointsTo, node, operand)])
      for (const object of made) for (const field of pointsTo.fieldsOf(object).values()) yield [from, field];
}

/** What lies in an object, and in the pairs of a list. */
function heldBy(pointsTo: PointsTo, node: FunctionNode, value: ValueId): readonly PointerNode[] {
  const fields = [...pointsTo.valuesOf(node, value)]
    .slice(0, mostMade)
    .flatMap((each) => (each.kind === "object" ? [...pointsTo.fieldsOf(each).values()] : []))
    .slice(0, mostFields);
  const below = fields.flatMap((field) =>
    [...field.values]
      .slice(0, mostMade)
      .flatMap((each) => (each.kind === "object" && each.array ? [...pointsTo.fieldsOf(each).values()] : [])),
  );
  return [...fields, ...below.slice(0, mostFields)];
}

function* copied(
  pointsTo: PointsTo,
  node: FunctionNode,
  source: ValueId,
  target: ValueId,
): Iterable<readonly [PointerNode, PointerNode]> {
  for (const object of pointsTo.valuesOf(node, target))
    for (const field of pointsTo.fieldsOf(object).values()) yield [pointsTo.valueNode(node, source), field];
}

function copiesIntoFirst({ catalogue }: PointsTo, site: CallSite): boolean {
  for (const value of site.foreign.values())
    for (const { model } of catalogue.match(value.module, value.path, "call"))
      for (const role of model.roles)
        if (role.kind === "flow")
          for (const { root, steps } of role.to)
            if (root.kind === "argument" && root.index === 0 && steps.length === 0) return true;
  return false;
}

/** What a function or a method of the library makes another text of: `String(id)`, `id.trim()`. */
function convertedBy(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  { receiver, arguments: given }: InstructionOf<"call">,
): readonly ValueId[] {
  const site = pointsTo.findSite(node, point);
  if (site === undefined || site.edges.size > 0) return [];
  if (receiver === null) return given.map(({ value }) => value);
  return [...pointsTo.valuesOf(node, receiver)].every(isScalar) ? [receiver] : [];
}

/** What a library goes through with a function that it is handed. */
function listOf({ caller, instruction }: CallSite): { node: FunctionNode; value: ValueId } | null {
  return instruction.kind === "call" && instruction.receiver !== null
    ? { node: caller, value: instruction.receiver }
    : null;
}

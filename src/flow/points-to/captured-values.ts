/** From a slot of a closure back to the variable of the function that made it. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Aliases } from "./aliases.js";
import type { AccessPath } from "../paths/access-path.js";
import type { Base } from "../tabulation/fact.js";
import type { LaterPoints } from "../program/later-points.js";
import { laterPoints } from "../program/later-points.js";
import { isRunFromOutside } from "../heap/unused-closures.js";
import { isRunOnlyNow } from "../heap/passing-closures.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { waysToOwner } from "./captured-objects.js";
import { isOfBound, slotIn, slotNumber } from "../paths/slots.js";
import { valuesInSlot } from "./slot-values.js";
import { originOf } from "../paths/value-places.js";

export interface CapturedPart {
  readonly value: ValueId;
  readonly rest: readonly string[];
}

const deepest = 4;

/**
 * What `components` below a value means where it leads into a closure made in this function: into that of the function
 * that ran, where this is known.
 */
export function capturedBehind(
  pointsTo: PointsTo,
  aliases: Aliases,
  node: FunctionNode,
  base: Base,
  components: readonly string[],
  ran: FunctionNode | null = null,
  depth = 0,
): readonly CapturedPart[] {
  const [first, ...rest] = components;
  if (first === undefined || depth > deepest || !components.some((component) => component.startsWith("^")))
    return [];
  const found: CapturedPart[] = [];
  for (const place of aliases.placesOf(node, base)) {
    if (place.path.components.length > 0 || place.base < 0) continue;
    if (first.startsWith("^")) {
      const definition = node.definitions[originOf(node, place.base)];
      // A method that is a field has captured the object it was read from.
      if (definition?.kind === "instruction" && definition.instruction.kind === "load" && rest.length > 0) {
        const { object } = definition.instruction;
        if (mayHaveCaptured(pointsTo, node, place.base, first, object)) found.push({ value: object, rest });
        for (const way of waysToOwner(pointsTo, node, place.base, object))
          if (
            way.length > 1 &&
            way.length < components.length &&
            way.every((each, at) => each === components[at])
          )
            found.push({ value: object, rest: components.slice(way.length) });
      }
      if (definition?.kind !== "instruction" || definition.instruction.kind !== "function") continue;
      const { function: id } = definition.instruction;
      if (ran !== null && (ran.file !== node.file || ran.graph.id !== id)) continue;
      const captured = definition.instruction.captures[slotNumber(first)];
      const isNew = captured !== undefined && !found.some(({ value }) => value === captured);
      if (isNew && rest.length > 0) found.push({ value: captured, rest });
    } else {
      for (const point of node.uses[place.base] ?? []) {
        const store = node.code[point];
        if (
          store?.kind !== "store" ||
          store.object !== place.base ||
          !(first === "[]" || (store.property.kind === "name" && store.property.name === first))
        )
          continue;
        found.push(...capturedBehind(pointsTo, aliases, node, store.value, rest, ran, depth + 1));
      }
    }
  }
  return found.length > 0 || depth > 0
    ? found
    : capturedThroughOthers(pointsTo, aliases, node, base, components, ran);
}

/** A slot of the closure may hold the object; where nothing is known of one of them, it may. */
function mayHaveCaptured(
  pointsTo: PointsTo,
  node: FunctionNode,
  closureValue: ValueId,
  slot: string,
  object: ValueId,
): boolean {
  const objects = pointsTo.valuesOf(node, object);
  if (objects.size === 0 || isOfBound(slot)) return true;
  const held = valuesInSlot(pointsTo, pointsTo.valuesOf(node, closureValue), slot);
  return held !== null && (held.size === 0 || [...held].some((each) => objects.has(each)));
}

/**
 * `const add = traced((guest) => { book.last = guest.name })`: what a closure that somebody else made has captured may be
 * a closure that was made here, which has captured a variable.
 */
function capturedThroughOthers(
  pointsTo: PointsTo,
  aliases: Aliases,
  node: FunctionNode,
  base: Base,
  components: readonly string[],
  ran: FunctionNode | null,
): readonly CapturedPart[] {
  const found: CapturedPart[] = [];
  for (let length = 1; length < components.length - 1; length++) {
    const slot = components[length];
    if (slot?.startsWith("^") !== true) continue;
    for (const made of aliases.closuresAt(node, base, components.slice(0, length))) {
      const definition = node.definitions[originOf(node, made)];
      if (definition?.kind !== "instruction" || definition.instruction.kind !== "function") continue;
      const { captures, function: id } = definition.instruction;
      // One that was made here itself is not behind somebody else's.
      if (ran?.file === node.file && ran.graph.parent === node.graph.id && ran.graph.id !== id) continue;
      const number = slotNumber(slot);
      const value = slot === slotIn(node, id, number) ? captures[number] : undefined;
      const rest = components.slice(length + 1);
      if (value === undefined) continue;
      const objects = [...pointsTo.valuesOf(node, value)];
      const isKnown = objects.length > 0 && objects.every(({ kind }) => kind !== "foreign");
      if (ran !== null || isKnown) found.push({ value, rest });
    }
  }
  return found;
}

/** The closure is an argument of a call, is stored or returned: it may run when this function is elsewhere. */
function isHandedOn(
  pointsTo: PointsTo,
  aliases: Aliases,
  node: FunctionNode,
  closureValue: ValueId,
  callee: FunctionNode | undefined,
): boolean {
  return aliases.placesOf(node, closureValue).some((place) => {
    if (place.base < 0 || place.path.components.length > 0) return true;
    return (node.uses[place.base] ?? []).some((point) => {
      const use = node.code[point];
      if (use?.kind === "store") return use.value === place.base && isOfElement(node, use.object);
      return (
        use?.kind === "call" &&
        use.arguments.some((argument) => argument.value === place.base) &&
        !isRunOnlyNow(pointsTo, node, point, callee)
      );
    });
  });
}

/** `<form onSubmit={submit}>`: the object holds what an element is given. */
function isOfElement(node: FunctionNode, object: ValueId): boolean {
  return (node.uses[object] ?? []).some((point) => node.code[point]?.kind === "jsx");
}

/** The variables that a closure made in this function has captured. */
export function capturedValues(
  aliases: Aliases,
  node: FunctionNode,
  closureValue: ValueId,
): readonly ValueId[] {
  return aliases.placesOf(node, closureValue).flatMap((place) => {
    const definition =
      place.base < 0 || place.path.components.length > 0 ? undefined : node.definitions[place.base];
    return definition?.kind === "instruction" && definition.instruction.kind === "function"
      ? definition.instruction.captures
      : [];
  });
}

const madeBefore = new WeakMap<FunctionNode, Map<number, LaterPoints>>();

/** Control comes to the point only before the closure is made at another. */
function isYetToBeMade(node: FunctionNode, made: number, point: number): boolean {
  if (node.graph.blocks.some(({ handler }) => handler !== null)) return false;
  let ofNode = madeBefore.get(node);
  if (ofNode === undefined) madeBefore.set(node, (ofNode = new Map<number, LaterPoints>()));
  let later = ofNode.get(made);
  if (later === undefined) ofNode.set(made, (later = laterPoints(node, made, new Set())));
  return !later.reaches(point);
}

/** A closure that was handed on, and the variable of its maker that it has captured. */
interface Escaped {
  readonly callee: FunctionNode;
  readonly slot: number;
  readonly captured: ValueId | null;
}

/** A variable written after its closure was handed on: whoever calls the closure later sees it. */
export function escapedClosure(
  pointsTo: PointsTo,
  aliases: Aliases,
  node: FunctionNode,
  point: number,
  base: Base,
  { components }: AccessPath,
): Escaped | null {
  const [first] = components;
  if (first?.startsWith("^") !== true) return null;
  const definition = node.definitions[base];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "function") return null;
  const { function: id, captures } = definition.instruction;
  const callee = pointsTo.program.functionIn(node, id);
  if (isYetToBeMade(node, definition.point, point)) return null;
  const isOut = callee !== undefined && isRunFromOutside(pointsTo, callee);
  if (!isOut && !isHandedOn(pointsTo, aliases, node, base, callee)) return null;
  const slot = slotNumber(first);
  return callee === undefined ? null : { callee, slot, captured: captures[slot] ?? null };
}

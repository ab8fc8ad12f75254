/**
 * Variables that several closures share after the function that holds them has ended: what one closure writes,
 * the others read. Told by the heap, one cell a variable.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { slotOf } from "../paths/slots.js";

const deepest = 8;

/**
 * The heap key of the variable in a closure's slot. Closures share what one that may be written anew holds, and of
 * one that is never written anew the object that it holds.
 */
export function sharedVariable(pointsTo: PointsTo, node: FunctionNode, slot: number): string | null {
  let ofNode = known.get(node);
  if (ofNode === undefined) known.set(node, (ofNode = new Map<number, string | null>()));
  let shared = ofNode.get(slot);
  if (shared === undefined) ofNode.set(slot, (shared = findShared(pointsTo, node, slot, 0)));
  return shared;
}

const known = new WeakMap<FunctionNode, Map<number, string | null>>();

function findShared(pointsTo: PointsTo, node: FunctionNode, slot: number, depth: number): string | null {
  const capture = node.graph.captures[slot];
  if (capture === undefined || node.graph.parent === null || depth > deepest) return null;
  const owner = pointsTo.program.functionIn(node, node.graph.parent);
  const made = owner?.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  if (owner === undefined || made?.kind !== "function") return null;
  const captured = made.captures[slot];
  const definition = captured === undefined ? undefined : owner.definitions[captured];
  if (captured === undefined || definition?.kind !== "instruction") return null;
  if (definition.instruction.kind === "capture")
    return findShared(pointsTo, owner, definition.instruction.slot, depth + 1);
  return variableKey(owner, captured, capture.mode === "box");
}

/** Whether closures may write the variable anew: the heap tells them all. An object is told to those beside. */
export function isWrittenAnew(shared: string): boolean {
  return shared.startsWith("box:");
}

/**
 * The heap key of the object that a closure has captured, where other closures have too: what it puts into the object,
 * they find, also where they lie in another list than it (`on("search", …)` fills what `on("logout", …)` reads).
 */
export function sharedObject(pointsTo: PointsTo, node: FunctionNode, slot: number): string | null {
  const { parent, captures } = node.graph;
  const owner = parent === null ? undefined : pointsTo.program.functionIn(node, parent);
  if (owner === undefined || captures[slot]?.mode !== "value") return null;
  const made = owner.code.find((each) => each.kind === "function" && each.function === node.graph.id);
  const captured = made?.kind === "function" ? made.captures[slot] : undefined;
  const definition = captured === undefined ? undefined : owner.definitions[captured];
  if (captured === undefined || definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  if (instruction.kind === "this") return null;
  const isSame = (value: ValueId): boolean => {
    const other = owner.definitions[value];
    if (value === captured || instruction.kind !== "capture" || other?.kind !== "instruction")
      return value === captured;
    return other.instruction.kind === "capture" && other.instruction.slot === instruction.slot;
  };
  const isShared = owner.code.some(
    (each) => each !== made && each.kind === "function" && each.captures.some(isSame),
  );
  if (!isShared) return null;
  const first = owner.definitions.findIndex((_, value) => isSame(value));
  return variableKey(owner, first, false);
}

/** The heap key of a variable that closures share, by the function that holds it. */
export function variableKey(owner: FunctionNode, variable: ValueId, isBox: boolean): string {
  return `${isBox ? "box" : "object"}:${String(owner.index)}:${String(variable)}`;
}

/** The heap key of what only the function sees that made the variable, not the closures that share it. */
export function makersPart(shared: string): string {
  return `maker:${shared}`;
}

/**
 * The same variable in closures that a closure has captured itself, or finds in a list that it has captured: the
 * watchers that a setter calls read what it has just set.
 */
export function siblingSlots(
  pointsTo: PointsTo,
  node: FunctionNode,
  slot: number,
): readonly (readonly string[])[] {
  let ofNode = knownSlots.get(node);
  if (ofNode === undefined) knownSlots.set(node, (ofNode = []));
  return (ofNode[slot] ??= findSiblingSlots(pointsTo, node, slot));
}

const knownSlots = new WeakMap<FunctionNode, (readonly (readonly string[])[])[]>();
const mostSiblings = 8;
/** Functions, lists and tables on the way to a closure that shares the variable. */
const deepestListed = 4;

function findSiblingSlots(
  pointsTo: PointsTo,
  node: FunctionNode,
  slot: number,
): readonly (readonly string[])[] {
  const shared = sharedVariable(pointsTo, node, slot);
  if (shared === null || !isWrittenAnew(shared)) return [];
  const found: (readonly string[])[] = [];
  const seen = new Set<AbstractValue>();
  let level: { readonly values: Iterable<AbstractValue>; readonly way: readonly string[] }[] = [];
  node.graph.captures.forEach((_, other) => {
    if (other !== slot)
      level.push({ values: pointsTo.slotNode(node, other).values, way: [slotOf(node, other)] });
  });
  for (let depth = 0; depth <= deepestListed && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { values, way } of level)
      for (const value of values) {
        if (seen.has(value)) continue;
        seen.add(value);
        if (value.kind === "function")
          value.function.graph.captures.forEach((__, each) => {
            const path = [...way, slotOf(value.function, each)];
            if (sharedVariable(pointsTo, value.function, each) === shared) found.push(path);
            else next.push({ values: pointsTo.slotNode(value.function, each).values, way: path });
          });
        else if (value.kind === "object" || value.kind === "foreign")
          for (const [name, field] of pointsTo.fieldsOf(value))
            if (name !== "*" && !/^[gs]et /u.test(name))
              next.push({ values: field.values, way: [...way, name] });
      }
    level = next;
  }
  return found.slice(0, mostSiblings);
}

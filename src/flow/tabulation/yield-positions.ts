/**
 * Which of the values that a generator gives a `yield` is, and which call of `next` asks for it: a dialogue is told
 * apart by its turns, where every way to a turn has passed as many.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { countedPoints } from "../constants/counted-points.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";

/** What is sent in one turn or another of a generator, for yields of which the turn is not known. */
export const anyTurn = ":*";

const yields = new WeakMap<FunctionNode, ReadonlyMap<number, number>>();

/** The position of the value that the `yield` at a point gives, from 0; null where it is not always the same. */
export function yieldPosition(node: FunctionNode, point: number): number | null {
  let positions = yields.get(node);
  if (positions === undefined) {
    positions = countedPoints(node, (at) => {
      const instruction = node.code[at];
      if (instruction?.kind !== "yield") return null;
      return instruction.delegate ? "unknown" : "one";
    });
    yields.set(node, positions);
  }
  return positions.get(point) ?? null;
}

const turns = new WeakMap<FunctionNode, Map<ValueId, ReadonlyMap<number, number>>>();

/**
 * The how manieth `next` of its generator the call at a point is, from 0; null where that is not known: the generator
 * was not made in this function, or somebody else may ask it too.
 */
export function nextPosition(node: FunctionNode, point: number): number | null {
  const call = node.code[point];
  if (call?.kind !== "call" || call.receiver === null) return null;
  const made = makerOf(node, call.receiver);
  if (made === null) return null;
  let ofNode = turns.get(node);
  if (ofNode === undefined) turns.set(node, (ofNode = new Map<ValueId, ReadonlyMap<number, number>>()));
  let positions = ofNode.get(made.value);
  if (positions === undefined) {
    positions = turnsOf(node, made.value, made.point);
    ofNode.set(made.value, positions);
  }
  return positions.get(point) ?? null;
}

function turnsOf(node: FunctionNode, made: ValueId, madeAt: number): ReadonlyMap<number, number> {
  const asked = new Set<number>();
  if (!isOnlyAsked(node, made, asked)) return new Map();
  return countedPoints(node, (at) => (at === madeAt ? "restart" : asked.has(at) ? "one" : null));
}

/** The call that made the generator, as the value of which others are copies. */
function makerOf(
  node: FunctionNode,
  value: ValueId,
): { readonly value: ValueId; readonly point: number } | null {
  const made = originOf(node, value);
  const definition = node.definitions[made];
  return definition?.kind === "instruction" && definition.instruction.kind === "call"
    ? { value: made, point: definition.point }
    : null;
}

/** Nothing is done with the value but calling its `next`. */
function isOnlyAsked(node: FunctionNode, value: ValueId, asked: Set<number>): boolean {
  const isAtEnd = node.graph.blocks.some(
    ({ end, phis }) =>
      ((end.kind === "return" || end.kind === "throw") && end.value === value) ||
      phis.some(({ inputs }) => inputs.some((input) => input.value === value)),
  );
  if (isAtEnd) return false;
  return (node.uses[value] ?? []).every((point) => {
    const use = node.code[point];
    switch (use?.kind) {
      case "declare":
      case "cast":
        return isOnlyAsked(node, use.out, asked);
      case "load":
        return use.property.kind === "name" && use.property.name === "next";
      case "call":
        return isNext(use, value) && asked.add(point).size > 0;
      default:
        return false;
    }
  });
}

function isNext({ name, receiver, arguments: list }: InstructionOf<"call">, value: ValueId): boolean {
  return receiver === value && name.endsWith(".next") && list.every((argument) => argument.value !== value);
}

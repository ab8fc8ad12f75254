/**
 * Which of the values that a generator gives a `yield` is, and which call of `next` asks for it: a dialogue is told
 * apart by its turns, where every way to a turn has passed as many.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { countsOf } from "../constants/counted-points.js";
import type { Counts } from "../constants/counted-points.js";
import { isIndex, pairKey, positionOf } from "../paths/path-components.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { generatorEnding } from "../points-to/container-constraints.js";
import { callsNext, generatorsOf } from "../points-to/generator-results.js";
import type { Fact } from "./fact.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isChosenLater, originOf } from "../paths/value-places.js";

/** What of the library gives an iterator that stands at its beginning. */
const makers: ReadonlySet<string> = new Set(["values", "keys", "entries", "matchAll", "@@iterator"]);
/** So many functions hand a generator on that one of them has made. */
const deepest = 4;

/** What is sent in one turn or another of a generator, for yields of which the turn is not known. */
export const anyTurn = ":*";

const yields = new WeakMap<FunctionNode, Counts>();
const none: Counts = { points: new Map(), ends: new Map() };

/** The position of the value that the `yield` at a point gives, from 0; null where it is not always the same. */
export function yieldPosition(pointsTo: PointsTo, node: FunctionNode, point: number): number | null {
  return yieldsOf(pointsTo, node).points.get(point) ?? null;
}

/** Where an element stands among what a generator gives that goes through another one (`yield* inner()`). */
export function delegatedPosition(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  element: string | undefined,
): number | null {
  const first = yieldPosition(pointsTo, node, point);
  const instruction = node.code[point];
  if (first === null || element === undefined || instruction?.kind !== "yield") return null;
  const count = yieldsDelegated(pointsTo, node, instruction);
  if (isIndex(element) && pairKey(element) === null)
    return count !== null || isList(pointsTo, node, instruction) ? first + positionOf(element) : null;
  return count === 1 ? first : null;
}

/** What is gone through begins with its first element: of an iterator others may have taken some. */
function isList(pointsTo: PointsTo, node: FunctionNode, { value }: InstructionOf<"yield">): boolean {
  const values = value === null ? [] : [...pointsTo.valuesOf(node, value)];
  return values.length > 0 && values.every(isListItself);
}

function isListItself(value: AbstractValue): boolean {
  return value.kind === "object" && value.array && !value.site.endsWith(generatorEnding);
}

function yieldsOf(pointsTo: PointsTo, node: FunctionNode): Counts {
  let counts = yields.get(node);
  if (counts === undefined) {
    // A generator that goes through itself gives nobody knows how much.
    yields.set(node, none);
    counts = countsOf(node, (at) => {
      const instruction = node.code[at];
      if (instruction?.kind !== "yield") return null;
      return instruction.delegate ? (yieldsDelegated(pointsTo, node, instruction) ?? "unknown") : 1;
    });
    yields.set(node, counts);
  }
  return counts;
}

/** How much comes out of what a generator goes through: another one that is made for that, or a list that is written there. */
function yieldsDelegated(
  pointsTo: PointsTo,
  node: FunctionNode,
  { value }: InstructionOf<"yield">,
): number | null {
  if (value === null) return null;
  const made = originOf(node, value);
  const definition = node.definitions[made];
  if (definition?.kind !== "instruction" || !isUsedOnce(node, made)) return null;
  if (definition.instruction.kind === "array") return elementsWritten(node, made);
  const site = pointsTo.findSite(node, definition.point);
  if (site === undefined || site.foreign.size > 0) return null;
  const counts = [...site.edges.values()].flatMap(({ callee, shape }) =>
    shape === "call" && callee.graph.generator ? yieldsUntilEnd(pointsTo, callee) : [null],
  );
  const [first = null, ...others] = counts;
  return others.every((each) => each === first) ? first : null;
}

function yieldsUntilEnd(pointsTo: PointsTo, generator: FunctionNode): readonly (number | null)[] {
  const { ends } = yieldsOf(pointsTo, generator);
  return generator.graph.blocks.flatMap(({ end }, block) =>
    end.kind === "return" ? [ends.get(block) ?? null] : [],
  );
}

/** Under whatever names, nothing else is done with it than what is done once. */
function isUsedOnce(node: FunctionNode, value: ValueId): boolean {
  if (isChosenLater(node, value)) return false;
  const points = (node.uses[value] ?? []).filter((point) => {
    const use = node.code[point];
    return use?.kind !== "store" || use.object !== value || !use.initial;
  });
  const [only] = points;
  const use = only === undefined || points.length > 1 ? undefined : node.code[only];
  if (use?.kind === "declare" || use?.kind === "cast") return isUsedOnce(node, use.out);
  return use?.kind === "yield";
}

/** Of a literal to which nothing is done but being written out. */
function elementsWritten(node: FunctionNode, list: ValueId): number | null {
  let count = 0;
  for (const point of node.uses[list] ?? []) {
    const use = node.code[point];
    if (use?.kind !== "store" || use.object !== list) continue;
    if (use.property.kind !== "name" || !isIndex(use.property.name)) return null;
    count = Math.max(count, positionOf(use.property.name) + 1);
  }
  return count;
}

/** What lies there in a generator is what it gives in another turn than the one that the call asks for. */
export function isOfOtherTurn(pointsTo: PointsTo, site: CallSite, { base, path }: Fact): boolean {
  const [first = ""] = path.components;
  const { instruction } = site;
  if (instruction.kind !== "call" || instruction.receiver !== base) return false;
  if (first !== "<return>" && !isIndex(first)) return false;
  const turn = nextPosition(pointsTo, site.caller, site.point);
  if (turn === null) return false;
  if (isIndex(first)) return positionOf(first) !== turn;
  const generators = generatorsOf(pointsTo, site.caller, instruction.receiver);
  return generators?.every((each) => !mayEndAfter(pointsTo, each.owner, turn)) === true;
}

/** The generator may return something when it has been asked as often before. */
function mayEndAfter(pointsTo: PointsTo, owner: number, turn: number): boolean {
  const node = pointsTo.program.functions[owner];
  if (node === undefined) return true;
  const { ends } = yieldsOf(pointsTo, node);
  return node.graph.blocks.some(
    ({ end }, block) => end.kind === "return" && end.value !== null && (ends.get(block) ?? turn) === turn,
  );
}

const turns = new WeakMap<FunctionNode, Map<ValueId, ReadonlyMap<number, number>>>();

/**
 * The how manieth `next` of its generator the call at a point is, from 0; null where that is not known: the generator
 * was not made in this function, or somebody else may ask it too.
 */
export function nextPosition(pointsTo: PointsTo, node: FunctionNode, point: number): number | null {
  const call = node.code[point];
  if (call?.kind !== "call" || call.receiver === null) return null;
  const made = makerOf(pointsTo, node, call.receiver);
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
  return countsOf(node, (at) => (at === madeAt ? "restart" : asked.has(at) ? 1 : null)).points;
}

interface Made {
  readonly value: ValueId;
  readonly point: number;
}

/** The call that made the generator, as the value of which others are copies. */
function makerOf(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): Made | null {
  const made = originOf(node, value);
  const definition = node.definitions[made];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call") return null;
  const site = pointsTo.findSite(node, definition.point);
  if (site === undefined || depth > deepest || site.edges.size + site.foreign.size === 0) return null;
  const isMaker =
    [...site.edges.values()].every(
      ({ callee, shape }) =>
        shape === "call" && (callee.graph.generator || givesNew(pointsTo, callee, depth)),
    ) && [...site.foreign].every(({ module, path }) => module === "lib" && makers.has(path.at(-1) ?? ""));
  return isMaker ? { value: made, point: definition.point } : null;
}

/** A function makes what it returns, and does nothing else with it. */
function givesNew(pointsTo: PointsTo, node: FunctionNode, depth: number): boolean {
  const ends = node.graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
  return (
    ends.length > 0 &&
    ends.every((value) => {
      const made = value === null ? null : makerOf(pointsTo, node, value, depth + 1);
      return made !== null && isOnlyNamed(node, made.value);
    })
  );
}

function isOnlyNamed(node: FunctionNode, value: ValueId): boolean {
  return (node.uses[value] ?? []).every((point) => {
    const use = node.code[point];
    return use?.kind === "declare" || use?.kind === "cast" ? isOnlyNamed(node, use.out) : use === undefined;
  });
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
  return receiver === value && callsNext(name) && list.every((argument) => argument.value !== value);
}

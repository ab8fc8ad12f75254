/**
 * Which of the values that a generator gives a `yield` is, and which call of `next` asks for it: a dialogue is told
 * apart by its turns, where every way to a turn has passed as many.
 */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { countsOf } from "../constants/counted-points.js";
import type { Counts } from "../constants/counted-points.js";
import { isIndex, positionOf } from "../paths/path-components.js";
import { callsNext, generatorsOf } from "../points-to/generator-results.js";
import type { Fact } from "./fact.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";

/** What of the library gives an iterator that stands at its beginning. */
const makers: ReadonlySet<string> = new Set(["values", "keys", "entries", "matchAll", "@@iterator"]);
/** So many functions hand a generator on that one of them has made. */
const deepest = 4;

/** What is sent in one turn or another of a generator, for yields of which the turn is not known. */
export const anyTurn = ":*";

const yields = new WeakMap<FunctionNode, Counts>();

/** The position of the value that the `yield` at a point gives, from 0; null where it is not always the same. */
export function yieldPosition(node: FunctionNode, point: number): number | null {
  return yieldsOf(node).points.get(point) ?? null;
}

function yieldsOf(node: FunctionNode): Counts {
  let counts = yields.get(node);
  if (counts === undefined) {
    counts = countsOf(node, (at) => {
      const instruction = node.code[at];
      if (instruction?.kind !== "yield") return null;
      return instruction.delegate ? "unknown" : "one";
    });
    yields.set(node, counts);
  }
  return counts;
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
  const { ends } = yieldsOf(node);
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
  return countsOf(node, (at) => (at === madeAt ? "restart" : asked.has(at) ? "one" : null)).points;
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

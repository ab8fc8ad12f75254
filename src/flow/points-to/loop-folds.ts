/**
 * Functions of a list that are laid around a value, one in each round of a loop: `for (const wrap of wrappers) run =
 * wrap(run)`. Where the list's length is known, each is given what the one before it gave, and behind the loop there is
 * what the last one gave.
 */
import type { FunctionGraph, Instruction, InstructionOf, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import { turned, type Taken } from "../program/copied-lists.js";
import { lengthOf } from "./list-folds.js";
import type { CallSite, PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";

export interface LoopFold {
  /** The variable, as it is at the start of each round. */
  readonly phi: ValueId;
  /** What it is before the first one. */
  readonly initial: readonly ValueId[];
  readonly list: ValueId;
  readonly isFromEnd: boolean;
}

/** By the point of the call. */
type LoopFolds = ReadonlyMap<number, LoopFold>;

const none: LoopFolds = new Map();
const known = new WeakMap<FunctionGraph, LoopFolds>();
const deepest = 3;

export function loopFoldsOf(node: FunctionNode): LoopFolds {
  let found = known.get(node.graph);
  if (found === undefined) known.set(node.graph, (found = findFolds(node)));
  return found;
}

function findFolds(node: FunctionNode): LoopFolds {
  if (!node.graph.blocks.some(({ phis }) => phis.length > 0)) return none;
  const found = new Map<number, LoopFold>();
  node.code.forEach((each, point) => {
    const fold = each.kind === "call" && !each.new ? foldOf(node, each, point) : null;
    if (fold !== null) found.set(point, fold);
  });
  return found;
}

function foldOf(node: FunctionNode, call: InstructionOf<"call">, point: number): LoopFold | null {
  const list = listOf(node, call.callee);
  const [given] = call.arguments;
  if (list === null || given === undefined || call.arguments.some(({ spread }) => spread)) return null;
  const phi = originOf(node, given.value);
  const definition = node.definitions[phi];
  if (definition?.kind !== "phi") return null;
  const inputs = definition.phi.inputs.map(({ value }) => value);
  const round: Round = { call, phi, point };
  const others = inputs.filter((value) => !isWrapped(node, value, round, 0));
  const initial = others.filter((value) => originOf(node, value) !== phi);
  const isLeftOut = initial.length < others.length && !isOnlyLeftOutWhereAbsent(node, round);
  if (isLeftOut || initial.length === 0 || others.length === inputs.length) return null;
  return { phi, initial, ...turned(node, list) };
}

/** The list whose element a function is; by an index that counts down, from its end. */
function listOf(node: FunctionNode, callee: ValueId): Taken | null {
  const taken: Instruction | null = definitionOf(node, callee);
  if (taken?.kind === "iterate" && taken.mode === "of") return { list: taken.object, isFromEnd: false };
  if (taken?.kind !== "load" || taken.property.kind !== "computed") return null;
  const index = node.definitions[originOf(node, taken.property.value)];
  if (index?.kind !== "phi") return null;
  const isFromEnd = index.phi.inputs.some(({ value }) => {
    const next = definitionOf(node, value);
    return next?.kind === "binary" && next.operator === "-" && originOf(node, next.left) === index.phi.out;
  });
  return { list: taken.object, isFromEnd };
}

interface Round {
  readonly call: InstructionOf<"call">;
  readonly phi: ValueId;
  readonly point: number;
}

/** What the round gave; or, where no function stood in the list, what there was before. */
function isWrapped(node: FunctionNode, value: ValueId, round: Round, depth: number): boolean {
  const origin = originOf(node, value);
  if (origin === round.call.out) return true;
  const definition = node.definitions[origin];
  if (definition?.kind !== "phi" || origin === round.phi || depth > deepest) return false;
  return (
    isOnlyLeftOutWhereAbsent(node, round) &&
    definition.phi.inputs.every(
      (input) => originOf(node, input.value) === round.phi || isWrapped(node, input.value, round, depth + 1),
    )
  );
}

/** `if (wrap !== undefined) run = wrap(run)` */
function isOnlyLeftOutWhereAbsent(node: FunctionNode, { call, point }: Round): boolean {
  const block = node.graph.blocks[node.blockOf[point] ?? 0]?.id;
  return node.graph.blocks.some(({ end }) => {
    if (end.kind !== "branch" || (end.then !== block && end.else !== block)) return false;
    const tested = definitionOf(node, end.value);
    const compared =
      tested?.kind === "binary"
        ? [tested.left, tested.right]
        : tested?.kind === "unary"
          ? [tested.operand]
          : [end.value];
    return compared.some((each) => originOf(node, each) === originOf(node, call.callee));
  });
}

/** `asAlways` makes the constraints of a call in a loop of which nothing is known. */
export function addLoopFold(
  pointsTo: PointsTo,
  { caller }: CallSite,
  { phi, initial, list, isFromEnd }: LoopFold,
  { receiver, arguments: [, ...others], out }: Operands,
  call: (callee: AbstractValue, operands: Operands) => void,
  asAlways: () => void,
): void {
  const { graph } = pointsTo;
  const start = initial.map((value) => pointsTo.valueNode(caller, value));
  const variable = pointsTo.valueNode(caller, phi);
  const joinAll = (): void => {
    pointsTo.wrappedInLoops.get(caller)?.delete(phi);
    for (const each of start) graph.edge(each, variable);
    asAlways();
  };
  if (pointsTo.isSolved) {
    joinAll();
    return;
  }
  let lengthTaken: number | null = null;
  graph.onQuiet(() => {
    const length = lengthOf(pointsTo, pointsTo.valuesOf(caller, list));
    if (length !== null && length === lengthTaken) return false;
    if (length === null || lengthTaken !== null) {
      joinAll();
      return true;
    }
    lengthTaken = length;
    const wrapped = pointsTo.wrappedInLoops.get(caller) ?? new Set();
    pointsTo.wrappedInLoops.set(caller, wrapped.add(phi));
    let gathered = graph.create();
    for (const each of start) graph.edge(each, gathered);
    const [array] = pointsTo.valuesOf(caller, list);
    const places = Array.from({ length }, (_, place) => (isFromEnd ? length - 1 - place : place));
    for (const place of places) {
      const given = gathered;
      gathered = graph.create();
      const next = gathered;
      if (array !== undefined)
        graph.onValue(pointsTo.fieldNode(array, String(place)), (callee) => {
          call(callee, { receiver, arguments: [{ node: given, spread: false }, ...others], out: next });
        });
    }
    graph.edge(gathered, out);
    return false;
  });
}

/** What a function answers in the end: what a promise it returns is fulfilled with, behind its `then` and `catch`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";

export interface Answer {
  readonly node: FunctionNode;
  readonly value: ValueId;
}

export interface Answers {
  readonly values: readonly Answer[];
  /** It throws, or rejects, on some way. */
  readonly refuses: boolean;
}

const deepest = 6;

export function answersOf(pointsTo: PointsTo, node: FunctionNode): Answers {
  return answersAt(pointsTo, node, 0);
}

export function returnsOf(node: FunctionNode): ValueId[] {
  return node.graph.blocks.flatMap(({ end }) =>
    end.kind === "return" && end.value !== null ? [end.value] : [],
  );
}

export function throws(node: FunctionNode): boolean {
  return node.graph.blocks.some(({ end }) => end.kind === "throw");
}

function answersAt(pointsTo: PointsTo, node: FunctionNode, depth: number): Answers {
  const found = returnsOf(node).map((value) => settledWith(pointsTo, { node, value }, depth));
  return { ...together(found), refuses: throws(node) || found.some(({ refuses }) => refuses) };
}

function settledWith(pointsTo: PointsTo, answer: Answer, depth: number): Answers {
  const { node, value } = answer;
  const itself: Answers = { values: [answer], refuses: false };
  const definition = node.definitions[originOf(node, value)];
  if (definition === undefined || depth > deepest) return itself;
  const again = (inner: ValueId): Answers => settledWith(pointsTo, { node, value: inner }, depth + 1);
  if (definition.kind === "phi") {
    const inputs = definition.phi.inputs.map((input) => again(input.value));
    // One that is refused on some way is answered by what it is on the others.
    return inputs.some(({ refuses }) => refuses) ? together(inputs) : itself;
  }
  const { instruction, point } = definition;
  if (instruction.kind === "await") return again(instruction.value);
  if (instruction.kind !== "call") return itself;
  if (instruction.name === "Promise.reject") return { values: [], refuses: true };
  const [, method] = /\.(then|catch|finally)$/u.exec(instruction.name) ?? [];
  const site = pointsTo.findSite(node, point);
  if (method === undefined || site === undefined || instruction.receiver === null) return itself;
  if (method === "finally") return again(instruction.receiver);
  const after = calledBack(site).map((callee) => answersAt(pointsTo, callee, depth + 1));
  if (after.length === 0) return itself;
  const before = again(instruction.receiver);
  return together([...after, method === "then" ? { values: [], refuses: before.refuses } : before]);
}

/** The functions of the program that a call is given, all of them; none, if another is among them. */
function calledBack({ callbacks, foreignCallbacks }: CallSite): FunctionNode[] {
  return foreignCallbacks.size > 0 ? [] : [...callbacks.values()].map(({ callee }) => callee);
}

function together(found: readonly Answers[]): Answers {
  return {
    values: found.flatMap(({ values }) => values),
    refuses: found.some(({ refuses }) => refuses),
  };
}

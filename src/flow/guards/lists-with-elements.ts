/** Lists of which is known that something is in them: `if (children.length === 0) return` stands before. */
import type { ValueId } from "../../contracts/file-graph.js";
import { successors } from "../program/successors.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf, placesOf } from "../paths/value-places.js";
import { dominatorsOf } from "./ages/dominators.js";
import { copiedInto } from "./copied-lists.js";
import { foldedConstant } from "./evidence/folded-constant.js";
import { hasSome } from "./lists-of-some.js";

type Side = "then" | "else";

const taking = /\.(?:pop|shift|splice)$/u;
const counted = /^(?:length|size)$/u;
const turned: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };
const other: Readonly<Record<Side, Side>> = { then: "else", else: "then" };

/** Is something written into the list, or has every way to a block passed a test that there is, in it or what it is a copy of? */
export function isNeverEmpty(
  pointsTo: PointsTo,
  node: FunctionNode,
  position: number,
  list: ValueId,
): boolean {
  const lists = [...copiedInto(pointsTo, node, list)];
  if (lists.some((each) => isTakenFrom(node, each))) return false;
  if (hasSome(node, list)) return true;
  const passed = dominatorsOf(node)[position] ?? new Set();
  return [...passed].some((block) => {
    const end = node.graph.blocks[block]?.end;
    if (block === position || end?.kind !== "branch" || end.test !== "truthy" || end.then === end.else)
      return false;
    const told = elementsTold(pointsTo, node, end.value);
    if (told === null || !lists.some((each) => isSame(node, each, told.list))) return false;
    const to = node.blockById.get(end[told.side]);
    return to !== undefined && passed.has(to) && isOnlyEntered(node, to, block);
  });
}

/** The side of a test on which something is in a list. */
function elementsTold(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
): { readonly list: ValueId; readonly side: Side } | null {
  const test = definitionOf(node, value);
  const direct = countOf(node, value);
  if (direct !== null) return { list: direct, side: "then" };
  if (test?.kind === "unary" && test.operator === "!") {
    const told = elementsTold(pointsTo, node, test.operand);
    return told === null ? null : { ...told, side: other[told.side] };
  }
  if (test?.kind !== "binary") return null;
  const { operator, left, right } = test;
  for (const [count, limit, sign] of [
    [left, right, operator],
    [right, left, turned[operator] ?? operator],
  ] as const) {
    const list = countOf(node, count);
    const number = foldedConstant(pointsTo, node, limit)?.value;
    if (list === null || typeof number !== "number") continue;
    const isPassedByNone = compared(sign, 0, number);
    if (isPassedByNone !== null) return { list, side: isPassedByNone ? "else" : "then" };
  }
  return null;
}

function compared(sign: string, one: number, number: number): boolean | null {
  switch (sign) {
    case "===":
    case "==":
      return one === number;
    case "!==":
    case "!=":
      return one !== number;
    case "<":
      return one < number;
    case "<=":
      return one <= number;
    case ">":
      return one > number;
    case ">=":
      return one >= number;
    default:
      return null;
  }
}

/** The list whose length a value is. */
function countOf(node: FunctionNode, value: ValueId): ValueId | null {
  const load = definitionOf(node, value);
  return load?.kind === "load" && load.property.kind === "name" && counted.test(load.property.name)
    ? originOf(node, load.object)
    : null;
}

function isTakenFrom(node: FunctionNode, list: ValueId): boolean {
  return node.code.some(
    (each) =>
      each.kind === "call" &&
      each.receiver !== null &&
      taking.test(each.name) &&
      originOf(node, each.receiver) === list,
  );
}

/** One value, or one property read twice. */
function isSame(node: FunctionNode, one: ValueId, another: ValueId): boolean {
  if (one === another) return true;
  const [a, b] = [placesOf(node, one).at(-1), placesOf(node, another).at(-1)];
  return (
    a !== undefined &&
    b !== undefined &&
    a.path.length > 0 &&
    a.base === b.base &&
    a.path.join() === b.path.join()
  );
}

/** No way leads to the block but from that one. */
export function isOnlyEntered(node: FunctionNode, position: number, from: number): boolean {
  const id = node.graph.blocks[position]?.id;
  return node.graph.blocks.every(({ end, handler }, index) => {
    const times = successors(end).filter((each) => each === id).length;
    return handler !== id && times === (index === from ? 1 : 0);
  });
}

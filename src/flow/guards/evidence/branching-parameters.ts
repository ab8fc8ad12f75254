/**
 * The parameters of a function that decide which way it takes or what it answers: what a call hands over for others
 * tells nothing.
 */
import type { Argument, Instruction, ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";

const known = new WeakMap<FunctionNode, ReadonlySet<number>>();
const nothing: ReadonlySet<number> = new Set();

export function branchingParameters(pointsTo: PointsTo, node: FunctionNode): ReadonlySet<number> {
  const found = known.get(node);
  if (found !== undefined) return found;
  // Asked within itself: what it hands to itself decides nothing more.
  known.set(node, nothing);
  const deciding = new Set<number>();
  for (const each of node.code)
    if (each.kind === "parameter" && decides(pointsTo, node, each.out)) deciding.add(each.index);
  known.set(node, deciding);
  return deciding;
}

function decides(pointsTo: PointsTo, node: FunctionNode, parameter: ValueId): boolean {
  const values = new Set([parameter]);
  for (const value of values) {
    for (const { phis, end } of node.graph.blocks) {
      if ((end.kind === "branch" || end.kind === "return") && end.value === value) return true;
      for (const { out, inputs } of phis) if (inputs.some((input) => input.value === value)) values.add(out);
    }
    for (const point of node.uses[value] ?? []) {
      const use = node.code[point];
      if (use === undefined) continue;
      if (use.kind === "call" && isDecidedIn(pointsTo, node, point, use, value)) return true;
      if (use.kind === "function" && isDecidedInside(pointsTo, node, use, value)) return true;
      if (carries(use, value)) values.add(use.out);
    }
  }
  return false;
}

/** A function that is made here has captured it: `(when) => async (request) => { if (when === "always") … }`. */
function isDecidedInside(
  pointsTo: PointsTo,
  node: FunctionNode,
  { captures, function: id }: Extract<Instruction, { kind: "function" }>,
  value: ValueId,
): boolean {
  const inner = pointsTo.program.functionIn(node, id);
  return (
    inner?.code.some(
      (each) =>
        each.kind === "capture" && captures[each.slot] === value && decides(pointsTo, inner, each.out),
    ) === true
  );
}

function carries(use: Instruction, value: ValueId): use is Instruction & { out: ValueId } {
  switch (use.kind) {
    case "declare":
    case "cast":
    case "await":
    case "unary":
    case "binary":
      return true;
    case "load":
    case "object-rest":
      return use.object === value;
    default:
      return false;
  }
}

function isDecidedIn(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  { callee, receiver, arguments: list }: Extract<Instruction, { kind: "call" }>,
  value: ValueId,
): boolean {
  if (callee === value || receiver === value) return true;
  const edges = pointsTo.findSite(node, point)?.edges.values() ?? [];
  const isAt = (argument: Argument | undefined): boolean => argument?.value === value;
  return [...edges].some(({ callee: own }) =>
    [...branchingParameters(pointsTo, own)].some((index) => isAt(list[index])),
  );
}

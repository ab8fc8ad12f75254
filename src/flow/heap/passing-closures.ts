/**
 * Closures that live no longer than a call: handed to a method of the library that calls them at once and keeps nothing
 * of them (`values.forEach((value) => { text += value; })`). What they write into the variables around them is seen by
 * the run that made them, and by no other.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Library types whose methods call what they are handed at once. */
const runsAtOnce = new Set(["Array", "Map", "Set", "String", "TypedArray"]);

/** The call at a point runs its callbacks at once. */
function isRunAtOnce(pointsTo: PointsTo, node: FunctionNode, point: number): boolean {
  const site = pointsTo.findSite(node, point);
  if (site === undefined || site.foreign.size === 0 || site.edges.size > 0) return false;
  return [...site.foreign].every(
    ({ module, path }) => module === "lib" && path.length === 2 && runsAtOnce.has(path[0] ?? ""),
  );
}

/** A call of the function is over when it returns, and leaves nothing behind that runs later. */
function isOverAtOnce({ graph, code }: FunctionNode): boolean {
  return (
    !graph.async && !graph.generator && code.every(({ kind }) => kind !== "function" && kind !== "class")
  );
}

/** The function is handed to a call that runs it at once, which is all that becomes of it. */
export function isRunOnlyNow(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  callee: FunctionNode | undefined,
): boolean {
  return callee !== undefined && isOverAtOnce(callee) && isRunAtOnce(pointsTo, node, point);
}

const known = new WeakMap<FunctionNode, boolean>();

/** Nothing is done with the function where it is made but handing it to such calls. */
export function isPassing(pointsTo: PointsTo, callee: FunctionNode): boolean {
  let passing = known.get(callee);
  if (passing === undefined) {
    const { parent, id, kind } = callee.graph;
    const maker =
      parent === null || kind === "module" ? undefined : pointsTo.program.functionIn(callee, parent);
    const made = maker?.code.find((each) => each.kind === "function" && each.function === id);
    passing =
      isOverAtOnce(callee) &&
      maker !== undefined &&
      made?.kind === "function" &&
      isHandedOver(pointsTo, maker, made.out);
    known.set(callee, passing);
  }
  return passing;
}

function isHandedOver(pointsTo: PointsTo, maker: FunctionNode, value: ValueId): boolean {
  const isKept = maker.graph.blocks.some(
    ({ end, phis }) =>
      ((end.kind === "return" || end.kind === "throw") && end.value === value) ||
      phis.some(({ inputs }) => inputs.some((input) => input.value === value)),
  );
  const uses = maker.uses[value] ?? [];
  return (
    !isKept &&
    uses.length > 0 &&
    uses.every((point) => {
      const use = maker.code[point];
      return use?.kind === "call" && use.callee !== value && isRunAtOnce(pointsTo, maker, point);
    })
  );
}

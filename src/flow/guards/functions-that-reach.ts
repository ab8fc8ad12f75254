/** Functions in which something may be established: all others are passed by without a look. */
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { OpenWaysTools } from "./ways.js";

/** Answers of guards are handed on so many calls. */
const mostHops = 3;

/** Places that some functions put something into, for others to take out. */
interface Places {
  takersFrom(functions: ReadonlySet<number>): readonly FunctionNode[];
}

/** Those from which some of the given ones may be called, and those that may be handed what a guard answered. */
export function functionsThatReach(
  pointsTo: PointsTo,
  places: readonly FunctionNode[],
  given: readonly Places[] = [],
): ReadonlySet<number> {
  const direct = callersOf(pointsTo, places);
  const putting = new Set(direct.map((node) => node.index));
  const takers = given.flatMap((each) => each.takersFrom(putting));
  const callers = takers.length === 0 ? direct : callersOf(pointsTo, [...places, ...takers]);
  const found = new Set<number>(callers.map((node) => node.index));
  let level = callers;
  for (let hops = 0; hops < mostHops; hops++) {
    level = level.flatMap((node) => judgesIn(pointsTo, node)).filter((node) => !found.has(node.index));
    for (const node of level) found.add(node.index);
  }
  return found;
}

/** Functions from which some of the given ones are reached, or that may be told by what these say. */
export function reachedFrom(
  { pointsTo, given, kept, properties }: OpenWaysTools,
  places: readonly FunctionNode[],
): ReadonlySet<number> {
  return functionsThatReach(pointsTo, places, [given, kept, properties]);
}

function callersOf(pointsTo: PointsTo, places: readonly FunctionNode[]): readonly FunctionNode[] {
  const reached = new Set<FunctionNode>();
  const queue: FunctionNode[] = [];
  const reach = (node: FunctionNode | undefined): void => {
    if (node === undefined || reached.has(node)) return;
    reached.add(node);
    queue.push(node);
  };
  places.forEach(reach);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const edge of pointsTo.callersOf(node)) reach(edge.site.caller);
    for (const edge of pointsTo.callbacksOf(node)) reach(edge.site.caller);
    // A function that hands out a closure lets others call what stands in it.
    if (node.graph.parent !== null && node.graph.kind !== "module")
      reach(pointsTo.program.functionIn(node, node.graph.parent));
  }
  return [...reached];
}

const knownJudges = new WeakMap<FunctionNode, readonly FunctionNode[]>();

/** Functions that are called here and refuse or decide by what they are given. */
function judgesIn(pointsTo: PointsTo, node: FunctionNode): readonly FunctionNode[] {
  let judges = knownJudges.get(node);
  if (judges === undefined) knownJudges.set(node, (judges = findJudges(pointsTo, node)));
  return judges;
}

function findJudges(pointsTo: PointsTo, node: FunctionNode): FunctionNode[] {
  if (node.graph.kind === "module") return [];
  return node.code.flatMap((_, point) => {
    const site = pointsTo.findSite(node, point);
    if (site === undefined) return [];
    return [...site.edges.values(), ...site.callbacks.values()]
      .map(({ callee }) => callee)
      .filter((callee) => isJudge(pointsTo, callee));
  });
}

/** By itself, or by what it calls: `function refuseIf(problem) { ensure(!problem); }`. */
function isJudge(pointsTo: PointsTo, node: FunctionNode, depth = 0): boolean {
  const { graph } = node;
  if (graph.parameters.length + graph.captures.length === 0) return false;
  // What hands nothing back can only refuse by an exception of what it calls.
  const ends = graph.blocks.some(
    ({ end }) =>
      end.kind === "throw" ||
      end.kind === "unreachable" ||
      (depth === 0 && end.kind === "return" && end.value !== null),
  );
  return (
    ends ||
    (depth < mostHops &&
      node.code.some((_, point) =>
        [...(pointsTo.findSite(node, point)?.edges.values() ?? [])].some(({ callee }) =>
          isJudge(pointsTo, callee, depth + 1),
        ),
      ))
  );
}

/** The calls by which data came to the function in which it arrived, as far back as they are told apart. */
import { type CallChain } from "../duties/call-chains.js";
import { noContext } from "../contexts/context.js";
import type { Entry } from "../tabulation/entry.js";
import type { CallEdge, PointsTo } from "../points-to/points-to.js";

export interface Way {
  readonly chain: CallChain;
  /** The runs that it leads through, the innermost first. */
  readonly runs: readonly Run[];
}

export type Run = Pick<Entry, "node" | "fact" | "incoming" | "context">;

const deepest = 4;
const mostHops = 8;
const mostSteps = 64;

/**
 * Each way by itself; null where they are too many to be told apart. A way on which `isEnough` is known already is
 * not followed further back.
 */
export function waysOfArrival(
  pointsTo: PointsTo,
  entry: Run,
  isEnough: (way: Way) => boolean = () => false,
): readonly Way[] | null {
  const found: Way[] = [];
  const queue: Way[] = [{ chain: [], runs: [entry] }];
  for (const way of queue) {
    if (queue.length > mostSteps) return null;
    const before = isEnough(way) ? [] : waysBefore(pointsTo, way);
    if (before.length > 0) queue.push(...before);
    else found.push(way);
  }
  return found;
}

/** Whoever ran the function with the data; where it arises in the function itself, whoever calls it. */
function waysBefore(pointsTo: PointsTo, { chain, runs }: Way): readonly Way[] {
  const run = runs.at(-1);
  if (run === undefined || chain.length >= deepest || runs.length > mostHops) return [];
  const { node, fact, incoming } = run;
  if (chain.some(({ callee }) => callee === node)) return [];
  const found: Way[] = [];
  const add = (before: Run, edge: CallEdge | undefined): void => {
    const longer = edge === undefined ? chain : [...chain, edge];
    const isKnown = found.some((each) => each.runs.at(-1) === before && each.chain.at(-1) === longer.at(-1));
    if (!isKnown) found.push({ chain: longer, runs: [...runs, before] });
  };
  for (const each of incoming)
    add(
      each.entry,
      [...each.site.edges.values()].find(({ callee }) => callee === node),
    );
  // What a function of a package calls, with whatever it has, is no call that tells anything.
  const isCalledBack = pointsTo.callbacksOf(node).length > 0;
  if (fact === null && incoming.length === 0 && node.graph.parameters.length > 0 && !isCalledBack)
    for (const edge of pointsTo.callersOf(node))
      add({ node: edge.site.caller, context: noContext, fact: null, incoming: [] }, edge);
  return found;
}

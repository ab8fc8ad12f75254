/**
 * Data in a fold whose function is looked at once for each round: the initial value goes into the first round, each
 * element into its own, what a round gives into the next one, and what the last one gives comes back.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import type { Fact } from "./fact.js";
import { isIndex } from "../paths/path-components.js";
import { areMoved } from "../points-to/moved-lists.js";
import type { CallbackEdge, CallSite, FoldRound, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** What a call as a whole gives. */
export const returnValue: Address = { root: { kind: "return" }, steps: [], text: "return" };

interface Round extends FoldRound {
  readonly edge: CallbackEdge;
}

const known = new WeakMap<CallSite, readonly Round[] | null>();

/** The rounds of a fold in order; null for a call that is none, or whose rounds are not told apart. */
function roundsAt(pointsTo: PointsTo, site: CallSite): readonly Round[] | null {
  if (pointsTo.foldRounds.size === 0 || site.callbacks.size === 0) return null;
  let rounds = known.get(site);
  if (rounds === undefined) known.set(site, (rounds = findRounds(pointsTo, site)));
  return rounds;
}

function findRounds(pointsTo: PointsTo, site: CallSite): readonly Round[] | null {
  const rounds: Round[] = [];
  for (const edge of site.callbacks.values()) {
    const round = pointsTo.foldRounds.get(edge.callee);
    // The function itself is run too: the list may be of another length.
    if (round === undefined || round.before !== (rounds.at(-1)?.edge.callee ?? null)) return null;
    if (areMoved(pointsTo, pointsTo.valuesOf(site.caller, round.list))) return null;
    rounds.push({ ...round, edge });
  }
  return rounds;
}

/** The round behind one; "end" behind the last one; null where rounds are not told apart. */
export function nextRound(pointsTo: PointsTo, edge: CallbackEdge): CallbackEdge | "end" | null {
  const rounds = roundsAt(pointsTo, edge.site);
  if (rounds === null) return null;
  const at = rounds.findIndex((round) => round.edge === edge);
  return rounds[at + 1]?.edge ?? "end";
}

/** What a round is given as gathered so far; null where rounds are not told apart. */
export function gatheredBefore(
  pointsTo: PointsTo,
  edge: CallbackEdge,
): { readonly round: FunctionNode } | { readonly initial: ValueId } | null {
  const round = roundsAt(pointsTo, edge.site)?.find((each) => each.edge === edge);
  if (round === undefined) return null;
  if (round.before !== null) return { round: round.before };
  return round.initial === null ? null : { initial: round.initial };
}

/** What a fold gives is what its last round gave; null where rounds are not told apart. */
export function lastRound(pointsTo: PointsTo, site: CallSite): CallbackEdge | null {
  return roundsAt(pointsTo, site)?.at(-1)?.edge ?? null;
}

/** What goes into a fold comes back only out of its rounds. */
export function isKeptByRounds(pointsTo: PointsTo, site: CallSite): boolean {
  return roundsAt(pointsTo, site) !== null;
}

/** Does a fact of the caller go into this parameter in this round? */
export function entersRound(
  pointsTo: PointsTo,
  edge: CallbackEdge,
  parameter: number | null,
  { base, path }: Fact,
): boolean {
  const rounds = roundsAt(pointsTo, edge.site);
  const { instruction } = edge.site;
  if (rounds === null || instruction.kind !== "call" || parameter === null || parameter > 1) return true;
  const at = rounds.findIndex((round) => round.edge === edge);
  const round = rounds[at];
  if (round === undefined) return true;
  if (base === round.initial && parameter === 0 && round.before === null) return true;
  if (base !== instruction.receiver) return false;
  // Without an initial value, the first element is.
  const isGathered = parameter === 0;
  if (isGathered && (round.initial !== null || round.before !== null)) return false;
  // Of a copy it is not told which of its places are which of the list's.
  if (instruction.receiver !== round.list) return true;
  const [place = ""] = path.components;
  if (!isIndex(place)) return true;
  const turn = isGathered ? 0 : round.initial === null ? at + 1 : at;
  const length = round.initial === null ? rounds.length + 1 : rounds.length;
  return Number(place) === (round.isFromEnd ? length - 1 - turn : turn);
}

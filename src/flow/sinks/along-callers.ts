/**
 * What a call means with the data that came to it: of a helper that works wherever it is told to (`send(host, body)`,
 * `insert(table, row)`), what the calls say which brought the data.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { readerAlong } from "../duties/call-chains.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { waysOfArrival, type Run, type Way } from "../stores/ways-of-arrival.js";
import type { Entry } from "../tabulation/entry.js";

/** One statement that is known: whoever calls, it is this one. */
export function isOneText(texts: readonly string[]): boolean {
  return texts.length < 2 && texts[0]?.includes("*") !== true;
}

/** Asks with the values of each way by which data came; by them all together, where there are too many to tell apart. */
export function askAlongCallers<Answer>(
  pointsTo: PointsTo,
  entry: Entry,
  readIn: (run: Run) => ReadValues,
  ask: (read: ReadValues) => readonly Answer[],
  isEnough: (answers: readonly Answer[]) => boolean,
): readonly Answer[] {
  const along = ({ chain, runs }: Way): readonly Answer[] =>
    ask(readerAlong(pointsTo, chain, readerOf(pointsTo, runs, readIn)));
  const whole = along({ chain: [], runs: [entry] });
  if (isEnough(whole)) return whole;
  const ways = waysOfArrival(pointsTo, entry, (way) => isEnough(along(way)));
  const found = ways?.flatMap(along) ?? [];
  return found.length === 0 ? whole : found;
}

/** What values are in the runs that data came through. */
function readerOf(pointsTo: PointsTo, runs: readonly Run[], readIn: (run: Run) => ReadValues): ReadValues {
  return (node: FunctionNode, value: ValueId): Iterable<AbstractValue> => {
    const run = runs.find((each) => each.node === node);
    return run === undefined ? pointsTo.valuesOf(node, value) : readIn(run)(node, value);
  };
}

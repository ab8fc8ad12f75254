/**
 * Tests of an age that let children through to an operation: without their faults the operation would be guarded.
 * Asked again with more and more faults overlooked, until no way is left that a right test would have closed.
 */
import type { OpenWay } from "../open-way.js";
import type { AgeQuestion } from "./age-question.js";
import type { AgeTelling, AgeTest } from "./age-test.js";

/** Asks for the ways to one operation with the faults of a level overlooked, but for one test. */
export type AskWays = (
  level: number,
  without: AgeTest | null,
) => { readonly ways: readonly OpenWay[]; readonly ages: AgeQuestion };

interface WrongAges {
  /** At which no more ways are closed. */
  readonly level: number;
  readonly tests: readonly AgeTelling[];
}

const mostTests = 40;

export function wrongAges(
  found: readonly OpenWay[],
  levels: readonly number[],
  ask: AskWays,
): WrongAges | null {
  const lowest = levels.at(-1);
  if (lowest === undefined) return null;
  const left = keysOf(ask(lowest, null).ways);
  if (left.size >= keysOf(found).size) return null;
  const level = levels.find((each) => keysOf(ask(each, null).ways).size <= left.size) ?? lowest;
  const overlooked = [...ask(level, null).ages.overlooked.values()].slice(0, mostTests);
  const needed = overlooked.filter(({ test }) => keysOf(ask(level, test).ways).size > left.size);
  // Two that say the same: none of them is needed.
  const passed = new Set(found.flatMap(({ passages }) => passages.map(({ node }) => node)));
  const near = overlooked.filter(({ test }) => passed.has(test.node));
  const any = near.length > 0 ? near : overlooked.slice(0, 1);
  return { level, tests: needed.length > 0 ? needed : any };
}

function keysOf(ways: readonly OpenWay[]): ReadonlySet<string> {
  return new Set(
    ways.map(({ outset, passages }) =>
      [
        outset.kind,
        outset.address,
        ...passages.map(({ node, point }) => `${String(node.index)}:${String(point)}`),
      ].join(),
    ),
  );
}

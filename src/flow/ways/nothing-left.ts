/**
 * What the branches on a way leave of a value: `if (notes) notes = seal(notes)` leaves nothing of what is not sealed,
 * `typeof notes === "string" ? seal(notes) : notes` no text.
 */
import type { BlockId, Terminator, ValueId } from "../../contracts/file-graph.js";
import { isUnchanged } from "../constants/still-so.js";
import { placesOf, originOf, type Place } from "../paths/value-places.js";
import type { PointsTo } from "../points-to/points-to.js";
import { predecessorsOf } from "../program/predecessors.js";
import type { FunctionNode } from "../program/program.js";
import type { Finding, KnownOf } from "./branch-findings.js";
import type { Taken } from "./earlier-branches.js";
import { TypeTests } from "./type-tests.js";

/** Nothing at all, nothing that is a text, or (null) whatever it was before. */
export type Left = "nothing" | "no-text" | null;

/** Blocks that are gone back through. */
const deepest = 6;
const tests = new WeakMap<PointsTo, TypeTests>();

/** What is left of a value where a block ends and, if it ends in a branch, goes on to another one. */
export function leftOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  value: ValueId,
  from: BlockId,
  to: BlockId | null,
): Left {
  const end = node.graph.blocks[node.blockById.get(from) ?? -1]?.end;
  if (end === undefined) return null;
  const isMeant: IsMeant = (finding, others) => isAbout(node, finding, others, value, end);
  const known = new Map<number, Left>();
  const before = (position: number, depth: number): Left => {
    const answer = known.get(position);
    const predecessors = predecessorsOf(node)[position] ?? [];
    if (answer !== undefined || predecessors.length === 0 || depth > deepest) return answer ?? null;
    known.set(position, null);
    const left = most(
      predecessors.map(({ position: last, side, isThrown }) => {
        if (isThrown) return null;
        const ends = node.graph.blocks[last]?.end;
        const taken = ends?.kind === "branch" && side !== null ? { end: ends, side } : null;
        return (taken && leftOn(pointsTo, node, taken, isMeant)) ?? before(last, depth + 1);
      }),
    );
    known.set(position, left);
    return left;
  };
  const taken = takenTo(end, to);
  return (taken && leftOn(pointsTo, node, taken, isMeant)) ?? before(node.blockById.get(from) ?? -1, 0);
}

/** What one side of a branch leaves of what its findings may be about. */
export function leftOn(pointsTo: PointsTo, node: FunctionNode, { end, side }: Taken, isMeant: IsMeant): Left {
  let found = tests.get(pointsTo);
  if (found === undefined) tests.set(pointsTo, (found = new TypeTests(pointsTo)));
  return leftBy(found.sidesOf(node, end)[side], isMeant);
}

type IsMeant = (finding: KnownOf, others: readonly Finding[]) => boolean;

/** What each of several ways leaves. */
function most(left: readonly Left[]): Left {
  if (left.length === 0 || left.includes(null)) return null;
  return left.includes("no-text") ? "no-text" : "nothing";
}

/** All of it is so. */
function least(left: readonly Left[]): Left {
  return left.includes("nothing") ? "nothing" : left.includes("no-text") ? "no-text" : null;
}

function takenTo(end: Terminator, to: BlockId | null): Taken | null {
  if (end.kind !== "branch" || to === null || end.then === end.else) return null;
  return { end, side: end.then === to ? "then" : "else" };
}

function leftBy(findings: readonly Finding[], isMeant: IsMeant): Left {
  return least(
    findings.map((finding): Left => {
      if (!("either" in finding)) return isMeant(finding, findings) ? leftWhere(finding) : null;
      return most(finding.either.map((way) => leftBy(way, isMeant)));
    }),
  );
}

function leftWhere({ nature }: KnownOf): Left {
  if (nature === "empty") return "nothing";
  if (nature === "unfilled") return "no-text";
  if (typeof nature === "string" || !("said" in nature)) return null;
  return (nature.word === "string") === nature.said ? null : "no-text";
}

/** The value itself, or the same property read again, which nothing can have changed in between. */
function isAbout(
  node: FunctionNode,
  { place }: KnownOf,
  findings: readonly Finding[],
  value: ValueId,
  end: Terminator,
): boolean {
  if (place.path.length === 0) return place.base === originOf(node, value);
  return (
    placesOf(node, value).some((each) => isSame(each, place)) &&
    findings.some(
      (each) =>
        !("either" in each) &&
        each.place.path.length === 0 &&
        placesOf(node, each.place.base).some((other) => isSame(other, place)) &&
        isUnchanged(node, each.place.base, end),
    )
  );
}

function isSame(one: Place, other: Place): boolean {
  return (
    one.base === other.base &&
    one.path.length === other.path.length &&
    one.path.every((name, index) => other.path[index] === name)
  );
}

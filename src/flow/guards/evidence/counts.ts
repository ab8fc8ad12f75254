/** What comparisons of a count tell: `refused.length > 0`, `missing < 1`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import { definitionOf } from "../../paths/value-places.js";
import type { FunctionNode } from "../../program/program.js";
import type { Outcome, Scalar } from "./outcome.js";
import { at, truthOf } from "./outcome.js";

const turned: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

/** That the count is none, where of all counts only none comes out so; null: it may be another. */
export function countTold(
  operator: string,
  isTurned: boolean,
  limit: Scalar,
  outcome: Outcome,
): Outcome | null {
  const truth = outcome.path.length === 0 ? truthOf(outcome.test) : null;
  const sign = isTurned ? (turned[operator] ?? operator) : operator;
  if (truth === null || typeof limit !== "number" || !/^[<>]=?$/u.test(sign)) return null;
  const others = [1, 2, limit, limit + 1, Infinity].filter((count) => count >= 1);
  return others.every((count) => passes(sign, count, limit) !== truth)
    ? at([], { kind: "is", value: 0 })
    : null;
}

function passes(sign: string, count: number, limit: number): boolean {
  if (count === limit) return sign.endsWith("=");
  return sign.startsWith("<") ? count < limit : count > limit;
}

/** How many there are of a list. */
export function isLength(node: FunctionNode, value: ValueId): boolean {
  const load = definitionOf(node, value);
  return (
    load?.kind === "load" && load.property.kind === "name" && /^(?:length|size)$/u.test(load.property.name)
  );
}

/**
 * `age < 14 || Number.isNaN(age)`: behind a test that only what is no number passes wrongly, the question whether it is
 * one says the rest.
 */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { FunctionNode } from "../../program/program.js";
import { originOf } from "../../paths/value-places.js";
import { at } from "../evidence/outcome.js";
import type { AgeVerdict } from "./age-limit.js";
import { grownVerdict } from "./age-limit.js";
import type { AgeTest } from "./age-test.js";
import { isSameValue } from "./checked-values.js";
import { sidesTaken } from "./dominators.js";
import type { Examinations } from "./examinations.js";

/** Adds the calls that ask so to the tests of a function. */
export function addNumbersBehind(
  examinations: Examinations,
  node: FunctionNode,
  tests: Map<ValueId, AgeTest>,
): void {
  const before = new Map(tests);
  if (before.size === 0) return;
  node.code.forEach((instruction, point) => {
    if (instruction.kind !== "call" || examinations.at(node, point).length === 0) return;
    const passed = sidesTaken(node, node.blockOf[point] ?? 0).flatMap(({ value, side }) => {
      const test = before.get(originOf(node, value));
      const verdict = test?.sides[side === "then" ? 0 : 1] ?? null;
      return test === undefined || !isForNumbersOnly(verdict) ? [] : [test];
    });
    const fitting = (kind: "truthy" | "falsy"): AgeTest | undefined =>
      passed.find(({ of }) =>
        examinations
          .verdicts(node, instruction.out, at([], { kind }))
          .some((each) => each.fits && of.some((value) => isSameValue(node, value, each.value))),
      );
    const isTrue = fitting("truthy");
    const isFalse = fitting("falsy");
    const test = isTrue ?? isFalse;
    if (test === undefined) return;
    const verdict = grownVerdict("no");
    tests.set(instruction.out, {
      ...test,
      sides: [isTrue === undefined ? null : verdict, isFalse === undefined ? null : verdict],
    });
  });
}

/** Nobody under 14 passes who says an age. */
function isForNumbersOnly(verdict: AgeVerdict | null): boolean {
  return (verdict?.fault === "missing" && verdict.youngest > 0) || verdict?.fault === "unchecked";
}

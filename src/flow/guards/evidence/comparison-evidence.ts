/** What comparisons tell by coming out so: `answer.status === "granted"`, `"refusal" in reply`, `age < 14`. */
import type { InstructionOf, ValueId } from "../../../contracts/file-graph.js";
import type { PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import type { AskedAges } from "../consent-question.js";
import { countTold, isLength } from "./counts.js";
import { foldedConstant } from "./folded-constant.js";
import type { Outcome } from "./outcome.js";
import { at, compared, truthOf, turnedRound } from "./outcome.js";
import { writtenName } from "./written-name.js";

type Again = (value: ValueId, outcome: Outcome, isAwaited: boolean) => boolean;

export function comparisonTells(
  pointsTo: PointsTo,
  ages: AskedAges,
  node: FunctionNode,
  { operator, left, right, out }: InstructionOf<"binary">,
  outcome: Outcome,
  again: Again,
): boolean {
  const truth = outcome.path.length === 0 ? truthOf(outcome.test) : null;
  if (truth !== null && ages.tells(node, out, truth)) return true;
  if (truth !== null && operator === "in") {
    const name = foldedConstant(pointsTo, node, left);
    return (
      typeof name?.value === "string" &&
      again(right, at([name.value], { kind: truth ? "defined" : "nullish" }), false)
    );
  }
  if (truth !== null && operator === "instanceof") {
    const by = writtenName(node, right);
    return by !== null && again(left, at([], { kind: truth ? "made" : "unmade", by }), false);
  }
  for (const [value, asked, constant] of [
    [left, operator, right],
    [right, turnedRound(operator), left],
  ] as const) {
    const folded = foldedConstant(pointsTo, node, constant);
    const told = folded === null ? null : compared(asked, outcome, folded.value);
    if (told !== null && again(value, told, false)) return true;
    const none = folded === null ? null : countTold(operator, value === right, folded.value, outcome);
    if (none !== null && isLength(node, value) && again(value, none, false)) return true;
  }
  return false;
}

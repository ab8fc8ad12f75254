/** Intervals that a statement is handed as a text: `now() - $1::interval` with `["60 days"]` or `${days} days`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { TimeUnit } from "../../contracts/model.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { secondsOfInterval, unitAfter } from "./interval-texts.js";
import type { TimeValues } from "./time-values.js";

/** Where lists of values stand in options: `{ replacements: { age: "60 days" } }`. */
const deepest = 3;

/** How long each text is that is handed to a call and says how long something is, in seconds. */
export function handedIntervals(
  pointsTo: PointsTo,
  times: TimeValues,
  { caller, instruction }: Pick<CallSite, "caller" | "instruction">,
): number[] {
  if (instruction.kind !== "call") return [];
  return instruction.arguments.flatMap(({ value }) =>
    handedValues(caller, value, deepest).flatMap((each) => stretchOf(pointsTo, times, caller, each) ?? []),
  );
}

function handedValues(node: FunctionNode, value: ValueId, depth: number): ValueId[] {
  const inner = node.code.flatMap((each) =>
    depth > 0 && each.kind === "store" && originOf(node, each.object) === originOf(node, value)
      ? handedValues(node, each.value, depth - 1)
      : [],
  );
  return [value, ...inner];
}

/** The shortest that it may be, as of numbers. */
export function stretchOf(
  pointsTo: PointsTo,
  times: TimeValues,
  node: FunctionNode,
  value: ValueId,
): number | null {
  const known = [...pointsTo.valuesOf(node, value)].flatMap((each) =>
    each.kind === "constant" && typeof each.value === "string" ? (secondsOfInterval(each.value) ?? []) : [],
  );
  return known.length > 0 ? Math.min(...known) : stretchMade(times, node, value);
}

/** A number before the name of its unit: `${days} days`, `days + " days"`. */
function stretchMade(times: TimeValues, node: FunctionNode, value: ValueId): number | null {
  const definition = definitionOf(node, value);
  if (definition?.kind === "template") {
    const [amount, ...others] = definition.values;
    const [before, behind = ""] = definition.texts;
    const unit = unitAfter(behind);
    const isOne = amount !== undefined && others.length === 0 && /^\s*-?\s*$/u.test(before ?? "");
    return isOne ? stretchIn(times, node, amount, unit) : null;
  }
  if (definition?.kind !== "binary" || definition.operator !== "+") return null;
  const behind = definitionOf(node, definition.right);
  const text = behind?.kind === "constant" && typeof behind.value === "string" ? behind.value : "";
  return stretchIn(times, node, definition.left, unitAfter(text));
}

function stretchIn(
  times: TimeValues,
  node: FunctionNode,
  amount: ValueId,
  unit: TimeUnit | null,
): number | null {
  return unit === null ? null : times.stretchOf(node, amount, unit);
}

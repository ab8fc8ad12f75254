/** Lists of constants that are asked whether a name stands in them: `hidden.includes(key)`, `hidden.some((each) => each === key)`. */
import type { InstructionOf, ValueId } from "../../contracts/file-graph.js";
import { areAllKnown, mayHoldMore } from "../constants/complete-values.js";
import { certainMembers, constantMembers } from "../constants/constant-members.js";
import { patternsListed } from "../constants/pattern-tests.js";
import type { Constant } from "../constants/constant-operations.js";
import type { Context } from "../contexts/context.js";
import { noContext } from "../contexts/context.js";
import { originOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** Longer lists are not gone through with a function. */
const longest = 40;

/** What a list is known to hold: all of it for certain, or no more than that. */
interface Held {
  readonly values: readonly unknown[];
  readonly isCertain: boolean;
  readonly isOrdered: boolean;
}

function heldIn(pointsTo: PointsTo, list: AbstractValue): Held | null {
  const certain = certainMembers(pointsTo, list);
  if (certain !== null) return { ...certain, isCertain: true };
  if (mayHoldMore(pointsTo, list)) return null;
  // What is filtered or cut out of a list is some of it.
  const members = constantMembers(pointsTo, list);
  return members && { values: [...members], isCertain: false, isOrdered: false };
}

/** The answer that all lists give that the receiver may be. */
export function askedList(
  pointsTo: PointsTo,
  node: FunctionNode,
  receiver: ValueId,
  method: string,
  wanted: Constant,
  context: Context,
): Constant | null {
  if (method !== "has" && method !== "includes" && method !== "indexOf") return null;
  if (!areAllKnown(pointsTo, context, node, receiver)) return null;
  const answers = [...pointsTo.valuesOf(node, receiver)].map((list) => {
    const held = heldIn(pointsTo, list);
    return held && answerOf(held, method, wanted.value);
  });
  const [first = null] = answers;
  return first === null || answers.some((answer) => answer !== first) ? null : { value: first };
}

function answerOf(
  { values, isCertain, isOrdered }: Held,
  method: "has" | "includes" | "indexOf",
  wanted: unknown,
): boolean | number | null {
  const index = values.indexOf(wanted);
  if (method !== "indexOf") return index === -1 ? false : isCertain ? true : null;
  return index === -1 || (isCertain && isOrdered) ? index : null;
}

/** What a function says of each member of a list, as far as that is told with what it has captured. */
export interface Telling {
  readonly constantOf: (value: ValueId) => Constant | null;
  readonly truthOf: (callee: FunctionNode, context: Context) => boolean | null;
}

/** `some` and `every` with a function that is written there. */
export function testedList(
  pointsTo: PointsTo,
  node: FunctionNode,
  { receiver, name, arguments: [given, ...others] }: InstructionOf<"call">,
  { constantOf, truthOf }: Telling,
  context: Context,
): Constant | null {
  const method = name.slice(name.lastIndexOf(".") + 1);
  if ((method !== "some" && method !== "every") || receiver === null) return null;
  if (given === undefined || given.spread || others.length > 0) return null;
  const definition = node.definitions[originOf(node, given.value)];
  const made = definition?.kind === "instruction" ? definition.instruction : null;
  const callee = made?.kind === "function" ? pointsTo.program.functionIn(node, made.function) : undefined;
  const [list, ...alternatives] = pointsTo.valuesOf(node, receiver);
  if (made?.kind !== "function" || callee === undefined || list === undefined || alternatives.length > 0)
    return null;
  const held = heldIn(pointsTo, list);
  const patterns = held === null ? patternsListed(pointsTo, list) : null;
  const members =
    held?.values.map((value) => pointsTo.values.constant(value as Constant["value"])) ?? patterns;
  if (members === null || members.length > longest || !areAllKnown(pointsTo, context, node, receiver))
    return null;
  const slots = new Map<number, ReadonlySet<AbstractValue>>();
  for (const [slot, value] of made.captures.entries()) {
    const constant = callee.graph.captures[slot]?.mode === "value" ? constantOf(value) : null;
    if (constant !== null) slots.set(slot, new Set([pointsTo.values.constant(constant.value)]));
  }
  const truths = members.map((member) => {
    const parameters = new Map([[0, new Set([member])]]);
    const key = `m${[...slots, ...parameters].map(([index, [value]]) => `${String(index)}=${String(value?.id)}`).join(",")}`;
    return truthOf(callee, { ...noContext, key, parameters, slots });
  });

  const settles = method === "some";
  if (truths.includes(settles)) return held?.isCertain !== false ? { value: settles } : null;
  return truths.includes(null) ? null : { value: !settles };
}

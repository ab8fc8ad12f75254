/** The questions that are asked about where a value comes from, and their answers. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { leftOf, type Left } from "../ways/nothing-left.js";

/**
 * `outside`: may it bring in what nothing has marked yet? `content`: the same of something that is read from (awaited,
 * iterated, a property of it): what an undescribed call gives may be a generated value, but an object or a promise
 * that it gives holds what came from elsewhere. `opaque`: does the program not show its content?
 */
export type OriginQuestion = "outside" | "content" | "opaque";

/**
 * `assumedThrough`: yes if the undescribed call of this name hands on what it got, or gives what came from elsewhere.
 * `no-text`: whatever comes from outside there is no text, by a test on its way.
 */
export type Origin = "yes" | "no" | "no-text" | { readonly assumedThrough: string };

export function rankOf(origin: Origin): number {
  return origin === "no" ? 0 : origin === "no-text" ? 1 : origin === "yes" ? 3 : 2;
}

/** Of what something is made of, or what it holds, it tells nothing that it is no text. */
export function madeOf(origin: Origin): Origin {
  return origin === "no-text" ? "yes" : origin;
}

/** That it is no text tells something of a value itself alone. */
export function answerTo(question: OriginQuestion, origin: Origin): Origin {
  return question === "outside" ? origin : madeOf(origin);
}

/** What a value brings where a test on the way left something of it. */
function whereLeft(left: Left, origin: () => Origin): Origin {
  if (left === "nothing") return "no";
  const found = origin();
  return left === null || found === "no" ? found : "no-text";
}

/** The stronger of two answers: yes before assumed before no; what is no text and what is assumed are both there. */
function strongerOf(one: Origin, other: Origin): Origin {
  if (one === "no" || other === "no") return one === "no" ? other : one;
  if (typeof one === "object" && typeof other === "object") return one;
  return one === "no-text" && other === "no-text" ? one : "yes";
}

/** The question about what a value is read from. */
export function about(question: OriginQuestion): OriginQuestion {
  return question === "opaque" ? "opaque" : "content";
}

/** The strongest answer. */
export function anyOf<Item>(items: Iterable<Item>, ask: (item: Item) => Origin): Origin {
  let found: Origin = "no";
  for (const item of items) {
    const answer = ask(item);
    found = strongerOf(found, answer);
    if (found === "yes") return found;
  }
  return found;
}

export function either(first: Origin, second: () => Origin): Origin {
  if (first === "yes") return first;
  return strongerOf(first, second());
}

/** Asks a question about another value on the way. */
export type AskOrigin = (question: OriginQuestion, node: FunctionNode, value: ValueId) => Origin;

/** Is the answer yes for an operand that an address is rooted at? */
export function askOperands(
  ask: AskOrigin,
  question: OriginQuestion,
  site: CallSite,
  address: Address,
): Origin {
  const asked = address.steps.length === 0 ? question : about(question);
  return anyOf(operandsAt(site, address), (value) => madeOf(ask(asked, site.caller, value)));
}

/** One of several values, each as the branches on its way have left it. */
export function ofChoice(
  pointsTo: PointsTo,
  node: FunctionNode,
  { phi, block }: Extract<FunctionNode["definitions"][number], { kind: "phi" }>,
  ask: (value: ValueId) => Origin,
): Origin {
  const to = node.graph.blocks[block]?.id ?? null;
  return anyOf(phi.inputs, (input) =>
    whereLeft(leftOf(pointsTo, node, input.value, input.block, to), () => ask(input.value)),
  );
}

/** Is the answer yes for something that a function returns, or that a generator gives? */
export function askReturns(
  pointsTo: PointsTo,
  ask: AskOrigin,
  question: OriginQuestion,
  callee: FunctionNode,
): Origin {
  const returned = anyOf(callee.graph.blocks, ({ id, end }) => {
    const value = end.kind === "return" ? end.value : null;
    return value === null
      ? "no"
      : whereLeft(leftOf(pointsTo, callee, value, id, null), () => ask(question, callee, value));
  });
  return callee.graph.generator ? either(returned, () => askYields(ask, question, callee)) : returned;
}

function askYields(ask: AskOrigin, question: OriginQuestion, generator: FunctionNode): Origin {
  return anyOf(generator.code, (instruction) =>
    instruction.kind === "yield" && instruction.value !== null
      ? ask(instruction.delegate ? about(question) : question, generator, instruction.value)
      : "no",
  );
}

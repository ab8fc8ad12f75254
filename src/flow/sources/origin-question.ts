/** The questions that are asked about where a value comes from, and their answers. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import { operandsAt } from "../models/address-values.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/**
 * `outside`: may it bring in what nothing has marked yet? `content`: the same of something that is read from (awaited,
 * iterated, a property of it): what an undescribed call gives may be a generated value, but an object or a promise
 * that it gives holds what came from elsewhere. `opaque`: does the program not show its content?
 */
export type OriginQuestion = "outside" | "content" | "opaque";

/** `assumedThrough`: yes if the undescribed call of this name hands on what it got, or gives what came from elsewhere. */
export type Origin = "yes" | "no" | { readonly assumedThrough: string };

export function rankOf(origin: Origin): number {
  return origin === "no" ? 0 : origin === "yes" ? 2 : 1;
}

/** The question about what a value is read from. */
export function about(question: OriginQuestion): OriginQuestion {
  return question === "opaque" ? "opaque" : "content";
}

/** The strongest answer: yes before assumed before no. */
export function anyOf<Item>(items: Iterable<Item>, ask: (item: Item) => Origin): Origin {
  let found: Origin = "no";
  for (const item of items) {
    const answer = ask(item);
    if (answer === "yes") return answer;
    if (found === "no") found = answer;
  }
  return found;
}

export function either(first: Origin, second: () => Origin): Origin {
  if (first === "yes") return first;
  const other = second();
  return first === "no" || other === "yes" ? other : first;
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
  return anyOf(operandsAt(site, address), (value) => ask(asked, site.caller, value));
}

/** Is the answer yes for something that a function returns, or that a generator gives? */
export function askReturns(ask: AskOrigin, question: OriginQuestion, callee: FunctionNode): Origin {
  const returned = anyOf(callee.graph.blocks, ({ end }) =>
    end.kind === "return" && end.value !== null ? ask(question, callee, end.value) : "no",
  );
  return callee.graph.generator ? either(returned, () => askYields(ask, question, callee)) : returned;
}

function askYields(ask: AskOrigin, question: OriginQuestion, generator: FunctionNode): Origin {
  return anyOf(generator.code, (instruction) =>
    instruction.kind === "yield" && instruction.value !== null
      ? ask(instruction.delegate ? about(question) : question, generator, instruction.value)
      : "no",
  );
}

/** The two questions that are asked about where a value comes from. */
import type { ValueId } from "../contracts/file-graph.js";
import type { Address } from "../contracts/model.js";
import { operandsAt } from "./address-values.js";
import type { CallSite } from "./points-to.js";
import type { FunctionNode } from "./program.js";

/** `outside`: may it bring in what nothing has marked yet? `opaque`: does the program not show its content? */
export type OriginQuestion = "outside" | "opaque";

/** Asks a question about another value on the way; `seen` holds what is being asked already. */
export type AskOrigin = (
  question: OriginQuestion,
  node: FunctionNode,
  value: ValueId,
  seen: Set<string>,
) => boolean;

/** Is the answer yes for an operand that an address is rooted at? */
export function askOperands(
  ask: AskOrigin,
  question: OriginQuestion,
  site: CallSite,
  address: Address,
  seen: Set<string>,
): boolean {
  return operandsAt(site, address).some((value) => ask(question, site.caller, value, seen));
}

/** Is the answer yes for something that a function returns? */
export function askReturns(
  ask: AskOrigin,
  question: OriginQuestion,
  callee: FunctionNode,
  seen: Set<string>,
): boolean {
  return callee.graph.blocks.some(
    (block) =>
      block.end.kind === "return" && block.end.value !== null && ask(question, callee, block.end.value, seen),
  );
}

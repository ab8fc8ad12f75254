import type { ValueId } from "../../../contracts/file-graph.js";
import type { ClassNode, FunctionNode } from "../../program.js";
import type { Outcome } from "./outcome.js";
import { outcomeKey } from "./outcome.js";

/** What holds while one question is answered: nothing of it may answer another one, whose answer is kept. */
export interface AskedQuestion {
  /** The class of `this` in the function that is looked at, where it is known. */
  readonly self: ClassNode | null;
  /** Choices that are looked at: what goes round in a loop tells what comes into it. */
  readonly active: Set<string>;
  /** What choices told for which nothing was taken for granted. */
  readonly told: Map<string, boolean>;
  /** How often something was taken for granted. */
  assumed: number;
  depth: number;
}

export function newQuestion(self: ClassNode | null): AskedQuestion {
  return { self, active: new Set(), told: new Map(), assumed: 0, depth: 0 };
}

export function askedKey(node: FunctionNode, value: ValueId, outcome: Outcome, isAwaited: boolean): string {
  return `${String(node.index)}:${String(value)}:${isAwaited ? "a" : ""}${outcomeKey(outcome)}`;
}

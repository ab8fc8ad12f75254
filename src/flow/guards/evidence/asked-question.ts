import type { ClassNode } from "../../program.js";

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

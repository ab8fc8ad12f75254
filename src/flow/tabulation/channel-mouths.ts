/** Functions that a library hands out (`resolve`, a setter of state): which argument is meant, and what of it. */
import type { Address, AddressStep } from "../../contracts/model.js";

/** The step of a channel's address that names the argument which is given. */
function givenStep({ steps }: Address): number {
  return steps.findLastIndex((step) => step.kind === "parameter");
}

/** The position of the argument that a channel moves, and the way to what is meant of it. */
export function givenPart(from: Address): {
  readonly index: number;
  readonly steps: readonly AddressStep[];
} | null {
  const at = givenStep(from);
  const step = from.steps[at];
  return step?.kind === "parameter" ? { index: step.index, steps: from.steps.slice(at + 1) } : null;
}

/** The position of the argument that a channel calls, if it moves what that gives back (`set((old) => next)`); else -1. */
export function calledByChannel(from: Address): number {
  const given = givenPart(from);
  return given?.steps[0]?.kind === "result" ? given.index : -1;
}

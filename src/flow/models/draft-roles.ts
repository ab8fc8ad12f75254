/** Copies that a model hands to a function to change: which parameter gets one, and whether it is what comes of the call. */
import type { Address, Role } from "../../contracts/model.js";
import type { CallbackEdge } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { incoming } from "../tabulation/fact.js";
import type { Fact } from "../tabulation/fact.js";
import { functionAddress } from "./function-addresses.js";

type DraftRole = Extract<Role, { kind: "drafts" }>;

/** Which parameter gets the copy. */
export function draftIndex({ steps }: Address): number | null {
  const last = steps.at(-1);
  return last?.kind === "parameter" ? last.index : null;
}

/** Where the function stands that gets it. */
export function draftedBy({ by }: DraftRole): string {
  return functionAddress(by, by.steps.length - 1);
}

/** What leaves the function in its parameter is what comes of the copy. */
export function isLeftInDraft(role: DraftRole, { address, callee }: CallbackEdge, { base }: Fact): boolean {
  const index = draftIndex(role.by);
  return index !== null && base === incoming(index) && draftedBy(role) === address && !isReplaced(callee);
}

/** Whatever way it goes, it gives back an object that it makes: that is the result, and not the copy. */
function isReplaced({ graph, definitions }: FunctionNode): boolean {
  if (graph.async || graph.generator) return false;
  const ends = graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
  return (
    ends.length > 0 &&
    ends.every((value) => {
      const definition = value === null ? undefined : definitions[value];
      return (
        definition?.kind === "instruction" &&
        (definition.instruction.kind === "object" || definition.instruction.kind === "array")
      );
    })
  );
}

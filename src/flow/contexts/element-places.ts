/** Callbacks that are called for each element of a list: which one it was that a result comes from. */
import type { Address } from "../../contracts/model.js";
import type { Given } from "../tabulation/entry.js";
import { incoming } from "../tabulation/fact.js";
import { isIndex } from "../paths/path-components.js";
import type { CallbackEdge } from "../points-to/points-to.js";

/** The place of the element that the callback got as its first parameter; null where that is not known. */
export function elementGiven({ callee, site }: CallbackEdge, given: Given | null): string | null {
  if (given?.inside.base !== incoming(0) || callee.graph.parameters[0]?.rest === true) return null;
  // What another callback gave is no part of a list of the caller's.
  if (given.outside.base < 0) return null;
  const { instruction } = site;
  if (instruction.kind !== "call" || instruction.arguments.some((each) => each.spread)) return null;
  const [place = ""] = given.outside.path.components;
  return isIndex(place) ? place : null;
}

/** `return[same]` at that place. */
export function atElement(to: Address, element: string | null): Address {
  if (element === null || !to.steps.some((step) => step.kind === "same")) return to;
  return {
    ...to,
    steps: to.steps.map((step) => (step.kind === "same" ? { kind: "property", name: element } : step)),
  };
}

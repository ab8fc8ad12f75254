import type { BoundShape } from "./bound-parameters.js";

/** How a call site hands its operands to a callee. */
export type CallShape =
  | "call"
  | "construct"
  | "invoke-call"
  | "invoke-apply"
  | BoundShape
  | "promised"
  | "getter"
  | "setter"
  | "set-trap"
  | "assign"
  | "jsx"
  | "template"
  | "super"
  | "iterate"
  | "next"
  | "convert"
  | "await";

/** What the tabulation tells the solver around it, and asks of it. */
import type { FieldId } from "../../contracts/annotation.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { FunctionNode } from "../program/program.js";
import type { Trace } from "./trace.js";

/** What was spent: the facts of one run of a function, or all steps for one field. */
export type Budget = "run" | "field";

/** What the solver does beyond moving facts, set by `solve`. */
export interface TabulationHooks {
  /** What leaves a function without an entry fact goes back through its callbacks too. */
  readonly exitOfCallback: (entry: Entry, fact: Fact, trace: Trace) => void;
  readonly fieldName: (field: FieldId) => string;
  readonly budgetReached: (node: FunctionNode, fact: Fact, budget: Budget) => void;
  /** A fact comes to an instruction, or to the end of a block. */
  readonly arrives: (entry: Entry, point: number, fact: Fact, trace: Trace) => void;
  readonly ends: (entry: Entry, block: number, fact: Fact, trace: Trace) => void;
  /** Work on a function ended with an error, which costs no other function its findings. */
  readonly failed: (node: FunctionNode, error: unknown) => void;
}

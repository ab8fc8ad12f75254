import type { ValueId } from "../../contracts/file-graph.js";
import type { SeenCallers } from "../contexts/seen-callers.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

/** What is left out of what is asked. */
export interface Asked {
  /** Values of which is known already what they are, for certain or by assumption: they bring in nothing new. */
  readonly isKnown?: (node: FunctionNode, value: ValueId, byAssumption: boolean) => boolean;
  /** Parameters of which their callers tell: they bring in nothing. */
  readonly isTold?: (node: FunctionNode, index: number) => boolean;
  /** Who calls: all, or those on one way. */
  readonly callers?: SeenCallers;
  /** Packages that keep data: what they give back was let in before. */
  readonly isStore?: (callee: Foreign) => boolean;
  /** Reads of stores whose rows were let in where they were read. */
  readonly isRead?: (site: CallSite) => boolean;
  /** Names by which rows lead to others: what lies there was not let in with the row. */
  readonly leads?: (name: string) => boolean;
}

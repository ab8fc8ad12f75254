/** The form of the tables that say, by kind of instruction, what one does to a fact. */
import type { Instruction, InstructionKind, InstructionOf } from "../../contracts/file-graph.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";

/** True: the fact itself goes on behind the instruction. */
export type Transfer<I extends Instruction> = (
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  instruction: I,
  fact: Fact,
  trace: Trace,
) => boolean;

export type Transfers = { readonly [K in InstructionKind]?: Transfer<InstructionOf<K>> };

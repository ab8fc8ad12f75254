/** What each instruction does to a fact. True: the fact itself goes on behind the instruction. */
import type { Instruction, InstructionOf } from "../../contracts/file-graph.js";
import { isDeleted } from "./deleted-keys.js";
import type { Entry } from "./entry.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";
import { containerTransfers } from "./transfer-containers.js";
import { transferLoad, transferStore, transferSuperLoad } from "./transfer-properties.js";
import type { Transfer, Transfers } from "./transfer-table.js";
import { valueTransfers } from "./transfer-values.js";
import { variableTransfers } from "./transfer-variables.js";

const transferCall: Transfer<InstructionOf<"call" | "super-call" | "jsx">> = (
  tabulation,
  entry,
  point,
  _instruction,
  fact,
  trace,
) => tabulation.reach(entry, point, fact, trace);

const transfers: Transfers = {
  ...variableTransfers,
  ...valueTransfers,
  ...containerTransfers,
  load: transferLoad,
  "super-load": transferSuperLoad,
  store: transferStore,
  delete: (tabulation, entry, _point, instruction, fact) => !isDeleted(tabulation, entry, instruction, fact),
  call: transferCall,
  "super-call": transferCall,
  jsx: transferCall,
};

export function transfer(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  fact: Fact,
  trace: Trace,
): boolean {
  const instruction = entry.node.code[point];
  if (instruction === undefined) return true;
  const act = transfers[instruction.kind] as Transfer<Instruction> | undefined;
  return act === undefined || act(tabulation, entry, point, instruction, fact, trace);
}

/** What a closure leaves in a variable that it shares, where nobody in the program is seen to call it. */
import { isWrittenAnew, sharedObject, sharedVariable } from "../heap/shared-variables.js";
import { accessPath } from "../paths/access-path.js";
import { slotNumber } from "../paths/slots.js";
import type { FunctionNode } from "../program/program.js";
import type { Fact } from "./fact.js";
import type { Tabulation } from "./tabulation.js";
import type { Trace } from "./trace.js";

/** A closure that some library calls wrote a variable it shares. */
export function shareEverywhere(
  tabulation: Tabulation,
  callee: FunctionNode,
  fact: Fact,
  trace: Trace,
): void {
  const [slot = "", ...rest] = fact.path.components;
  const shared =
    slot.startsWith("^") && rest.length > 0
      ? sharedVariable(tabulation.pointsTo, callee, slotNumber(slot))
      : null;
  const kept =
    shared === null || isWrittenAnew(shared)
      ? shared
      : sharedObject(tabulation.pointsTo, callee, slotNumber(slot));
  if (kept !== null) tabulation.heap.publish({ key: kept, prefix: [] }, accessPath(rest), fact.state, trace);
}

/** Whether what a deletion promises is dropped: then nobody waits for it, and nobody hears that it failed. */
import type { Medium } from "../../contracts/vocabulary.js";
import type { Role } from "../../contracts/model.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { promises } from "../duties/done-at-once.js";
import { handsOn } from "../duties/left-promises.js";
import type { FunctionNode } from "../program/program.js";
import type { ModelAt } from "../program/model-at.js";
import type { SwallowedFailures } from "../duties/swallowed-failures.js";
import type { CallSite } from "../points-to/points-to.js";

/** The end of a query that is only built before. */
const runsIt = /\.(?:run|execute|promise)$/u;

/** Only in functions that wait for things: elsewhere a call may be synchronous, or take a callback. */
export function isDropped(
  failures: SwallowedFailures,
  site: CallSite,
  match: ModelAt,
  medium: Medium | null,
): boolean {
  const { caller, instruction } = site;
  return (
    instruction.kind === "call" &&
    caller.graph.async &&
    promises(site, match, medium) &&
    (failures.isLost(caller, instruction.out) ||
      (match.model.roles.some(isLazy) && isRunUnheard(caller, instruction.out)))
  );
}

function isLazy(role: Role): boolean {
  return "lazy" in role && role.lazy;
}

/** `db.delete(notes).where(…).run()` alone: what the query is run by gives the promise. */
function isRunUnheard(node: FunctionNode, query: ValueId): boolean {
  const [point, ...others] = (node.uses[query] ?? []).filter((each) => node.code[each]?.kind === "call");
  const call = point === undefined ? undefined : node.code[point];
  if (call?.kind !== "call" || call.receiver !== query || others.length > 0) return false;
  if ((node.uses[call.out] ?? []).length > 0) return isRunUnheard(node, call.out);
  return runsIt.test(call.name) && call.arguments.length === 0 && !handsOn(node, call.out);
}

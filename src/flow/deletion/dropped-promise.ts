/** Whether what a deletion promises is dropped: then nobody waits for it, and nobody hears that it failed. */
import type { Medium } from "../../contracts/vocabulary.js";
import type { Role } from "../../contracts/model.js";
import type { ValueId } from "../../contracts/file-graph.js";
import { handsOn } from "../duties/left-promises.js";
import type { FunctionNode } from "../program/program.js";
import type { ModelAt } from "../program/model-at.js";
import type { SwallowedFailures } from "../duties/swallowed-failures.js";
import type { CallSite } from "../points-to/points-to.js";

const calledSynchronously = /(?:Sync|\.run|\.exec|\.clear|\.removeItem|\.removeAll|\.assign)$/u;

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

/** What the call gives may be a promise that it is done. */
export function promises(
  { instruction }: CallSite,
  { model, package: { synchronous }, callee }: ModelAt,
  medium: Medium | null,
): boolean {
  if (instruction.kind !== "call" || medium === "browser") return false;
  if (synchronous?.includes(callee.path[0] ?? "") === true) return false;
  // What gives its receiver back (`batch.delete(…)`) gives no promise.
  if (model.roles.some((role) => givesReceiver(role) || givesNothing(role) || isSentLater(role)))
    return false;
  return !calledSynchronously.test(instruction.name) && instruction.arguments.length <= 2;
}

/** Clients that send what they are told to by themselves. */
function givesNothing(role: Role): boolean {
  return role.kind === "type" && role.type === "lib#Undefined" && role.output.root.kind === "return";
}

/** Another call sends it, and gives the promise. */
function isSentLater(role: Role): boolean {
  return "sentBy" in role && (role.sentBy ?? []).length > 0;
}

function givesReceiver(role: Role): boolean {
  if (role.kind !== "type" || typeof role.type === "string") return false;
  return role.type.root.kind === "this" && role.type.steps.length === 0 && role.output.root.kind === "return";
}

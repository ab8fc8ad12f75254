/** Whether what a deletion promises is dropped: then nobody waits for it, and nobody hears that it failed. */
import type { Medium } from "../../contracts/vocabulary.js";
import type { Role } from "../../contracts/model.js";
import type { ModelAt } from "../program/model-at.js";
import type { SwallowedFailures } from "../duties/swallowed-failures.js";
import type { CallSite } from "../points-to/points-to.js";

const synchronous = /(?:Sync|\.run|\.exec|\.clear|\.removeItem|\.removeAll|\.assign)$/u;

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
    failures.isLost(caller, instruction.out)
  );
}

/** What the call gives may be a promise that it is done. */
export function promises({ instruction }: CallSite, { model }: ModelAt, medium: Medium | null): boolean {
  if (instruction.kind !== "call" || medium === "browser") return false;
  // What gives its receiver back (`batch.delete(…)`) gives no promise.
  if (model.roles.some((role) => givesReceiver(role) || givesNothing(role))) return false;
  return !synchronous.test(instruction.name) && instruction.arguments.length <= 2;
}

/** Clients that send what they are told to by themselves. */
function givesNothing(role: Role): boolean {
  return role.kind === "type" && role.type === "lib#Undefined" && role.output.root.kind === "return";
}

function givesReceiver(role: Role): boolean {
  if (role.kind !== "type" || typeof role.type === "string") return false;
  return role.type.root.kind === "this" && role.type.steps.length === 0 && role.output.root.kind === "return";
}

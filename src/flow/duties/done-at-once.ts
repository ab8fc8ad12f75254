/** What is done when a call returns: no promise tells of it later, and nothing was waited for before it. */
import type { Role } from "../../contracts/model.js";
import type { Medium } from "../../contracts/vocabulary.js";
import type { Passage } from "../guards/open-way.js";
import type { SiteModels } from "../models/site-models.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { laterPoints } from "../program/later-points.js";
import type { ModelAt } from "../program/model-at.js";

const calledSynchronously = /(?:Sync|\.run|\.exec|\.clear|\.removeItem|\.removeAll|\.assign)$/u;
/** What calls a function before it returns. */
const calling = /\.(?:forEach|map|flatMap|transaction)$/u;

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

/**
 * A call is done when the last of the calls that lead to it returns, the innermost first: `async function forget() {
 * localStorage.removeItem(key); await tell(); }`.
 */
export function areDoneAtOnce(
  { pointsTo, models }: { readonly pointsTo: PointsTo; readonly models: SiteModels },
  [innermost, ...outer]: readonly Passage[],
): boolean {
  if (innermost === undefined || !isDoneWithCall(pointsTo, models, innermost)) return false;
  return (
    [innermost, ...outer].every((passage) => !isBehindAwait(passage)) &&
    outer.every(({ node, point }) => {
      const call = node.code[point];
      const site = pointsTo.findSite(node, point);
      return (
        (site !== undefined && site.edges.size > 0) || (call?.kind === "call" && calling.test(call.name))
      );
    })
  );
}

/** Also what only looks like a promise to whoever reads the call: every model of it says that it gives none. */
function isDoneWithCall(pointsTo: PointsTo, models: SiteModels, { node, point }: Passage): boolean {
  if (node.code[point]?.kind === "store") return true;
  const site = pointsTo.findSite(node, point);
  const known = site === undefined ? [] : models.at(site);
  return (
    site !== undefined && known.length > 0 && known.every((match) => !promises(site, match, mediumOf(match)))
  );
}

function mediumOf({ model }: ModelAt): Medium | null {
  return model.roles.some((role) => "medium" in role && role.medium === "browser") ? "browser" : null;
}

/** In an async function, which goes on later behind what it waits for. */
export function isBehindAwait({ node, point }: Passage): boolean {
  return node.code.some(
    (each, at) =>
      (each.kind === "await" || (each.kind === "iterate" && each.mode === "await")) &&
      laterPoints(node, at, new Set()).reaches(point),
  );
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

/** What lists and sets hold that are written once, with constants, and that nobody changes. */
import type { AbstractValue } from "../points-to/abstract-value.js";
import { changesIn, constantsIn, hasUnknownElement } from "./changed-lists.js";
import { areAllKnown } from "./complete-values.js";
import { listedMembers } from "./listed-members.js";
import type { Listed } from "./listed-members.js";
import { noContext } from "../contexts/context.js";
import { operandsOfSite } from "../models/address-values.js";
import type { PointsTo } from "../points-to/points-to.js";

/** Lists in lists. */
const deepest = 4;

/** The members of a list or set, if all of them are constants, whenever it is made; of what a module makes, all that may be one. */
export function constantMembers(pointsTo: PointsTo, list: AbstractValue): ReadonlySet<unknown> | null {
  if ((list.kind !== "object" && list.kind !== "foreign") || list.site === null) return null;
  const members = certainMembers(pointsTo, list);
  if (members !== null) return new Set(members.values);
  return isMadeByModule(pointsTo, list.site) && !isWritten(pointsTo, list.site)
    ? possibleMembers(pointsTo, list)
    : null;
}

/** What is in a list or set whenever it is made: constants alone, and all of them. */
export function certainMembers(pointsTo: PointsTo, list: AbstractValue, depth = 0): Listed | null {
  if (depth > deepest || changesIn(pointsTo).changed.has(list)) return null;
  const members =
    list.kind === "foreign"
      ? membersOfSet(pointsTo, list, depth)
      : listedMembers(pointsTo, list, (each) => certainMembers(pointsTo, each, depth + 1));
  return members !== null && changesIn(pointsTo).reordered.has(list)
    ? { ...members, isOrdered: false }
    : members;
}

/** All that may be a member of it, if that is constants alone: what is made in a function may be other ones each time. */
export function possibleMembers(pointsTo: PointsTo, list: AbstractValue): ReadonlySet<unknown> | null {
  if (changesIn(pointsTo).changed.has(list)) return null;
  const elements = pointsTo.fieldNode(list, "*");
  const constants = constantsIn(elements.values);
  return elements.isFull || constants === null || hasUnknownElement(pointsTo, list)
    ? null
    : new Set(constants);
}

/** Made while a module is loaded: once. */
export function isMadeByModule(pointsTo: PointsTo, site: string): boolean {
  return pointsTo.program.functions[Number(site.split(":")[0])]?.graph.kind === "module";
}

/** A literal. */
function isWritten({ program }: PointsTo, site: string): boolean {
  const [owner = "", point = ""] = site.split(":");
  return program.functions[Number(owner)]?.code[Number(point)]?.kind === "array";
}

/** A set that is made of such a list. */
function membersOfSet(
  pointsTo: PointsTo,
  set: Extract<AbstractValue, { kind: "foreign" }>,
  depth: number,
): Listed | null {
  const made = set.site === null ? undefined : pointsTo.sites.get(set.site);
  if (made?.instruction.kind !== "call" || !made.instruction.new || !/Set$/u.test(set.path[0] ?? ""))
    return null;
  const [given, ...others] = operandsOfSite(made).arguments;
  if (given === undefined || given.spread || others.length > 0) return null;
  const [literal, ...alternatives] = [...pointsTo.valuesOf(made.caller, given.value)];
  if (literal?.kind !== "object" || alternatives.length > 0) return null;
  if (!areAllKnown(pointsTo, noContext, made.caller, given.value)) return null;
  const members = certainMembers(pointsTo, literal, depth);
  return members && { ...members, values: [...new Set(members.values)] };
}

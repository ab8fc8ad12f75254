/** What lists and sets hold that are written once, with constants, and that nobody changes. */
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { areAllKnown } from "./complete-values.js";
import { listedMembers } from "./listed-members.js";
import type { Listed } from "./listed-members.js";
import { noContext } from "../contexts/context.js";
import { operandsOfSite } from "../models/address-values.js";
import { isIndex } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

interface Changes {
  readonly changed: ReadonlySet<AbstractValue>;
  /** They hold what they held, elsewhere. */
  readonly reordered: ReadonlySet<AbstractValue>;
}

const changes = new WeakMap<PointsTo, Changes>();
/** Lists in lists. */
const deepest = 4;
const changing = /\.(?:add|push|unshift|splice|delete|clear|pop|shift|fill|set|copyWithin)$/u;
const reordering = /\.(?:sort|reverse)$/u;

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

/** The constants among some values; null where there are none, or others beside them. */
function constantsIn(values: ReadonlySet<AbstractValue>): readonly unknown[] | null {
  const constants = [...values].flatMap((each) => (each.kind === "constant" ? [each.value] : []));
  return constants.length === 0 || constants.length < values.size ? null : constants;
}

/** Something stands in the literal of which nothing is known. */
function hasUnknownElement(pointsTo: PointsTo, list: AbstractValue): boolean {
  return [...pointsTo.fieldsOf(list)].some(([name, field]) => isIndex(name) && field.values.size === 0);
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

/** Lists and sets that somebody changes after they were made. */
function changesIn(pointsTo: PointsTo): Changes {
  const known = changes.get(pointsTo);
  if (known !== undefined) return known;
  const changed = new Set<AbstractValue>();
  const reordered = new Set<AbstractValue>();
  for (const node of pointsTo.program.functions)
    for (const instruction of node.code) {
      const object = changedBy(pointsTo, node, instruction);
      if (object !== null) for (const value of pointsTo.valuesOf(node, object)) changed.add(value);
      if (instruction.kind !== "call" || instruction.receiver === null) continue;
      if (reordering.test(instruction.name))
        for (const value of pointsTo.valuesOf(node, instruction.receiver)) reordered.add(value);
    }
  const found = { changed, reordered };
  changes.set(pointsTo, found);
  return found;
}

function changedBy(pointsTo: PointsTo, node: FunctionNode, instruction: Instruction): ValueId | null {
  switch (instruction.kind) {
    case "call":
      return changing.test(instruction.name) ? instruction.receiver : null;
    case "store":
      return instruction.initial ? null : instruction.object;
    case "append-elements":
      return givesConstants(pointsTo, node, instruction.source) ? null : instruction.target;
    default:
      return null;
  }
}

/** `[...known, "more"]` holds what `known` does. */
function givesConstants(pointsTo: PointsTo, node: FunctionNode, source: ValueId): boolean {
  const lists = [...pointsTo.valuesOf(node, source)];
  return (
    lists.length > 0 &&
    lists.every(
      (list) =>
        list.kind === "object" &&
        list.array &&
        !hasUnknownElement(pointsTo, list) &&
        constantsIn(pointsTo.fieldNode(list, "*").values) !== null,
    )
  );
}

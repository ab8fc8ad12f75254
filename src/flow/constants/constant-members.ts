/** What lists and sets hold that are written once, with constants, and that nobody changes. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { listedMembers } from "./listed-members.js";
import { operandsOfSite } from "../models/address-values.js";
import { isIndex } from "../paths/path-components.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

const changed = new WeakMap<PointsTo, ReadonlySet<AbstractValue>>();
/** Lists in lists. */
const deepest = 4;
const changing = /\.(?:add|push|unshift|splice|delete|clear|pop|shift|fill|set|copyWithin)$/u;

/** The members of a list or set, if all of them are constants, whenever it is made. */
export function constantMembers(
  pointsTo: PointsTo,
  list: AbstractValue,
  depth = 0,
): ReadonlySet<unknown> | null {
  if (depth > deepest) return null;
  if ((list.kind !== "object" && list.kind !== "foreign") || list.site === null) return null;
  if (changedLists(pointsTo).has(list)) return null;
  const members = certainMembers(pointsTo, list, depth);
  if (members !== null || isWritten(pointsTo, list.site)) return members;
  return isMadeByModule(pointsTo, list.site) ? possibleMembers(pointsTo, list) : null;
}

/** All that may be a member of it, if that is constants alone: what is made in a function may be other ones each time. */
export function possibleMembers(pointsTo: PointsTo, list: AbstractValue): ReadonlySet<unknown> | null {
  if (changedLists(pointsTo).has(list)) return null;
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

/** A list of which each element is one constant, or a set made of it. */
function certainMembers(pointsTo: PointsTo, list: AbstractValue, depth: number): ReadonlySet<unknown> | null {
  if (list.kind === "foreign") {
    const made = list.site === null ? undefined : pointsTo.sites.get(list.site);
    if (made?.instruction.kind !== "call" || !made.instruction.new || !/Set$/u.test(list.path[0] ?? ""))
      return null;
    const [given, ...others] = operandsOfSite(made).arguments;
    if (given === undefined || given.spread || others.length > 0) return null;
    const [literal, ...alternatives] = [...pointsTo.valuesOf(made.caller, given.value)];
    if (literal?.kind !== "object" || alternatives.length > 0) return null;
    return changedLists(pointsTo).has(literal) ? null : certainMembers(pointsTo, literal, depth);
  }
  return listedMembers(pointsTo, list, (each) => constantMembers(pointsTo, each, depth + 1));
}

/** Lists and sets that somebody changes after they were made. */
function changedLists(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  const known = changed.get(pointsTo);
  if (known !== undefined) return known;
  const found = new Set<AbstractValue>();
  for (const node of pointsTo.program.functions) {
    for (const instruction of node.code) {
      const object =
        instruction.kind === "call" && changing.test(instruction.name)
          ? instruction.receiver
          : instruction.kind === "store" && !instruction.initial
            ? instruction.object
            : instruction.kind === "append-elements" && !givesConstants(pointsTo, node, instruction.source)
              ? instruction.target
              : null;
      if (object !== null) for (const value of pointsTo.valuesOf(node, object)) found.add(value);
    }
  }
  changed.set(pointsTo, found);
  return found;
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

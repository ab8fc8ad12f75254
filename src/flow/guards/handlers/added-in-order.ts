/** Functions that a method puts into a list of its object, in the order of its calls: `pipeline.use(ask).use(store)`. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf } from "../../paths/value-places.js";
import { runsBefore } from "./order-of-sites.js";

interface Added {
  readonly value: AbstractValue;
  readonly site: CallSite;
}

/** Longer lists are not put in order. */
const longest = 12;

/** The values in the order in which they were put in; null where that is not the same in all runs. */
export function inOrderOfAdding(
  pointsTo: PointsTo,
  list: AbstractValue,
  madeIn: FunctionNode,
  values: readonly AbstractValue[],
): readonly AbstractValue[] | null {
  if (values.length > longest || !isMadeOnce(pointsTo, madeIn)) return null;
  const added = adders(pointsTo, list).flatMap(({ node, index }) =>
    pointsTo.callersOf(node).flatMap(({ site }): Added[] => {
      const given = site.instruction.kind === "call" ? site.instruction.arguments[index] : undefined;
      if (given === undefined) return [];
      return [...pointsTo.valuesOf(site.caller, given.value)].map((value) => ({ value, site }));
    }),
  );
  const isWhole =
    added.length === values.length && values.every((value) => added.some((each) => each.value === value));
  if (!isWhole) return null;
  const isBefore = (one: Added, other: Added): boolean => runsBefore(pointsTo, one.site, other.site);
  const sorted = [...added].sort((one, other) => (isBefore(one, other) ? -1 : 1));
  const isSorted = sorted.every((each, index) =>
    sorted.slice(index + 1).every((later) => isBefore(each, later)),
  );
  return isSorted ? sorted.map(({ value }) => value) : null;
}

/** The list is one for all runs: of a module, or of a class that has one object. */
function isMadeOnce(pointsTo: PointsTo, node: FunctionNode): boolean {
  if (node.graph.kind === "module") return true;
  if (node.graph.kind !== "field-initializer" && node.graph.kind !== "constructor") return false;
  const home = pointsTo.program.homeClass(node);
  return home !== undefined && pointsTo.isConstructed(home) && pointsTo.instancesOf(home).length === 1;
}

interface Adder {
  readonly node: FunctionNode;
  readonly list: ValueId;
  /** The parameter that is put in. */
  readonly index: number;
}

const known = new WeakMap<PointsTo, readonly Adder[]>();

/** Functions that put a parameter of theirs into the list. */
function adders(pointsTo: PointsTo, list: AbstractValue): readonly Adder[] {
  let all = known.get(pointsTo);
  if (all === undefined) known.set(pointsTo, (all = pointsTo.program.functions.flatMap(addersIn)));
  return all.filter((each) => pointsTo.valuesOf(each.node, each.list).has(list));
}

function addersIn(node: FunctionNode): readonly Adder[] {
  return node.code.flatMap((each) => {
    if (each.kind !== "call" || each.receiver === null || !each.name.endsWith(".push")) return [];
    const list = each.receiver;
    return each.arguments.flatMap(({ value }): Adder[] => {
      const definition = definitionOf(node, value);
      return definition?.kind === "parameter" ? [{ node, list, index: definition.index }] : [];
    });
  });
}

/**
 * Things that a flow opens: one that takes both a place and what lies in the things there (`arg0.result, arg0.result[],
 * arg0.result.emitted_ -> return.emitted_`) gives the elements of a list and what models keep in an object of their own,
 * and not the list or the object; and
 * `arg0, arg0.result -> return[0]` what a function gives, and not the function.
 */
import type { Address } from "../../contracts/model.js";
import { isModelsOwn } from "../../contracts/models-own.js";
import type { AbstractValue } from "./abstract-value.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";

export interface Opened {
  readonly lists: boolean;
  /** They are run for what they give. */
  readonly functions: boolean;
  /** Objects of this package. */
  readonly module: string | null;
}

/** What is opened of a place that one flow takes among others. */
export function openedAt(
  { from }: { readonly from: readonly Address[] },
  place: Address,
  module: string,
): Opened | null {
  const key = keyOf(place.root, place.steps);
  const below = from.flatMap((other) => {
    const last = other.steps.at(-1);
    return last !== undefined && keyOf(other.root, other.steps.slice(0, -1)) === key ? [last] : [];
  });
  const lists = below.some(({ kind }) => kind === "element");
  const isKept = below.some((step) => step.kind === "property" && isModelsOwn(step.name));
  const functions = below.some(({ kind }) => kind === "result");
  return lists || isKept || functions ? { lists, functions, module: isKept ? module : null } : null;
}

function keyOf(root: Address["root"], steps: Address["steps"]): string {
  return JSON.stringify([root, steps]);
}

/** What goes on of what comes to a place. */
export function connectOpened(
  { graph }: PointsTo,
  source: PointerNode,
  target: PointerNode,
  opened: Opened | null,
): void {
  if (opened === null) graph.edge(source, target);
  else
    graph.onValue(source, (value) => {
      if (!isOpened(opened, value)) graph.add(target, value);
    });
}

function isOpened({ lists, functions, module }: Opened, value: AbstractValue): boolean {
  if (value.kind === "function" || value.kind === "bound") return functions;
  return value.kind === "object"
    ? lists && value.array
    : value.kind === "foreign" && value.module === module && value.site !== null;
}

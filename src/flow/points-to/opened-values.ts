/**
 * Things that a flow opens: one that takes both a place and what lies in the things there (`arg0.result, arg0.result[],
 * arg0.result.emitted_ -> return.emitted_`) gives the elements of a list and what models keep in an object of their own,
 * and not the list or the object.
 */
import type { Address } from "../../contracts/model.js";
import { isModelsOwn } from "../../contracts/models-own.js";
import type { AbstractValue } from "./abstract-value.js";

export interface Opened {
  readonly lists: boolean;
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
  return lists || isKept ? { lists, module: isKept ? module : null } : null;
}

function keyOf(root: Address["root"], steps: Address["steps"]): string {
  return JSON.stringify([root, steps]);
}

export function isOpened({ lists, module }: Opened, value: AbstractValue): boolean {
  return value.kind === "object"
    ? lists && value.array
    : value.kind === "foreign" && value.module === module && value.site !== null;
}

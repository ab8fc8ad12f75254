/** What lies below one value and lies below another one, too: what derived collections and copied objects are told by. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, AddressStep, PathModel } from "../../contracts/model.js";
import { writtenPaths } from "../models/address-facts.js";
import { componentMeets, isPropertyName } from "../paths/path-components.js";
import type { FunctionNode } from "../program/program.js";
import type { Base } from "../tabulation/fact.js";
import { isElement, type Place } from "./alias-names.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** A place below a value, or below what a function is entered with. */
export interface Part {
  readonly value: Base;
  readonly components: readonly string[];
}

/** What lies at `way` below a value is what lies at a part of another. */
export interface Derived {
  readonly way: readonly string[];
  readonly from: Part;
  /** Names that the value has anew. */
  readonly without: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/** The names of a value in its function. */
export type NamesOf = (node: FunctionNode, value: ValueId) => readonly Place[];

export function derived(way: readonly string[], value: Base, components: readonly string[]): Derived {
  return { way, from: { value, components }, without: nothing };
}

export function elementsOf(value: Base): Derived {
  return derived(["[]"], value, ["[]"]);
}

export function propertiesOf(value: Base, without = nothing): Derived {
  return { way: ["*"], from: { value, components: ["*"] }, without };
}

/** The way begins with another: an element by its place is also some element, and no other; `*` is any property. */
export function leadsInto(components: readonly string[], way: readonly string[]): boolean {
  return (
    components.length >= way.length &&
    way.every((each, at) => {
      const component = components[at] ?? "";
      if (each === "*") return component === each || isPropertyName(component);
      const areElements = isElement(each) && isElement(component);
      return (
        each === component ||
        (areElements && (componentMeets(each, component) || componentMeets(component, each)))
      );
    })
  );
}

export function isSamePart(one: Part, other: Part): boolean {
  return one.value === other.value && one.components.join() === other.components.join();
}

/** A property or some element: no function's result, no part that is only there for the models. */
export function isPlain(step: AddressStep): boolean {
  return /^(?:property|element|last|end|entry|any|same)$/u.test(step.kind);
}

/** The ways that plain steps lead at a call. */
export function waysOf(
  pointsTo: PointsTo,
  site: CallSite,
  steps: readonly AddressStep[],
  names: readonly string[],
): readonly (readonly string[])[] {
  const ways = writtenPaths(pointsTo, site, steps, names);
  return steps.at(-1)?.kind === "any" ? ways.map((way) => [...way.slice(0, -1), "*"]) : ways;
}

/** The operands that an address of plain steps means, spread ones by their elements. */
export function partsAt(
  pointsTo: PointsTo,
  site: CallSite,
  { root, steps }: Address,
  names: readonly string[],
): readonly Part[] {
  const { instruction } = site;
  if (instruction.kind !== "call" || !steps.every(isPlain)) return [];
  const spreadAt = instruction.arguments.findIndex(({ spread }) => spread);
  const given =
    root.kind === "argument"
      ? instruction.arguments.slice(root.index, spreadAt !== -1 && spreadAt < root.index ? 0 : root.index + 1)
      : root.kind === "arguments"
        ? instruction.arguments.slice(Math.min(root.from, spreadAt === -1 ? root.from : spreadAt))
        : [];
  const roots: readonly Part[] =
    root.kind === "this" && instruction.receiver !== null
      ? [{ value: instruction.receiver, components: [] }]
      : given.map(({ value, spread }) => ({ value, components: spread ? ["[]"] : [] }));
  return waysOf(pointsTo, site, steps, names).flatMap((way) =>
    roots.map(({ value, components }) => ({ value, components: [...components, ...way] })),
  );
}

/** From where to where a model moves what it is called with, one way each. */
export function flowsOf(model: PathModel): readonly { readonly from: Address; readonly to: Address }[] {
  return model.roles.flatMap((role) =>
    role.kind === "flow" ? role.to.flatMap((to) => role.from.map((from) => ({ from, to }))) : [],
  );
}

/** The handlers that a call is given, in order; each place as whatever may stand in it. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { HandlesRole } from "../../../contracts/handles-role.js";
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { operandsAt, valuesAt, valuesFrom } from "../../models/address-values.js";
import type { CallSite, PointsTo } from "../../points-to/points-to.js";
import type { FunctionNode } from "../../program/program.js";
import { definitionOf } from "../../paths/value-places.js";
import type { Element, Lists } from "./handler-lists.js";
import { listsAmong, listsAt } from "./handler-lists.js";
import type { ElementRound } from "./element-round.js";

export interface Handler {
  /** Functions, and what packages give: apps, routers and chains among them. */
  readonly values: readonly (FunctionNode | AbstractValue)[];
  /** Where its name stands, if it is called by one. */
  readonly name: { readonly node: FunctionNode; readonly start: number } | null;
  /** Where several lists may be meant, what stands there in each; null: in one of them there is nothing. */
  readonly instead: readonly Handler[] | null;
}

/** Lists in lists. */
const deepest = 4;

/** `addresses`: none for all arguments. */
export function handlersOf(
  pointsTo: PointsTo,
  site: CallSite,
  addresses: readonly Address[],
  names: readonly string[],
  without: HandlesRole["without"] = [],
  round: ElementRound | null = null,
): readonly Handler[] {
  const { caller, instruction } = site;
  if (instruction.kind !== "call") return [];
  const { point } = site;
  if (addresses.length === 0)
    return instruction.arguments.flatMap(({ value }) =>
      handlersAmong(pointsTo, listsAt(pointsTo, { node: caller, point }, value, [], round)),
    );
  return addresses.flatMap((address) => {
    if (!isAlwaysPut(pointsTo, site, address)) return [];
    const { steps } = address;
    const path = steps.flatMap((step) => (step.kind === "property" ? [step.name] : []));
    const each = handlersOfElements(pointsTo, site, address, without, round);
    if (each !== null) return each;
    const operands = path.length === steps.length ? operandsAt(site, address) : [];
    return operands.length > 0
      ? operands.flatMap((value) =>
          handlersAmong(pointsTo, listsAt(pointsTo, { node: caller, point }, value, path, round)),
        )
      : handlersAmong(
          pointsTo,
          listsAmong(pointsTo, caller, valuesAt(pointsTo, site, address, names, round?.read)),
        );
  });
}

/** The handlers that some values are, or those of lists among them. */
export function handlersAmongValues(
  pointsTo: PointsTo,
  { caller }: CallSite,
  values: readonly AbstractValue[],
): readonly Handler[] {
  return handlersAmong(pointsTo, listsAmong(pointsTo, caller, values));
}

/** `arg0.plugins[].requestDidStart.result.willSend`: what each element of a list has there, in the list's order. */
function handlersOfElements(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  without: HandlesRole["without"],
  round: ElementRound | null,
): readonly Handler[] | null {
  const { steps } = address;
  const place = steps.findIndex(({ kind }) => kind === "element");
  const rest = steps.slice(steps.findLastIndex(({ kind }) => kind === "element") + 1);
  const path = steps.slice(0, place).flatMap((step) => (step.kind === "property" ? [step.name] : []));
  const isPlain = rest.every(({ kind }) => kind === "property" || kind === "result");
  if (place === -1 || path.length < place || place === steps.length - 1 || !isPlain) return null;
  const { caller: node, point } = site;
  const lists = operandsAt(site, { ...address, steps: steps.slice(0, place) }).flatMap((operand) =>
    listsAt(pointsTo, { node, point }, operand, path, round),
  );
  const inside = { ...address, steps: steps.slice(place) };
  return lists.length === 0 ? null : handlersInLists(pointsTo, site, lists, inside, without);
}

/** What the elements have under an address that begins with them: `[].method`, `[][]` (those of lists in the list). */
export function handlersInLists(
  pointsTo: PointsTo,
  site: CallSite,
  lists: Lists,
  inside: Address,
  without: HandlesRole["without"],
): readonly Handler[] {
  const { caller: node } = site;
  const isNested = inside.steps[1]?.kind === "element";
  const below = { ...inside, steps: inside.steps.slice(isNested ? 2 : 1) };
  const found = lists.map((list) =>
    (isNested ? list.flatMap((each) => elementsIn(pointsTo, each)) : list).flatMap(({ values }) => {
      const meant = values.filter((value) => !isLeftOut(pointsTo, value, without));
      const handlers = valuesFrom(pointsTo, site, meant, below);
      return handlers.length === 0 ? [] : [{ node, value: null, values: handlers }];
    }),
  );
  return handlersAmong(pointsTo, found);
}

/** `[json, [gate]]`: of a list in the list, what stands in it. */
function flattened(pointsTo: PointsTo, element: Element, depth: number): readonly Element[] {
  const isList =
    element.values.length > 0 && element.values.every((each) => each.kind === "object" && each.array);
  return isList && depth < deepest
    ? elementsIn(pointsTo, element).flatMap((each) => flattened(pointsTo, each, depth + 1))
    : [element];
}

/** Of a list that stands in a list; none where it may be one or another. */
function elementsIn(pointsTo: PointsTo, { node, values }: Element): readonly Element[] {
  const arrays = values.filter((each) => each.kind === "object" && each.array);
  const [only = [], ...others] = listsAmong(pointsTo, node, arrays);
  return others.length > 0 ? [] : only;
}

/** An element that goes on whatever happens in it: `{ method: ask, failAction: "log" }`. */
function isLeftOut(pointsTo: PointsTo, element: AbstractValue, without: HandlesRole["without"]): boolean {
  return without.some(({ name, values }) =>
    [...pointsTo.fieldNode(element, name).values].some(
      (each) => each.kind === "constant" && typeof each.value === "string" && values.includes(each.value),
    ),
  );
}

/** What a function is to put into its parameter (`arg1.param0.preHandler`) it puts there whatever happens. */
function isAlwaysPut(pointsTo: PointsTo, site: CallSite, address: Address): boolean {
  const at = address.steps.findIndex((step) => step.kind === "parameter");
  const [parameter, property] = address.steps.slice(at === -1 ? address.steps.length : at);
  if (parameter?.kind !== "parameter" || property?.kind !== "property") return true;
  return operandsAt(site, { ...address, steps: address.steps.slice(0, at) })
    .flatMap((value) => [...pointsTo.valuesOf(site.caller, value)])
    .every(
      (value) => value.kind !== "function" || putsAlways(value.function, parameter.index, property.name),
    );
}

function putsAlways(node: FunctionNode, index: number, name: string): boolean {
  return node.code.some((each, point) => {
    if (each.kind !== "store" || each.property.kind !== "name" || each.property.name !== name) return false;
    const object = definitionOf(node, each.object);
    return object?.kind === "parameter" && object.index === index && node.blockOf[point] === 0;
  });
}

/** The handler that a value is, or those of a list; of several lists one after the other what may stand there. */
function handlersAmong(pointsTo: PointsTo, lists: Lists): readonly Handler[] {
  const known = lists.map((list) =>
    list
      .flatMap((each) => flattened(pointsTo, each, 0))
      .map(({ node, value, values }): Handler => ({
        values: handlersIn(pointsTo, values),
        name: nameOf(node, value),
        instead: [],
      }))
      .filter(({ values }) => values.length > 0),
  );
  const [first = [], ...others] = known;
  return others.reduce<readonly Handler[]>(eitherOf, first);
}

/**
 * The places of two lists of which one or the other is taken. Something guards in both where each has a place that
 * guards: every place of the one stands together with every one of the other.
 */
function eitherOf(one: readonly Handler[], other: readonly Handler[]): Handler[] {
  if (one.length === 0 || other.length === 0)
    return [...one, ...other].map((each) => ({ ...each, instead: null }));
  return one.flatMap((first) =>
    other.map((second) => ({
      values: [...first.values, ...second.values],
      name: first.name,
      instead:
        first.instead === null ? null : [...(first.instead.length > 0 ? first.instead : [first]), second],
    })),
  );
}

/** A member that no model knows of a package's object is what the program itself put there, where it did. */
function handlersIn(pointsTo: PointsTo, values: readonly AbstractValue[]): Handler["values"] {
  const isOwn = values.some(({ kind }) => kind === "function" || kind === "bound");
  return values
    .filter((value) => !isOwn || !isUnknownMember(pointsTo, value))
    .flatMap((value) => handler(pointsTo, value));
}

function isUnknownMember({ catalogue }: PointsTo, value: AbstractValue): boolean {
  return (
    value.kind === "foreign" &&
    value.path.length > 1 &&
    value.path.at(-1) !== "()" &&
    catalogue.match(value.module, value.path, "call").length === 0
  );
}

function handler(pointsTo: PointsTo, value: AbstractValue): readonly (FunctionNode | AbstractValue)[] {
  if (value.kind === "function") return [value.function];
  if (value.kind === "bound") {
    const target = pointsTo.values.get(value.target);
    return target?.kind === "function" ? [target.function] : [];
  }
  return value.kind === "foreign" ? [value] : [];
}

function nameOf(node: FunctionNode, value: ValueId | null): Handler["name"] {
  if (value === null) return null;
  const definition = node.definitions[value];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  switch (instruction.kind) {
    case "load":
    case "declare":
      return { node, start: instruction.nameAt[0] };
    case "cell-read":
    case "import-read":
    case "capture":
      return { node, start: instruction.at[0] };
    default:
      return null;
  }
}

/** The handlers that a call is given, in order; each place as whatever may stand in it. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { Address } from "../../../contracts/model.js";
import type { AbstractValue } from "../../abstract-value.js";
import { operandsAt, valuesAt } from "../../address-values.js";
import type { CallSite, PointsTo } from "../../points-to.js";
import type { FunctionNode } from "../../program.js";
import { definitionOf } from "../../value-places.js";

export interface Handler {
  /** Functions, and what packages give: apps, routers and chains among them. */
  readonly values: readonly (FunctionNode | AbstractValue)[];
  /** Where its name stands, if it is called by one. */
  readonly name: { readonly node: FunctionNode; readonly start: number } | null;
}

/** `addresses`: none for all arguments. */
export function handlersOf(
  pointsTo: PointsTo,
  site: CallSite,
  addresses: readonly Address[],
  names: readonly string[],
): Handler[] {
  const { caller, instruction } = site;
  if (instruction.kind !== "call") return [];
  if (addresses.length === 0)
    return instruction.arguments.flatMap(({ value }) =>
      handlersAmong(pointsTo, [...pointsTo.valuesOf(caller, value)], caller, value),
    );
  return addresses.flatMap((address) => {
    if (!isAlwaysPut(pointsTo, site, address)) return [];
    const operands = address.steps.length === 0 ? operandsAt(site, address) : [];
    return operands.length > 0
      ? operands.flatMap((value) =>
          handlersAmong(pointsTo, [...pointsTo.valuesOf(caller, value)], caller, value),
        )
      : handlersAmong(pointsTo, valuesAt(pointsTo, site, address, names), caller, null);
  });
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

/** The handler that a value is, or those of a list. */
function handlersAmong(
  pointsTo: PointsTo,
  values: readonly AbstractValue[],
  node: FunctionNode,
  value: ValueId | null,
): Handler[] {
  const lists = values.filter((each) => each.kind === "object" && each.array);
  const single = handlersIn(
    pointsTo,
    values.filter((each) => !lists.includes(each)),
  );
  return [
    ...lists.flatMap((list) => elementsOf(pointsTo, list, node, value)),
    ...(single.length > 0 ? [{ values: single, name: nameOf(node, value) }] : []),
  ];
}

/** The elements of a list in order; those whose place cannot be told last. */
function elementsOf(
  pointsTo: PointsTo,
  list: AbstractValue,
  node: FunctionNode,
  value: ValueId | null,
): Handler[] {
  const fields = [...pointsTo.fieldsOf(list)].filter(([name]) => /^(?:\d+|\[\])$/u.test(name));
  const rank = (name: string): number => (name === "[]" ? Infinity : Number(name));
  return fields
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([place, { values }]) => ({
      values: handlersIn(pointsTo, [...values]),
      name: nameOf(node, value === null ? null : elementAt(node, value, place)),
    }))
    .filter((each) => each.values.length > 0);
}

/** What a list literal has in one place. */
function elementAt(node: FunctionNode, list: ValueId, place: string): ValueId | null {
  const made = definitionOf(node, list);
  if (made?.kind !== "array") return null;
  const store = node.code.find(
    (each) =>
      each.kind === "store" &&
      each.object === made.out &&
      each.property.kind === "name" &&
      each.property.name === place,
  );
  return store?.kind === "store" ? store.value : null;
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

/**
 * Under which names functions stand that a way takes out of a table by a word that comes in: `handlers[event.type](event)`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { OpenWay } from "../guards/open-way.js";
import { definitionOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

/** For each function that is taken so, all names that it has there. */
export function keysOfTables(pointsTo: PointsTo, { passages }: OpenWay): readonly (readonly string[])[] {
  return passages.flatMap(({ node, point }, index) => {
    const called = passages[index - 1]?.node;
    const names =
      called === undefined ? [] : namesTaken(pointsTo, node, point, called).flatMap((each) => each.names);
    return names.length === 0 ? [] : [names];
  });
}

/** Under which names a call finds the function, with the word that is looked up; null: nobody can tell. */
export function namesTaken(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
  called: FunctionNode,
): readonly { readonly key: ValueId | null; readonly names: readonly string[] }[] {
  const call = node.code[point];
  return call?.kind !== "call"
    ? []
    : takenFrom(node, call.callee).flatMap((taken) => {
        const { key } = taken;
        const names = namesOf(pointsTo, node, taken, called);
        return names.length === 0 ? [] : [{ key, names }];
      });
}

interface Taken {
  readonly table: ValueId;
  readonly key: ValueId | null;
  /** The function is a member of what stands there: `handlers[type].run(event)`. */
  readonly member: string | null;
}

/** Where a value is read under a name that is not written out: also as one of several that it may be. */
function takenFrom(node: FunctionNode, value: ValueId, depth = 0): readonly Taken[] {
  const merged = node.definitions[value];
  if (merged?.kind === "phi")
    return depth > 1 ? [] : merged.phi.inputs.flatMap((input) => takenFrom(node, input.value, depth + 1));
  const read = definitionOf(node, value);
  if (read?.kind === "load") {
    const { property } = read;
    if (property.kind === "computed") return [{ table: read.object, key: property.value, member: null }];
    return property.kind === "name" && depth < 2
      ? takenFrom(node, read.object, 2).flatMap((each) =>
          each.member === null ? [{ ...each, member: property.name }] : [],
        )
      : [];
  }
  return read?.kind === "call" && read.receiver !== null && read.name.endsWith(".get")
    ? [{ table: read.receiver, key: read.arguments[0]?.value ?? null, member: null }]
    : [];
}

function namesOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  { table, member }: Taken,
  called: FunctionNode,
): readonly string[] {
  const isItself = (value: AbstractValue): boolean =>
    value.kind === "function" && value.function.closureIndex === called.closureIndex;
  const isCalled = (value: AbstractValue): boolean =>
    member === null ? isItself(value) : [...pointsTo.fieldNode(value, member).values].some(isItself);
  return [...pointsTo.valuesOf(node, table)].flatMap((object) => {
    if (object.kind === "foreign") return keysOfMap(pointsTo, object, isCalled);
    return object.kind !== "object" || object.array
      ? []
      : [...pointsTo.fieldsOf(object)].flatMap(([name, { values }]) =>
          name !== "*" && [...values].some(isCalled) ? [name] : [],
        );
  });
}

/** `new Map([["user.deleted", erase]])` */
function keysOfMap(
  pointsTo: PointsTo,
  { site }: Extract<AbstractValue, { kind: "foreign" }>,
  isCalled: (value: AbstractValue) => boolean,
): readonly string[] {
  const made = site === null ? undefined : pointsTo.sites.get(site);
  const pairs =
    made?.instruction.kind === "call" && made.instruction.new ? made.instruction.arguments[0] : undefined;
  if (made === undefined || pairs === undefined) return [];
  return [...pointsTo.valuesOf(made.caller, pairs.value)]
    .flatMap((list) => [...pointsTo.fieldNode(list, "*").values])
    .flatMap((pair) =>
      [...pointsTo.fieldNode(pair, "1").values].some(isCalled)
        ? [...pointsTo.fieldNode(pair, "0").values]
        : [],
    )
    .flatMap((key) => (key.kind === "constant" ? [String(key.value)] : []));
}

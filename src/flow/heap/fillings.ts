/**
 * Calls and assignments that put properties into an object otherwise than by `object.name = value`: a copy of another
 * object (`Object.assign(entity, { text })`), a name beside its value (`Reflect.set(entity, "text", text)`), a key that
 * is worked out (`entity[key] = text`).
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { stepPaths } from "../models/address-facts.js";
import { operandsAt } from "../models/address-values.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { isToldInFull } from "../points-to/property-keys.js";
import type { Writer, Writers } from "../points-to/writers.js";
import type { FunctionNode } from "../program/program.js";

/** Whatever lies in one operand of a call is put into another. */
export interface Filling {
  readonly site: CallSite;
  readonly from: ValueId;
  readonly into: ValueId;
}

interface Indexed {
  readonly whole: ReadonlyMap<AbstractValue, readonly Filling[]>;
  readonly named: ReadonlyMap<AbstractValue, readonly Writer[]>;
}

type Flow = Extract<Role, { kind: "flow" }>;

const known = new WeakMap<PointsTo, Indexed>();

/** Whole objects that a call copies into another one. */
export function fillingsOf(site: CallSite): readonly Filling[] {
  const found: Filling[] = [];
  for (const { to, from } of flowsOf(site))
    for (const into of to.steps.length === 0 ? operandsAt(site, to) : [])
      for (const address of from)
        for (const value of address.steps.length === 0 ? operandsAt(site, address) : [])
          if (value !== into) found.push({ site, from: value, into });
  return found;
}

/** Properties that a call puts into an object under a name that it is given. */
export function writersByCall(pointsTo: PointsTo, writers: Writers, site: CallSite): readonly Writer[] {
  const found: Writer[] = [];
  for (const { to, from } of flowsOf(site)) {
    if (to.steps.length !== 1 || to.steps[0]?.kind !== "entry") continue;
    const paths = stepPaths(pointsTo, site, to.steps, [])?.alternatives ?? [];
    for (const [name] of paths)
      for (const object of name === undefined || name === "*" ? [] : operandsAt(site, to))
        for (const { node, value } of valuesMoved(pointsTo, writers, site, from))
          if (node === site.caller) found.push({ node, point: site.point, object, name: name ?? "", value });
  }
  return found;
}

/** The properties that are assigned by a key; null where not all values of the key are known. */
export function writersByKey(
  pointsTo: PointsTo,
  node: FunctionNode,
  point: number,
): readonly Writer[] | null {
  const store = node.code[point];
  if (store?.kind !== "store" || store.property.kind !== "computed") return [];
  const { object, property, value } = store;
  if (!isToldInFull(pointsTo, node, property.value, 0)) return null;
  return [...pointsTo.valuesOf(node, property.value)].flatMap((key): Writer[] =>
    key.kind === "constant" ? [{ node, point, object, name: String(key.value), value }] : [],
  );
}

/** Every whole object that is copied into one by a call. */
export function fillingsInto(
  pointsTo: PointsTo,
  writers: Writers,
  object: AbstractValue,
): readonly Filling[] {
  return indexOf(pointsTo, writers).whole.get(object) ?? [];
}

/** Every property of an object that is written neither in a literal nor as `object.name = value`. */
export function writersInto(pointsTo: PointsTo, writers: Writers, object: AbstractValue): readonly Writer[] {
  return indexOf(pointsTo, writers).named.get(object) ?? [];
}

function flowsOf(site: CallSite): { readonly to: Address; readonly from: readonly Address[] }[] {
  const flows: Flow[] = [];
  for (const { roles } of site.applied.keys())
    for (const role of roles) if (role.kind === "flow") flows.push(role);
  return flows.flatMap(({ to, from }) =>
    to.filter(({ root }) => root.kind === "argument").map((each) => ({ to: each, from })),
  );
}

/** What a flow takes along: an operand, or what stands under a name in a literal (`{ value: name }`). */
function valuesMoved(
  pointsTo: PointsTo,
  writers: Writers,
  site: CallSite,
  from: readonly Address[],
): readonly { readonly node: FunctionNode; readonly value: ValueId }[] {
  return from.flatMap((address) => {
    const operands = operandsAt(site, address).map((value) => ({ node: site.caller, value }));
    const [step, ...more] = address.steps;
    if (step === undefined) return operands;
    if (step.kind !== "property" || more.length > 0) return [];
    return operands.flatMap(({ node, value }) =>
      [...pointsTo.valuesOf(node, value)].flatMap((object) => [...writers.ofField(object, step.name)]),
    );
  });
}

function indexOf(pointsTo: PointsTo, writers: Writers): Indexed {
  let index = known.get(pointsTo);
  if (index === undefined) known.set(pointsTo, (index = makeIndex(pointsTo, writers)));
  return index;
}

function makeIndex(pointsTo: PointsTo, writers: Writers): Indexed {
  const whole = new Map<AbstractValue, Filling[]>();
  const named = new Map<AbstractValue, Writer[]>();
  const addWriters = (list: readonly Writer[]): void => {
    for (const writer of list)
      for (const object of pointsTo.valuesOf(writer.node, writer.object)) add(named, object, writer);
  };
  for (const site of pointsTo.sites.values()) {
    for (const filling of fillingsOf(site))
      for (const object of pointsTo.valuesOf(site.caller, filling.into)) add(whole, object, filling);
    addWriters(writersByCall(pointsTo, writers, site));
  }
  for (const node of pointsTo.program.functions)
    node.code.forEach((_, point) => {
      addWriters(writersByKey(pointsTo, node, point) ?? []);
    });
  return { whole, named };
}

function add<Each>(map: Map<AbstractValue, Each[]>, key: AbstractValue, each: Each): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [each]);
  else list.push(each);
}

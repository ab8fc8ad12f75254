/** What reading and writing a property does to a fact. */
import type { Instruction, InstructionOf, PropertyName, ValueId } from "../../contracts/file-graph.js";
import type { AccessPath } from "../paths/access-path.js";
import { placeFromEnd } from "../constants/end-places.js";
import { prepend, readPrefix, renderPath } from "../paths/access-path.js";
import type { KeyNote } from "./fact.js";
import { originOf, placeOf } from "../constants/key-places.js";
import { isElement, isIndex, isPropertyName, pairKey, pairValue } from "../paths/path-components.js";
import { areAllKnown } from "../constants/complete-values.js";
import { foldText } from "../constants/constants.js";
import type { Entry } from "./entry.js";
import { readOfElement } from "../heap/shown-elements.js";
import { waysToOwner } from "../points-to/captured-objects.js";
import { fillLiteral } from "../heap/filled-literals.js";
import { ownObject } from "./bindings.js";
import type { Fact } from "./fact.js";
import { iteratedEntry } from "./iterated-paths.js";
import type { FunctionNode } from "../program/program.js";
import type { PointsTo } from "../points-to/points-to.js";
import { writtenName } from "../points-to/property-keys.js";
import { isOverwritten } from "./overwritten-parts.js";
import { placeBehind } from "./places-in-literals.js";
import type { Tabulation } from "./tabulation.js";
import { readFlows, readModels } from "../models/read-flows.js";
import type { Trace } from "./trace.js";
import { source } from "./trace.js";
import type { Transfer } from "./transfer-table.js";
import { isTakenBySetter } from "./setters.js";
import { areConstants, valuesWrittenBefore } from "../heap/written-before.js";
import { readBack } from "./read-back.js";

/** Properties that tell how much there is, not what. */
const countProperties = new Set(["length", "size", "byteLength"]);

/** The names a property may have here; `[]` where it is not known. */
export function propertyTexts(
  tabulation: Tabulation,
  { node, context }: Entry,
  property: PropertyName,
): readonly string[] {
  if (property.kind === "name") return [property.name];
  if (property.kind === "element") return ["[]"];
  const written = writtenName(node, property.value);
  if (written !== null) return [written];
  const inContext = tabulation.contexts.values.constantsIn(context, node, property.value);
  if (inContext !== null) return inContext;
  const { pointsTo } = tabulation;
  const texts = foldText(pointsTo, node, property.value);
  if (!texts.some((text) => text.includes("*") || text.startsWith("env:")))
    return areAllKnown(pointsTo, context, node, property.value) ? texts : [...texts, "[]"];
  return tabulation.ownNames.ofKey(node, context, property.value) ?? ["[]"];
}

export function transferLoad(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  instruction: Extract<Instruction, { kind: "load" }>,
  fact: Fact,
  trace: Trace,
): boolean {
  const { node } = entry;
  if (fact.base !== instruction.object) return fact.base !== instruction.out;
  const last = placeFromEnd(tabulation.pointsTo, node, point, instruction);
  const names = last === null ? propertyTexts(tabulation, entry, instruction.property) : [last];
  const site = tabulation.pointsTo.findSite(node, point);
  if (site !== undefined) tabulation.reach(entry, point, fact, trace);
  // A function that is a field (`save = () => this.name`) has captured the object it is read from.
  for (const way of waysToOwner(tabulation.pointsTo, node, instruction.out, instruction.object))
    tabulation.put(entry, point, instruction.out, prepend(way, fact.path), fact.state, trace);
  const pair = instruction.iterates === true ? iteratedEntry(fact.path) : null;
  if (pair !== null) tabulation.put(entry, point, instruction.out, pair, fact.state, trace);
  const isOther = isOtherName(tabulation, entry, instruction.property, fact.path);
  for (const name of isOther ? [] : names) {
    if (countProperties.has(name) && !ownsProperty(fact.path, name)) continue;
    if (instruction.property.kind === "name") {
      const { models, isComplete } = modelsOfRead(tabulation, node, point, instruction.object, name);
      for (const path of readFlows(tabulation.pointsTo, node, point, models, fact.path))
        tabulation.put(entry, point, instruction.out, path, fact.state, trace);
      // Models say of every value that the object may be that the member holds nothing of what it is made from.
      if (isComplete && models.every(({ model }) => model.roles.every((role) => role.kind === "none")))
        continue;
      // A member that models describe is no element of the list.
      if (isComplete && fact.path.components[0] === "[]" && !isIndex(name)) continue;
    }
    const wanted = instruction.property.kind === "computed" && name === "[]" ? "*" : name;
    const rest = readPrefix(fact.path, [wanted]) ?? readOfElement(fact.path, wanted);
    if (rest === null || isReadBack(tabulation, node, point, rest)) continue;
    if (isOfElement(tabulation, node, point, instruction, fact.path, rest)) continue;
    const note = noteOfRead(tabulation, entry, point, instruction, fact);
    if (note === "never") continue;
    const next =
      fact.path.components.length > 0
        ? readTrace(tabulation, entry, instruction, name, rest, fact, trace)
        : trace;
    const state = note === null ? fact.state : tabulation.facts.noteKey(fact.state, note);
    tabulation.put(entry, point, instruction.out, rest, state, next);
  }
  return fact.base !== instruction.out;
}

/** The name that is read is not known, but what it may be, or how it begins or ends. */
function isOtherName(
  { nameEnds }: Tabulation,
  { node, context }: Entry,
  property: PropertyName,
  { components: [first] }: AccessPath,
): boolean {
  return (
    property.kind === "computed" &&
    first !== undefined &&
    !nameEnds.mayBe(node, context, property.value, first)
  );
}

/** What was written just before is read, and it is known where that comes from. */
function isReadBack({ pointsTo }: Tabulation, node: FunctionNode, point: number, rest: AccessPath): boolean {
  const written = valuesWrittenBefore(pointsTo, node, point);
  return written !== null && (rest.components.length === 0 || areConstants(pointsTo, node, written));
}

/**
 * Of a value that is one or a list (`Child | Child[]`), what lies in the elements is met by reading `team`, as if it were
 * kept under an unknown name; a text or number has no such parts.
 */
function isOfElement(
  { pointsTo }: Tabulation,
  node: FunctionNode,
  point: number,
  { object, property, at }: InstructionOf<"load">,
  { components: [first] }: AccessPath,
  { components: [part] }: AccessPath,
): boolean {
  if (first !== "[]" || part === undefined || property.kind !== "name" || isIndex(property.name))
    return false;
  if (!isPropertyName(part)) return false;
  let ofNode = scalarReads.get(node);
  if (ofNode === undefined) scalarReads.set(node, (ofNode = new Map<number, boolean>()));
  let isScalar = ofNode.get(point);
  if (isScalar === undefined)
    ofNode.set(
      point,
      (isScalar = mayBeList(pointsTo, node, object) && pointsTo.resolver.isScalar?.(node.file, at) === true),
    );
  return isScalar;
}

/** What is no list has its `[]` from a name that is not known: `post[key] = value`. */
function mayBeList(pointsTo: PointsTo, node: FunctionNode, object: ValueId): boolean {
  return [...pointsTo.valuesOf(node, object)].some((value) =>
    value.kind === "foreign"
      ? value.module === "lib" && value.path.length === 1 && value.path[0] === "Array"
      : value.kind === "object" && value.array,
  );
}

/** By function and point, for each is asked for many facts. */
const scalarReads = new WeakMap<FunctionNode, Map<number, boolean>>();

type ReadModels = ReturnType<typeof readModels>;

/** By function and point: asked for each fact that comes by. */
const modelsByPoint = new WeakMap<FunctionNode, Map<number, ReadModels>>();

function modelsOfRead(
  { pointsTo }: Tabulation,
  node: FunctionNode,
  point: number,
  object: ValueId,
  name: string,
): ReadModels {
  let ofNode = modelsByPoint.get(node);
  if (ofNode === undefined) modelsByPoint.set(node, (ofNode = new Map<number, ReadModels>()));
  let found = ofNode.get(point);
  if (found === undefined) ofNode.set(point, (found = readModels(pointsTo, node, object, name)));
  return found;
}

/** What is known of the key behind a read by a key that is not constant, or of the value of a pair. */
function noteOfRead(
  tabulation: Tabulation,
  { node, context }: Entry,
  point: number,
  { object, property }: InstructionOf<"load">,
  { path }: Fact,
): KeyNote | "never" | null {
  const { keys } = tabulation;
  const [first = ""] = path.components;
  if (property.kind === "computed")
    return keys.ofRead(node, context, point, placeOf(node, property.value), first);
  const key = property.kind === "name" && property.name === "1" ? pairKey(first) : null;
  if (key === null) return null;
  return keys.ofRead(node, context, point, { value: originOf(node, object), isPair: true }, key);
}

/** `super.x` looks x up past the class; what the current object itself holds under the name is read all the same. */
export const transferSuperLoad: Transfer<InstructionOf<"super-load">> = (
  tabulation,
  entry,
  point,
  instruction,
  fact,
  trace,
) => {
  const own = ownObject(entry.node);
  if (fact.base === own.base && instruction.property.kind === "name") {
    const rest = readPrefix(fact.path, [...own.prefix, instruction.property.name]);
    if (rest !== null) tabulation.put(entry, point, instruction.out, rest, fact.state, trace);
    // A getter of the base class runs.
    if (tabulation.pointsTo.findSite(entry.node, point) !== undefined)
      tabulation.reach(entry, point, fact, trace);
  }
  return true;
};

/** A read of the field itself from what holds it begins the way anew: that is where the data is read. */
function readTrace(
  tabulation: Tabulation,
  entry: Entry,
  instruction: Instruction,
  name: string,
  rest: AccessPath,
  fact: Fact,
  trace: Trace,
): Trace {
  if (rest.components.length === 0 && isHeldHere(trace, entry.node))
    return source(
      entry.node,
      instruction.at,
      { kind: "reads", field: tabulation.fieldName(fact.state.field) },
      "object" in instruction ? instruction.object : null,
    );
  return tabulation.note(entry, instruction, { kind: "loaded", place: renderPath([name]) }, trace);
}

/** Nothing happened to the data yet but being held by a variable of this function. */
function isHeldHere(trace: Trace, node: FunctionNode): boolean {
  let current = trace;
  while (
    current.kind === "step" &&
    (current.note.kind === "assigned" || current.note.kind === "loaded") &&
    current.node === node
  )
    current = current.previous;
  return (
    current.kind === "source" &&
    current.node === node &&
    (current.note.kind === "holds" || (current.note.kind === "reads" && current === trace))
  );
}

function ownsProperty(path: AccessPath, name: string): boolean {
  return path.components[0] === name;
}

export function transferStore(
  tabulation: Tabulation,
  entry: Entry,
  point: number,
  instruction: Extract<Instruction, { kind: "store" }>,
  fact: Fact,
  trace: Trace,
): boolean {
  const { node } = entry;
  const names =
    instruction.property.kind === "element" && instruction.initial
      ? [placeBehind(tabulation.pointsTo, node, point, instruction)]
      : propertyTexts(tabulation, entry, instruction.property);
  const noted = nameOfStore(tabulation, node, instruction, fact);
  if (
    instruction.property.kind === "computed" &&
    fact.base === instruction.property.value &&
    isWholeText(fact.path)
  )
    tabulation.write(entry, point, instruction.object, ["<keys>"], fact.state, trace);
  if (fact.base === instruction.value && !isTakenBySetter(tabulation.pointsTo, node, point, instruction)) {
    const state = noted === null ? fact.state : tabulation.facts.noteKey(fact.state, null);
    for (const written of noted === null ? names : [noted]) {
      const name = instruction.accessor === undefined ? written : `${instruction.accessor} ${written}`;
      const note = instruction.initial
        ? trace
        : tabulation.note(entry, instruction, { kind: "stored", place: renderPath([name]) }, trace);
      const components = [name, ...fact.path.components];
      if (!instruction.initial) readBack(tabulation, entry, point, fact, note);
      if (instruction.initial)
        fillLiteral(tabulation, entry, point, instruction.object, components, state, note);
      else tabulation.write(entry, point, instruction.object, components, state, note);
    }
  }
  if (
    tabulation.pointsTo.findSite(node, point) !== undefined ||
    isForeignTarget(tabulation, node, instruction.object)
  ) {
    if (!tabulation.reach(entry, point, fact, trace)) return false;
  }
  const [only] = names;
  return (
    only === undefined ||
    names.length > 1 ||
    only === "[]" ||
    !(
      isOverwritten(tabulation, node, instruction.object, (component) => component === only, fact) ||
      (only === "length" &&
        isZero(tabulation, node, instruction.value) &&
        isOverwritten(tabulation, node, instruction.object, isElement, fact))
    )
  );
}

/** The value itself, also as a text that was written out from something. */
function isWholeText({ components: [first] }: AccessPath): boolean {
  return first === undefined || first === "<text>";
}

/** The name that data of a known key is written under: `copy[key] = value`, `[key, value]`. */
function nameOfStore(
  { keys }: Tabulation,
  node: FunctionNode,
  { object, property, initial }: InstructionOf<"store">,
  { state }: Fact,
): string | null {
  if (state.key === null) return null;
  if (property.kind === "computed") return keys.nameOf(node, property.value, state);
  if (property.kind !== "name" || property.name !== "1" || !initial) return null;
  for (const point of node.uses[object] ?? []) {
    const store = node.code[point];
    if (store?.kind !== "store" || store.object !== object || !store.initial) continue;
    if (store.property.kind !== "name" || store.property.name !== "0") continue;
    const key = keys.nameOf(node, store.value, state);
    return key === null ? null : pairValue(key);
  }
  return null;
}

/** `list.length = 0` empties the list. */
function isZero(tabulation: Tabulation, node: FunctionNode, value: number): boolean {
  const values = [...tabulation.pointsTo.valuesOf(node, value)];
  return values.length === 1 && values[0]?.kind === "constant" && values[0].value === 0;
}

function isForeignTarget(tabulation: Tabulation, node: FunctionNode, object: number): boolean {
  for (const value of tabulation.pointsTo.valuesOf(node, object)) if (value.kind === "foreign") return true;
  return false;
}

/**
 * Values for what value flow does not reach: receivers of functions that nothing calls, parameters and fields by
 * their written type, callees by the type of their receiver. Seeded only where nothing is known, in rounds,
 * because a seed can make another one unnecessary.
 */
import type { FilePath } from "../../base/keys.js";
import type { Span } from "../../base/location.js";
import type { Instruction } from "../../contracts/file-graph.js";
import type { AbstractValue } from "./abstract-value.js";
import { channelModule } from "./abstract-value.js";
import { seedClients } from "./client-seeds.js";
import { ClientTypes } from "./client-types.js";
import { seedConventionParameters } from "./convention-parameters.js";
import { DeclaredMembers } from "./declared-members.js";
import { seedCopiedInto } from "./copied-operands.js";
import { isNeverRun } from "../contexts/never-run.js";
import { seedKeys } from "./key-seeds.js";
import { loadMember } from "./member-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import { isLibraryObject, seedFields } from "./field-seeds.js";
import { declaresField } from "../program/class-chain.js";
import type { FunctionNode } from "../program/program.js";
import type { MemberCall } from "./seed-places.js";
import { SeedPlaces } from "./seed-places.js";
import { seedReceivers } from "./receiver-seeds.js";
import { seed } from "./seed-values.js";
import { seedInjected } from "./provided-objects.js";
import { seedPlatformFunctions } from "./platform-functions.js";
import { isMemberWithout, seedByType, spanOf, TypedReceivers } from "./typed-receivers.js";
import { WrittenTypes } from "../sources/written-types.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

const mostRounds = 6;
/** Calls of what calls gave. */
const deepestRow = 4;

export function seedUnknowns(pointsTo: PointsTo): void {
  const types = new WrittenTypes(pointsTo);
  const clients = new ClientTypes(pointsTo, types);
  const members = new DeclaredMembers(pointsTo, clients);
  const places = new SeedPlaces(pointsTo);
  const receivers = new TypedReceivers(pointsTo, places);
  for (let round = 0; round < mostRounds; round++) {
    let seeded = seedReceivers(pointsTo, types);
    pointsTo.graph.solve();
    seeded = seedInjected(pointsTo, types) || seeded;
    pointsTo.graph.solve();
    seeded = seedTyped(pointsTo, types, places) || seeded;
    seeded = seedKeys(pointsTo) || seeded;
    seeded = seedClients(pointsTo, clients, members, places) || seeded;
    seeded = seedPlatformFunctions(pointsTo, types) || seeded;
    seeded = seedConventionParameters(pointsTo) || seeded;
    pointsTo.graph.solve();
    seeded = seedCallees(pointsTo, places) || seeded;
    seeded = receivers.seed() || seeded;
    seeded = seedAccessed(pointsTo, places) || seeded;
    seeded = seedCopiedInto(pointsTo) || seeded;
    pointsTo.graph.solve();
    if (!seeded) break;
  }
  receivers.takeOver();
}

/** What a package gives and no model describes is the list or the map that it is said to be. */
function seedContainer(pointsTo: PointsTo, node: PointerNode, values: readonly AbstractValue[]): boolean {
  const isSaid = values.length > 0 && values.every(isLibraryObject);
  if (!isSaid || !mayBeContainer(node)) return false;
  for (const value of values) pointsTo.graph.add(node, value);
  return true;
}

/** Nothing is known of a value but what package it is of. */
function mayBeContainer(node: PointerNode): boolean {
  return node.list.every((value) => value.kind === "foreign" && !isLibraryObject(value));
}

function seedTyped(pointsTo: PointsTo, types: WrittenTypes, places: SeedPlaces): boolean {
  let seeded = false;
  for (const node of pointsTo.program.functions) {
    for (const { type, target, name, isParameter, nameAt } of places.of(node).typed) {
      const isMember = isParameter && isUndescribedMember(pointsTo, target);
      if (!target.isEmpty && !isMember && (isParameter || !mayBeContainer(target))) continue;
      if (isParameter && isOfOthers(pointsTo, node, Number(name))) continue;
      const written = types.valuesOf(node.file, type, `${String(node.index)}:${name}`);
      const values = nameAt === undefined ? written : withMissing(pointsTo, node.file, nameAt, written);
      seeded =
        (isMember && addOfPackages(pointsTo, target, values)) ||
        seed(pointsTo, target, values) ||
        (!isParameter && seedContainer(pointsTo, target, values)) ||
        seeded;
    }
  }
  // What constructors put into fields says more than the fields' types.
  pointsTo.graph.solve();
  for (const each of pointsTo.program.classes) seeded = seedFields(pointsTo, types, each) || seeded;
  return seeded;
}

/** What a parameter is of is known by the calls, if there are any: nothing where they leave it out. */
function isOfOthers(pointsTo: PointsTo, node: FunctionNode, index: number): boolean {
  const { instanceCopies } = pointsTo;
  return (
    instanceCopies.isLeftOut(node, index) ||
    isNeverRun(pointsTo, node) ||
    (instanceCopies.isOfContainer(node) && pointsTo.callersOf(node).length > 0)
  );
}

/** `kind?: "name"`: of a parameter that lists constants, what it is where nothing is given. */
function withMissing(
  { resolver, values }: PointsTo,
  file: FilePath,
  nameAt: Span,
  written: readonly AbstractValue[],
): readonly AbstractValue[] {
  if (!written.some(({ kind }) => kind === "constant")) return written;
  const isMissing = resolver.literalsAt?.(file, nameAt).includes(undefined) === true;
  return isMissing ? [...written, values.constant(undefined)] : written;
}

/** `hold(c.env.DB)`: what a package's object has under names that no model knows is what the parameter's type says. */
function isUndescribedMember(pointsTo: PointsTo, { list, isEmpty }: PointerNode): boolean {
  return !isEmpty && list.every((value) => isMemberWithout(pointsTo, value));
}

function addOfPackages(pointsTo: PointsTo, node: PointerNode, values: readonly AbstractValue[]): boolean {
  const added = values.filter(
    (value) =>
      value.kind === "foreign" &&
      value.module.startsWith("npm:") &&
      value.path.length === 1 &&
      !node.has(value),
  );
  for (const value of added) pointsTo.graph.add(node, value);
  return added.length > 0;
}

/** What the path of such a function is made of: its call, and where what it is given comes from and goes. */
const channelPath = 3;

/** Calls through a member of a receiver about which nothing is known: by its type, else by the member's name. */
function seedCallees(pointsTo: PointsTo, places: SeedPlaces): boolean {
  let seeded = false;
  const rows: RowsGiven = new Map<string, boolean>();
  for (const node of pointsTo.program.functions) {
    if (pointsTo.instanceCopies.isReplaced(node)) continue;
    for (const { callee, object, name } of places.of(node).calls) {
      const called = pointsTo.valueNode(node, callee);
      if (!called.list.every((value) => isUndescribed(pointsTo, value, rows))) continue;
      seeded = seedMember(pointsTo, places, node, { object, name }, called) || seeded;
    }
  }
  return seeded;
}

/**
 * `parts.groups.year.trim`: a member that no model gives the library type, of a value that it only holds or gives; or a
 * member of a function that a library hands out (`resolve`), which has come to where data is as well.
 */
function isUndescribed(pointsTo: PointsTo, value: AbstractValue, rows: RowsGiven): boolean {
  if (value.kind !== "foreign") return false;
  if (value.module === channelModule) return value.path.length > channelPath;
  if (value.module.startsWith("npm:") && value.path.length > 2 && isOfRow(pointsTo, value, rows))
    return isMemberWithout(pointsTo, value) && !mayBringIn(pointsTo, value.path.at(-1) ?? "");
  return (
    value.module === "lib" &&
    value.path.length > 1 &&
    pointsTo.catalogue.match("lib", value.path, "call").length === 0
  );
}

/** Whether calls give rows, by the call and how far it is looked back from it: they are made of one another. */
type RowsGiven = Map<string, boolean>;

/** What a store gave, or what is made of that, and no model says more of: a list or a text under a name of the program's own. */
function isOfRow(pointsTo: PointsTo, { site }: Foreign, rows: RowsGiven, depth = 0): boolean {
  if (site === null || depth > deepestRow) return false;
  const key = `${String(depth)} ${site}`;
  let isOne = rows.get(key);
  if (isOne === undefined) rows.set(key, (isOne = givesRows(pointsTo, site, rows, depth)));
  return isOne;
}

function givesRows(pointsTo: PointsTo, site: string, rows: RowsGiven, depth: number): boolean {
  return [...(pointsTo.sites.get(site)?.foreign ?? [])].some(
    (callee) =>
      pointsTo.catalogue
        .match(callee.module, callee.path, "call")
        .some(({ model }) => model.roles.some(({ kind }) => kind === "rows")) ||
      (callee.site !== site && isOfRow(pointsTo, callee, rows, depth + 1)),
  );
}

/** `get` of a form, and of a map: by its name alone it would bring in something new. */
function mayBringIn({ catalogue }: PointsTo, name: string): boolean {
  return catalogue
    .membersNamed("lib", name, "call")
    .some(({ model }) => model.roles.some(({ kind }) => kind === "input"));
}

function seedMember(
  pointsTo: PointsTo,
  places: SeedPlaces,
  node: FunctionNode,
  { object, name }: Pick<MemberCall, "object" | "name">,
  callee: PointerNode,
): boolean {
  const { catalogue, values } = pointsTo;
  const receiver = pointsTo.valueNode(node, object);
  const definition = node.definitions[object];
  if (receiver.isEmpty && places.isOwnMember(name) && seedByType(pointsTo, places, node, object)) {
    loadMember(pointsTo, receiver, { kind: "name", name }, callee, null);
    return true;
  }
  if (catalogue.membersNamed("lib", name, "call").length === 0) return false;
  const member = values.foreign("lib", ["*", name], null);
  if (member === null || callee.has(member)) return false;
  if (definition?.kind === "instruction" && isDeclaredMember(pointsTo, node, definition.instruction, name))
    return false;
  if (isFieldOfAll(pointsTo, receiver, name)) return false;
  pointsTo.graph.add(callee, member);
  return true;
}

/** Objects whose accessors are read, of which only the type is known: `holders[0].age` runs a method. */
function seedAccessed(pointsTo: PointsTo, places: SeedPlaces): boolean {
  const getters = new Set(
    pointsTo.program.classes.flatMap((each) =>
      each.graph.members.flatMap(({ kind, name }) =>
        kind === "getter" && name.kind === "name" ? [name.name] : [],
      ),
    ),
  );
  if (getters.size === 0) return false;
  let seeded = false;
  for (const node of pointsTo.program.functions) {
    for (const instruction of places.of(node).loads) {
      if (instruction.property.kind !== "name" || !getters.has(instruction.property.name)) continue;
      if (!pointsTo.valueNode(node, instruction.object).isEmpty) continue;
      seeded = seedByType(pointsTo, places, node, instruction.object) || seeded;
    }
  }
  return seeded;
}

/** `store.find(id)` of an interface of the project: no list's `find`, though nothing implements it. */
function isDeclaredMember(
  { resolver }: PointsTo,
  node: FunctionNode,
  instruction: Instruction,
  name: string,
): boolean {
  const span = spanOf(instruction);
  return (
    resolver.declaredNames?.(node.file, span)?.has(name) === true &&
    resolver.typesAt(node.file, span).every((shape) => shape.declaration !== null)
  );
}

/** `this.find(id)`, where `find` is a function that the constructor is given: each class says that it has such a field. */
function isFieldOfAll(pointsTo: PointsTo, receiver: PointerNode, name: string): boolean {
  return (
    !receiver.isEmpty &&
    !receiver.isFull &&
    receiver.list.every((value) => value.kind === "instance" && declaresField(pointsTo, value.class, name))
  );
}

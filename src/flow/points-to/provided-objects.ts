/**
 * What containers hand out for tokens: a class, a text or a symbol for which something is registered stands for that
 * (`{ provide: KIDS, useClass: SealedKids }`), any other class for an object of its own.
 */
import type { FilePath } from "../../base/keys.js";
import type { Address } from "../../contracts/model.js";
import type { ProvidesRole } from "../../contracts/injection-roles.js";
import { bound } from "../../contracts/models-own.js";
import type { TypeReference } from "../../contracts/type-reference.js";
import { isNeverRun } from "../contexts/never-run.js";
import { forAddress } from "../models/address-nodes.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import type { WrittenTypes } from "../sources/written-types.js";
import type { AbstractValue } from "./abstract-value.js";
import type { Operands } from "./call-operands.js";
import type { PointerNode } from "./pointer-graph.js";
import type { CallSite, PointsTo } from "./points-to.js";

/** Where something is registered. */
interface Registration {
  readonly tokens: PointerNode;
  readonly provided: PointerNode;
}
const registrations = new WeakMap<PointsTo, Registration[]>();

/** A container hands out an object of the class that it is asked for: `inject(PupilStore)`. */
export function giveInstance(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  token: Address,
  output: Address,
): void {
  forAddress(pointsTo, site, operands, token, (node) => {
    forAddress(pointsTo, site, operands, output, (out) => {
      handOut(pointsTo, node, out, true);
    });
  });
}

/** What comes for each token: a text, or a symbol, only names what is asked for. */
export function handOut(
  pointsTo: PointsTo,
  tokens: PointerNode,
  out: PointerNode,
  isOfPackages: boolean,
): void {
  const { graph } = pointsTo;
  graph.onValue(tokens, (token) => {
    const registered = pointsTo.fieldNode(token, bound);
    graph.edge(registered, out);
    if (token.kind === "class") giveObjects(pointsTo, token.class, out, registered);
    else if (token.kind !== "constant" && isOfPackages) graph.add(out, token);
  });
}

/** Where something else is registered for a class, none of its own objects is meant. */
function giveObjects(
  pointsTo: PointsTo,
  home: ClassNode,
  out: PointerNode,
  registered: PointerNode | null,
): void {
  pointsTo.graph.onQuiet(() => {
    if (registered === null || registered.isEmpty)
      for (const object of pointsTo.likelyInstances(home)) pointsTo.graph.add(out, object);
    return true;
  });
}

/** Something is registered: by itself, or as one of several that stand in a list. */
export function addProvided(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  role: ProvidesRole,
): void {
  const { graph } = pointsTo;
  if (role.each.length === 0) addRegistered(pointsTo, site, operands, role);
  for (const each of role.each)
    forAddress(
      pointsTo,
      site,
      operands,
      each,
      (elements) => {
        graph.onValue(elements, (element) => {
          const value = graph.create();
          graph.add(value, element);
          addRegistered(pointsTo, site, { ...operands, value }, role);
        });
      },
      false,
    );
}

function addRegistered(
  pointsTo: PointsTo,
  site: CallSite,
  operands: Operands,
  { token, made, same, given }: ProvidesRole,
): void {
  const { graph } = pointsTo;
  const at = (addresses: readonly Address[], found: (node: PointerNode) => void): void => {
    for (const address of addresses) forAddress(pointsTo, site, operands, address, found, false);
  };
  const tokens = graph.create();
  const provided = graph.create();
  at(token, (node) => {
    graph.edge(node, tokens);
  });
  at(made, (node) => {
    graph.onValue(node, (value) => {
      if (value.kind === "class") giveObjects(pointsTo, value.class, provided, null);
    });
  });
  at(same, (node) => {
    handOut(pointsTo, node, provided, false);
  });
  at(given, (node) => {
    graph.edge(node, provided);
  });
  graph.onValue(tokens, (value) => {
    graph.edge(provided, pointsTo.fieldNode(value, bound));
  });
  const known = registrations.get(pointsTo);
  if (known === undefined) registrations.set(pointsTo, [{ tokens, provided }]);
  else known.push({ tokens, provided });
}

/** A token is written at a parameter of the constructor of a class, or at one of its fields. */
export function injectAt(
  pointsTo: PointsTo,
  tokens: PointerNode,
  owner: ClassNode,
  place: number | string,
): void {
  const { graph } = pointsTo;
  const all = graph.node(`tokens:${placeOf(owner, place)}`);
  graph.edge(tokens, all);
  handOut(pointsTo, tokens, graph.node(`injected:${placeOf(owner, place)}`), false);
}

/** What stands there is given by the decorator itself. */
export function giveAt(
  { graph }: PointsTo,
  given: AbstractValue,
  owner: ClassNode,
  place: number | string,
): void {
  graph.add(graph.node(`injected:${placeOf(owner, place)}`), given);
}

function placeOf({ index }: ClassNode, place: number | string): string {
  return `${String(index)}:${String(place)}`;
}

/** What is handed out there by the token, or by the class that is written as the type; null where that is not all known. */
export function injectedAt(
  pointsTo: PointsTo,
  types: WrittenTypes,
  owner: ClassNode,
  place: number | string,
  type: TypeReference | null,
): PointerNode | null {
  const { graph } = pointsTo;
  const found = graph.find(`injected:${placeOf(owner, place)}`);
  const tokens = graph.find(`tokens:${placeOf(owner, place)}`);
  // `@Inject()` without a token means the type that stands there.
  if (found === undefined || (found.isEmpty && tokens?.isEmpty !== false))
    return type === null ? null : registeredFor(pointsTo, types, owner.file, type);
  return found.isEmpty || tokens?.list.some((token) => isUntold(pointsTo, token)) === true ? null : found;
}

function registeredFor(
  pointsTo: PointsTo,
  types: WrittenTypes,
  file: FilePath,
  type: TypeReference,
): PointerNode | null {
  if (type.kind !== "named") return null;
  for (const key of types.declarationsOf(file, type.name)) {
    const home = types.classOf(key);
    const node = home === null ? null : registeredAs(pointsTo, pointsTo.values.class(home));
    if (node !== null) return node;
  }
  return null;
}

function registeredAs(pointsTo: PointsTo, token: AbstractValue): PointerNode | null {
  const node = pointsTo.fieldNode(token, bound);
  return node.isEmpty || isUntold(pointsTo, token) ? null : node;
}

/** Something of which nothing is known is registered for it, too. */
function isUntold(pointsTo: PointsTo, token: AbstractValue): boolean {
  const all = registrations.get(pointsTo) ?? [];
  return all.some(
    ({ tokens, provided }) =>
      tokens.has(token) && provided.list.every((value) => isOfUnknownPackage(pointsTo, value)),
  );
}

function isOfUnknownPackage({ catalogue }: PointsTo, value: AbstractValue): boolean {
  return (
    value.kind === "foreign" &&
    value.module.startsWith("npm:") &&
    !catalogue.describesMembers(value.module, value.path)
  );
}

/** Parameters of constructors that only a container calls. */
export function seedInjected(pointsTo: PointsTo, types: WrittenTypes): boolean {
  let seeded = false;
  for (const node of pointsTo.program.functions) {
    if (node.graph.kind !== "constructor" || pointsTo.callersOf(node).length > 0) continue;
    const home = isNeverRun(pointsTo, node) ? undefined : pointsTo.program.homeClass(node);
    if (home !== undefined) seeded = seedConstructor(pointsTo, types, node, home) || seeded;
  }
  return seeded;
}

function seedConstructor(
  pointsTo: PointsTo,
  types: WrittenTypes,
  node: FunctionNode,
  home: ClassNode,
): boolean {
  let seeded = false;
  for (const { index, type } of node.graph.parameters) {
    const target = pointsTo.parameterNode(node, index);
    seeded = giveAsWritten(pointsTo, types, home, { index, type }, target) || seeded;
    const source = target.isEmpty ? injectedAt(pointsTo, types, home, index, type) : null;
    if (source === null) continue;
    hand(pointsTo, source, target);
    seeded = true;
  }
  return seeded;
}

/** `@InjectModel("Player") players: SoftDeleteModel<Player>`: what a decorator gives has what the type there says, too. */
function giveAsWritten(
  pointsTo: PointsTo,
  types: WrittenTypes,
  home: ClassNode,
  { index, type }: { readonly index: number; readonly type: TypeReference | null },
  target: PointerNode,
): boolean {
  const given = pointsTo.graph.find(`injected:${placeOf(home, index)}`)?.list ?? [];
  if (type === null || given.length === 0) return false;
  let added = false;
  for (const said of types.valuesOf(home.file, type, placeOf(home, index)))
    for (const value of given) {
      if (said.kind !== "foreign" || value.kind !== "foreign" || !said.module.startsWith("npm:")) continue;
      const both = pointsTo.values.foreign(said.module, said.path, value.site);
      if (both === null || target.has(both)) continue;
      pointsTo.graph.add(target, both);
      added = true;
    }
  return added;
}

/** What a container hands out, others have as well. */
export function hand(pointsTo: PointsTo, source: PointerNode, target: PointerNode): void {
  pointsTo.graph.edge(source, target);
  pointsTo.graph.onValue(source, (value) => {
    pointsTo.markShared(value);
  });
}

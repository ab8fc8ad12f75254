/** Calls on `this`: where the class of the object is known, only its own methods are meant. */
import type { ValueId } from "../../../contracts/file-graph.js";
import type { AbstractValue } from "../../points-to/abstract-value.js";
import { chainOf } from "../../program/class-chain.js";
import type { CallEdge, CallSite, PointsTo } from "../../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "../../program/program.js";
import type { ConsentQuestion } from "../consent-question.js";
import { definitionOf } from "../../paths/value-places.js";

/** What `this` is: which objects, of which class. */
export interface Receiver {
  readonly index: number;
  readonly class: ClassNode;
  readonly objects: readonly AbstractValue[];
}

const known = new WeakMap<PointsTo, Map<string, Receiver>>();

/** One for each class, or some objects of it. */
export function receiverOf(
  pointsTo: PointsTo,
  home: ClassNode,
  objects: readonly AbstractValue[] = pointsTo.instancesOf(home),
): Receiver {
  let all = known.get(pointsTo);
  if (all === undefined) known.set(pointsTo, (all = new Map<string, Receiver>()));
  const key = `${String(home.index)}:${objects.map(({ id }) => String(id)).join()}`;
  let found = all.get(key);
  if (found === undefined) all.set(key, (found = { index: all.size, class: home, objects }));
  return found;
}

/** More objects than this are not told apart. */
const most = 12;

/** What `this` may be where a call on it goes to the function; none where that cannot be told. */
export function receiversFor(pointsTo: PointsTo, site: CallSite, callee: FunctionNode): readonly Receiver[] {
  const on = receiverAt(site);
  const name = memberAt(site);
  if (on === null || name === null) return [];
  const held = new Set<Receiver>();
  const classes = new Set<ClassNode>();
  for (const value of pointsTo.valuesOf(site.caller, on)) {
    if (value.kind !== "instance") return [];
    const functions = heldUnder(pointsTo, [value], name);
    if (functions.length === 0) classes.add(value.class);
    else if (functions.includes(callee)) held.add(receiverOf(pointsTo, value.class, [value]));
  }
  for (const each of classes) {
    const receiver = receiverOf(pointsTo, each);
    if (edgesOf(pointsTo, site, receiver).some((edge) => edge.callee === callee)) held.add(receiver);
  }
  return held.size > most ? [] : [...held];
}

/** May a call or a mention of a member of some object be one of these objects'? */
export function mayBeOn(pointsTo: PointsTo, node: FunctionNode, object: ValueId, self: Receiver): boolean {
  const values = [...pointsTo.valuesOf(node, object)];
  return (
    values.length === 0 ||
    values.some((value) => value.kind !== "instance" || self.objects.includes(value)) ||
    values.every((value) => value.kind === "instance" && value.site === null)
  );
}

/** Functions that are put into the objects themselves under a name. */
function heldUnder(
  pointsTo: PointsTo,
  objects: readonly AbstractValue[],
  name: string,
): readonly FunctionNode[] {
  return objects.flatMap((object) =>
    [...pointsTo.fieldNode(object, name).values].flatMap((value) =>
      value.kind === "function" ? [value.function] : [],
    ),
  );
}

/** The functions that a call may go to, if `this` is that. */
export function edgesOf(pointsTo: PointsTo, site: CallSite, self: Receiver | null): readonly CallEdge[] {
  const edges = [...site.edges.values()];
  if (self === null || edges.length < 2 || !isOnThis(site)) return edges;
  const name = memberAt(site);
  const held = name === null ? [] : heldUnder(pointsTo, self.objects, name);
  if (held.length > 0) {
    const meant = edges.filter(({ callee }) => held.includes(callee));
    if (meant.length > 0) return meant;
  }
  const chain = chainOf(pointsTo, self.class).flatMap((value) =>
    value.kind === "class" ? [value.class] : [],
  );
  const rank = ({ callee }: CallEdge): number => {
    const home = pointsTo.program.homeClass(callee);
    return home === undefined ? -1 : chain.indexOf(home);
  };
  const own = edges.filter((edge) => rank(edge) !== -1);
  const nearest = Math.min(...own.map(rank));
  return own.length === 0 ? edges : own.filter((edge) => rank(edge) === nearest);
}

/** Where it is known which function was handed over, only that one: `work(unit)`. */
export function edgesMeant(
  question: Pick<ConsentQuestion, "facts">,
  site: CallSite,
  edges: readonly CallEdge[],
): readonly CallEdge[] {
  const meant = functionMeant(question, site);
  return meant === null ? edges : edges.filter(({ callee }) => callee === meant);
}

/** Of several functions that a call may go to, the one that is known to be handed over. */
function functionMeant(
  { facts }: Pick<ConsentQuestion, "facts">,
  { caller, instruction, edges }: CallSite,
): FunctionNode | null {
  if (facts?.functionOf === undefined || edges.size < 2 || instruction.kind !== "call") return null;
  return facts.functionOf(caller, instruction.callee);
}

/** `this.save(child)`, also in an arrow function of the method. */
export function isOnThis(site: CallSite): boolean {
  const receiver = receiverAt(site);
  if (receiver === null) return false;
  const definition = definitionOf(site.caller, receiver);
  const { captures, capturesThis } = site.caller.graph;
  return (
    definition?.kind === "this" ||
    (definition?.kind === "capture" && capturesThis && captures[definition.slot]?.name === "this")
  );
}

function receiverAt({ instruction }: CallSite): ValueId | null {
  switch (instruction.kind) {
    case "call":
      return instruction.receiver;
    case "load":
    case "store":
      return instruction.object;
    default:
      return null;
  }
}

function memberAt({ caller, instruction }: CallSite): string | null {
  const read = instruction.kind === "call" ? definitionOf(caller, instruction.callee) : instruction;
  const isNamed = (read?.kind === "load" || read?.kind === "store") && read.property.kind === "name";
  return isNamed ? read.property.name : null;
}

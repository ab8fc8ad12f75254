/**
 * Objects of the program's own classes by their type, where no value is known of them, or only which package handed them
 * over: `request.user.greet()`.
 */
import type { Span } from "../../base/location.js";
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { TypeShape } from "../../contracts/resolver.js";
import { isHeldByOthers } from "../heap/held-by-others.js";
import { chainOf, declaresMember } from "../program/class-chain.js";
import type { ClassNode, FunctionNode } from "../program/program.js";
import type { AbstractValue } from "./abstract-value.js";
import { loadMember } from "./member-constraints.js";
import type { PointerNode } from "./pointer-graph.js";
import type { PointsTo } from "./points-to.js";
import type { MemberCall, SeedPlaces } from "./seed-places.js";

/** A call of a member of the program's own, on what a package handed over. */
interface TakenCall {
  readonly node: FunctionNode;
  readonly callee: ValueId;
}

/** Calls on what a package handed over, where its type is a class of the program's own that has the member. */
export class TypedReceivers {
  private readonly taken: TakenCall[] = [];
  private readonly asked = new Set<MemberCall>();
  private readonly told = new Set<PointerNode>();

  constructor(
    private readonly pointsTo: PointsTo,
    private readonly places: SeedPlaces,
  ) {}

  seed(): boolean {
    let seeded = false;
    for (const node of this.pointsTo.program.functions) {
      if (this.pointsTo.instanceCopies.isReplaced(node)) continue;
      for (const call of this.places.of(node).calls)
        if (this.places.isOwnMember(call.name)) seeded = this.seedCall(node, call) || seeded;
    }
    return seeded;
  }

  private seedCall(node: FunctionNode, call: MemberCall): boolean {
    const { pointsTo, places } = this;
    const { callee, object, name } = call;
    const called = pointsTo.valueNode(node, callee);
    const receiver = pointsTo.valueNode(node, object);
    const foreign = called.list.filter(({ kind }) => kind === "foreign");
    if (foreign.length === 0 || !foreign.every((value) => isMemberWithout(pointsTo, value))) return false;
    if (this.asked.has(call)) return false;
    this.asked.add(call);
    if (this.told.has(receiver)) this.taken.push({ node, callee });
    if (receiver.list.some(({ kind }) => kind !== "foreign")) return false;
    const hasMember = (home: ClassNode): boolean => declaresMember(chainOf(pointsTo, home), name);
    if (!seedByType(pointsTo, places, node, object, hasMember)) return false;
    loadMember(pointsTo, receiver, { kind: "name", name }, called, null);
    this.told.add(receiver);
    this.taken.push({ node, callee });
    return true;
  }

  /** What is known to be the program's own is called as such, and no more as something of the package. */
  takeOver(): void {
    for (const { node, callee } of this.taken)
      for (const point of node.uses[callee] ?? []) {
        const site = this.pointsTo.findSite(node, point);
        if (site === undefined || site.edges.size === 0) continue;
        const described = [...site.foreign].filter((value) => !isMemberWithout(this.pointsTo, value));
        site.foreign = new Set(described);
        if (described.length > 0) continue;
        site.callbacks = new Map();
        site.foreignCallbacks = new Map();
      }
  }
}

/** The objects that a value of unknown origin has the type of. */
export function seedByType(
  pointsTo: PointsTo,
  places: SeedPlaces,
  node: FunctionNode,
  object: ValueId,
  isMeant: (home: ClassNode) => boolean = () => true,
): boolean {
  const definition = node.definitions[object];
  if (definition?.kind !== "instruction") return false;
  const { instruction } = definition;
  if (instruction.kind === "load" && isHeldByOthers(pointsTo, node, instruction)) return false;
  const shapes = [
    ...pointsTo.resolver.typesAt(node.file, spanOf(instruction)),
    ...pointsTo.resolver.typesAt(node.file, instruction.at),
  ];
  const typed = shapes
    .flatMap((shape) => valuesOfShape(pointsTo, places, shape))
    .filter((value) => value.kind !== "instance" || isMeant(value.class));
  for (const value of typed) {
    pointsTo.markShared(value);
    pointsTo.graph.add(pointsTo.valueNode(node, object), value);
  }
  return typed.length > 0;
}

/** A member of what a package hands over, of which no model says anything. */
export function isMemberWithout({ catalogue }: PointsTo, value: AbstractValue): boolean {
  return (
    value.kind === "foreign" &&
    value.module.startsWith("npm:") &&
    value.path.length > 1 &&
    catalogue.match(value.module, value.path, "read").length === 0 &&
    catalogue.match(value.module, value.path, "call").length === 0
  );
}

/** Where the type of what an instruction gives is asked for. */
export function spanOf(instruction: Instruction): Span {
  return instruction.kind === "declare" || instruction.kind === "load" ? instruction.nameAt : instruction.at;
}

function valuesOfShape(pointsTo: PointsTo, places: SeedPlaces, shape: TypeShape): readonly AbstractValue[] {
  if (shape.declaration !== null) {
    const found = places.classAt(shape.declaration);
    return found === undefined ? [] : pointsTo.likelyInstances(found);
  }
  if (!/^(npm|node):/.test(shape.key)) return [];
  const hash = shape.key.indexOf("#");
  const value = pointsTo.values.foreign(shape.key.slice(0, hash), shape.key.slice(hash + 1).split("."), null);
  return value === null ? [] : [value];
}

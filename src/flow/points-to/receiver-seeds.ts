/** Receivers of methods that nothing calls: the objects on which someone outside, or a container, may call them. */
import { isCalledByPackage, objectsRunning, parentsOf } from "./classes-of-packages.js";
import { escapingValues } from "./escaping-values.js";
import type { AbstractValue } from "./abstract-value.js";
import { isNeverRun } from "../contexts/never-run.js";
import type { PointsTo } from "./points-to.js";
import { isMethodOfOne, type ClassNode, type FunctionNode } from "../program/program.js";
import type { WrittenTypes } from "../sources/written-types.js";

/** Where a class is made at more places than this, what one of its objects holds is not asked of all. */
const mostReceivers = 12;

export function seedReceivers(pointsTo: PointsTo, types: WrittenTypes): boolean {
  let seeded = false;
  let known: ReadonlySet<AbstractValue> | null = null;
  const escaping = (): ReadonlySet<AbstractValue> => (known ??= escapingValues(pointsTo));
  const copied = new Set(pointsTo.program.functions.flatMap(({ copy, slotKey }) => (copy ? [slotKey] : [])));
  for (const node of pointsTo.program.functions) {
    if (node.graph.class === null || node.graph.kind === "arrow" || node.graph.kind === "function") continue;
    const home = pointsTo.program.homeClass(node);
    if (home === undefined || isNeverRun(pointsTo, node)) continue;
    const isFree =
      !copied.has(node.slotKey) && pointsTo.callersOf(node).length === 0 && handsOn(pointsTo, node);
    const self = node.graph.static
      ? [pointsTo.values.class(home)]
      : receiversOf(pointsTo, types, home, isFree ? escaping : null);
    const run =
      !isMethodOfOne(node) && isCalledByPackage(pointsTo, home, node)
        ? objectsRunning(pointsTo, home, node)
        : [];
    seeded =
      (run.length > 0 && run.length <= mostReceivers
        ? seedSelves(pointsTo, node, run, true)
        : seedSelves(pointsTo, node, self, false)) || seeded;
  }
  for (const each of pointsTo.program.classes) seeded = seedInherited(pointsTo, each) || seeded;
  return seeded;
}

/** Each object runs its own copy of the method, where it has one. */
function seedSelves(
  pointsTo: PointsTo,
  node: FunctionNode,
  selves: readonly AbstractValue[],
  /** Besides those on which others run it. */
  besides: boolean,
): boolean {
  const { instanceCopies } = pointsTo;
  const isNew = besides || pointsTo.receiverNode(node).isEmpty;
  let seeded = false;
  for (const self of selves) {
    const isOfContainer = self.kind === "instance" && self.site === null;
    if (!isNew && !isOfContainer) continue;
    const run = instanceCopies.of(self, node);
    if (!isNew && run === node) continue;
    pointsTo.markShared(self);
    seeded = addReceivers(pointsTo, run, [self]) || seeded;
  }
  return seeded;
}

/** What nobody can make is one of those that extend it. */
function receiversOf(
  pointsTo: PointsTo,
  types: WrittenTypes,
  home: ClassNode,
  /** Null where others than someone outside call the method. */
  escaping: (() => ReadonlySet<AbstractValue>) | null,
): readonly AbstractValue[] {
  const isOnlyExtended =
    home.graph.abstract || (!pointsTo.isConstructed(home) && pointsTo.instanceCopies.isGeneral(home));
  const heirs = isOnlyExtended ? types.heirsOf(home) : [];
  if (heirs.length > 0) return heirs;
  return escaping === null ? pointsTo.likelyInstances(home) : receiversFromOutside(pointsTo, home, escaping);
}

/** It calls something: what only gives back or changes what its object holds tells nobody else. */
function handsOn({ program }: PointsTo, node: FunctionNode): boolean {
  return program.familyOf(node).some(({ code }) => code.some(({ kind }) => kind === "call"));
}

/**
 * The objects on which someone outside may call a method that the program itself never calls: of those that it makes the
 * ones that someone outside has; else any, as whoever makes one makes it in the same way.
 */
function receiversFromOutside(
  pointsTo: PointsTo,
  home: ClassNode,
  escaping: () => ReadonlySet<AbstractValue>,
): readonly AbstractValue[] {
  const made = pointsTo.isConstructed(home) ? pointsTo.instancesOf(home) : [];
  if (made.length <= 1 || made.length > mostReceivers) return pointsTo.likelyInstances(home);
  const had = made.filter((value) => escaping().has(value));
  return had.length > 0 ? had : made;
}

/** An object that only a container makes has the fields, too, that the classes set up which its own extends. */
function seedInherited(pointsTo: PointsTo, made: ClassNode): boolean {
  if (made.graph.abstract || pointsTo.isConstructed(made) || parentOf(pointsTo, made) === null) return false;
  const self = pointsTo.likelyInstances(made);
  let seeded = false;
  const seen = new Set<ClassNode>();
  // A constructor of its own hands its object on with `super()`.
  for (let heir = made; heir.graph.constructorFunction === null && !seen.has(heir);) {
    seen.add(heir);
    const parent = parentOf(pointsTo, heir);
    if (parent === null) break;
    const { fieldInitializer, constructorFunction } = parent.graph;
    for (const id of [fieldInitializer, constructorFunction]) {
      const setter = id === null ? undefined : pointsTo.program.memberOf(parent, id);
      if (setter !== undefined) seeded = addReceivers(pointsTo, setter, self) || seeded;
    }
    heir = parent;
  }
  return seeded;
}

function parentOf(pointsTo: PointsTo, heir: ClassNode): ClassNode | null {
  return parentsOf(pointsTo, heir).find((value) => value.kind === "class")?.class ?? null;
}

function addReceivers(pointsTo: PointsTo, node: FunctionNode, values: readonly AbstractValue[]): boolean {
  let added = false;
  for (const value of values) {
    const receiver = pointsTo.receiverNode(pointsTo.instanceCopies.ofContainer(value, node));
    if (receiver.has(value)) continue;
    pointsTo.markShared(value);
    pointsTo.graph.add(receiver, value);
    added = true;
  }
  return added;
}

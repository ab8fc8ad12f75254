/**
 * Classes on top of those of packages: what a package has the class of, it has each object of, and calls methods on it
 * that nothing in the program calls (`class Rows extends Readable { _read() { … } }`).
 */
import type { AbstractValue } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import { forMember } from "../program/class-members.js";
import type { ClassNode, FunctionNode } from "../program/program.js";

export function parentsOf(pointsTo: PointsTo, heir: ClassNode): readonly AbstractValue[] {
  const instruction = heir.owner.code[heir.point];
  if (instruction?.kind !== "class" || instruction.heritage === null) return [];
  return [...pointsTo.valuesOf(heir.owner, instruction.heritage)];
}

/** It extends a class of a package, also through others of the program. */
export function isOfPackage(pointsTo: PointsTo, home: ClassNode, seen = new Set<ClassNode>()): boolean {
  if (seen.has(home)) return false;
  seen.add(home);
  return parentsOf(pointsTo, home).some((parent) =>
    parent.kind === "class"
      ? isOfPackage(pointsTo, parent.class, seen)
      : parent.kind === "foreign" && /^(?:npm|node):/u.test(parent.module),
  );
}

/** A method that a package may call: nothing in the program does, but for what overrides it (`super._read()`). */
export function isCalledByPackage(pointsTo: PointsTo, home: ClassNode, node: FunctionNode): boolean {
  return (
    node.graph.kind === "method" &&
    !node.graph.static &&
    node.graph.class !== null &&
    isOfPackage(pointsTo, home) &&
    pointsTo.callersOf(node).every(({ site: { caller, instruction } }) => {
      const callee = instruction.kind === "call" ? caller.definitions[instruction.callee] : undefined;
      return callee?.kind === "instruction" && callee.instruction.kind === "super-load";
    })
  );
}

/** The objects of its class, and of those that extend it without a method of their own in its place. */
export function objectsRunning(
  pointsTo: PointsTo,
  home: ClassNode,
  method: FunctionNode,
): readonly AbstractValue[] {
  const heirs = pointsTo.program.classes.filter(
    (each) => each !== home && extendsClass(pointsTo, each, home),
  );
  return [home, ...heirs.filter((heir) => inherits(pointsTo, heir, method))].flatMap((each) =>
    pointsTo.isConstructed(each) ? pointsTo.instancesOf(each) : [],
  );
}

function extendsClass(pointsTo: PointsTo, heir: ClassNode, home: ClassNode, depth = 0): boolean {
  return parentsOf(pointsTo, heir).some(
    (parent) =>
      parent.kind === "class" &&
      (parent.class === home ||
        (depth < longestChain && extendsClass(pointsTo, parent.class, home, depth + 1))),
  );
}

const longestChain = 8;

function inherits(pointsTo: PointsTo, heir: ClassNode, { graph }: FunctionNode): boolean {
  const name = graph.name.slice(graph.name.lastIndexOf(".") + 1);
  let isSame = false;
  forMember(pointsTo, heir, name, false, (member) => {
    isSame ||= member.function?.graph === graph;
  });
  return isSame;
}

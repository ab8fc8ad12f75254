/** What a class is made on top of. */
import { definitionOf } from "../paths/value-places.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { ClassNode, FunctionNode } from "./program.js";

/** A class with those it extends, as far as they are known: own classes, then what a package or the library has. */
export function chainOf(pointsTo: PointsTo, start: ClassNode): readonly AbstractValue[] {
  const chain = new Set<AbstractValue>([pointsTo.values.class(start)]);
  for (const each of chain) {
    if (each.kind !== "class") continue;
    const created = each.class.owner.code[each.class.point];
    if (created?.kind !== "class" || created.heritage === null) continue;
    for (const parent of pointsTo.valuesOf(each.class.owner, created.heritage)) chain.add(parent);
  }
  return [...chain];
}

/** The method that objects of the class have under a name: its own, or one of a class that it extends. */
export function methodOf(pointsTo: PointsTo, start: ClassNode, name: string): FunctionNode | undefined {
  for (const value of chainOf(pointsTo, start)) {
    if (value.kind !== "class") continue;
    const { graph } = value.class;
    for (const member of graph.members)
      if (member.name.kind === "name" && member.name.name === name && member.function !== null)
        return pointsTo.program.memberOf(value.class, member.function);
  }
  return undefined;
}

/** `Error`, `TypeError` and the others of the standard library. */
export function isLibraryError(value: AbstractValue): boolean {
  return (
    value.kind === "foreign" &&
    (value.module === "lib" || value.module === "global") &&
    value.path.length === 1 &&
    /Error$/u.test(value.path[0] ?? "")
  );
}

/** The class, or one of its own that it extends, names the member. */
export function declaresMember(chain: readonly AbstractValue[], name: string): boolean {
  return chain.some(
    (value) =>
      value.kind === "class" &&
      value.class.graph.members.some((member) => member.name.kind !== "name" || member.name.name === name),
  );
}

/** The class, or one of its own that it extends, has a field of this name: it says so, or its constructor sets it. */
export function declaresField(pointsTo: PointsTo, start: ClassNode, name: string): boolean {
  return chainOf(pointsTo, start).some(
    (value) =>
      value.kind === "class" &&
      (value.class.graph.members.some(
        (member) =>
          member.kind === "field" &&
          !member.static &&
          member.name.kind === "name" &&
          member.name.name === name,
      ) ||
        setsField(pointsTo, value.class, name)),
  );
}

function setsField({ program }: PointsTo, home: ClassNode, name: string): boolean {
  const id = home.graph.constructorFunction;
  const constructor = id === null ? undefined : program.memberOf(home, id);
  return (
    constructor?.code.some(
      (each) =>
        each.kind === "store" &&
        each.property.kind === "name" &&
        each.property.name === name &&
        definitionOf(constructor, each.object)?.kind === "this",
    ) === true
  );
}

/** What the fields of objects hold that nobody is seen to make: by their written types. */
import type { AbstractValue } from "./abstract-value.js";
import { parentsOf } from "./classes-of-packages.js";
import { membersInherited } from "./foreign-members.js";
import { injectedAt } from "./provided-objects.js";
import type { PointsTo } from "./points-to.js";
import { placeBelow } from "./records.js";
import { chainOf } from "../program/class-chain.js";
import type { ClassNode } from "../program/program.js";
import { seed } from "./seed-values.js";
import type { WrittenTypes } from "../sources/written-types.js";

export function seedFields(pointsTo: PointsTo, types: WrittenTypes, each: ClassNode): boolean {
  // The fields of what the program itself makes are known by value, but for what a package's class makes of them.
  const isMade = pointsTo.isConstructed(each);
  if (isMade && each.graph.extends === null) return seedRecords(pointsTo, types, each);
  let seeded = seedMembers(pointsTo, types, each, pointsTo.instancesOf(each), isMade);
  if (!isMade && !each.graph.abstract)
    for (const parent of chainOf(pointsTo, each))
      if (parent.kind === "class" && parent.class !== each)
        seeded = seedMembers(pointsTo, types, parent.class, pointsTo.instancesOf(each), isMade) || seeded;
  return seedRecords(pointsTo, types, each) || seeded;
}

/** What the fields that a class declares hold in objects of it, or of one on top of it. */
function seedMembers(
  pointsTo: PointsTo,
  types: WrittenTypes,
  each: ClassNode,
  objects: readonly AbstractValue[],
  isMade: boolean,
): boolean {
  let seeded = false;
  for (const member of each.graph.members) {
    if (member.kind !== "field" || member.type === null || member.name.kind !== "name") continue;
    const injected = member.static ? null : injectedAt(pointsTo, types, each, member.name.name, member.type);
    const typed =
      injected?.list ?? types.valuesOf(each.file, member.type, `${each.graph.name}.${member.name.name}`);
    const filled = filledByPackage(pointsTo, each, member.name.name);
    const known = isMade
      ? typed.filter((value) => value.kind === "foreign" && !isLibraryObject(value))
      : typed;
    const values = filled.length > 0 ? filled : known;
    const owners = member.static ? [pointsTo.values.class(each)] : objects;
    for (const owner of owners)
      seeded = seed(pointsTo, pointsTo.fieldNode(owner, member.name.name), values) || seeded;
  }
  return seeded;
}

/** What a place holds of which only the type is known has lists and parts of its own. */
function seedRecords(pointsTo: PointsTo, types: WrittenTypes, each: ClassNode): boolean {
  let seeded = false;
  for (const record of [...pointsTo.records.of(each)])
    for (const { kind, static: isStatic, type, name } of each.graph.members) {
      const place = placeBelow(record, name);
      if (kind !== "field" || isStatic || type === null || place === null) continue;
      const values = types.valuesOf(each.file, type, place.path);
      seeded = seed(pointsTo, pointsTo.fieldNode(record, place.name), values) || seeded;
    }
  return seeded;
}

/** `children!: Table<Child>` of a class on top of `Dexie`: what the package's class has under each name that is declared. */
function filledByPackage(pointsTo: PointsTo, heir: ClassNode, name: string): readonly AbstractValue[] {
  return parentsOf(pointsTo, heir)
    .flatMap((value) => (value.kind === "foreign" ? membersInherited(pointsTo, value, name, false) : []))
    .filter(
      (value) => value.kind === "foreign" && pointsTo.catalogue.describesNamed(value.module, value.path),
    );
}

export function isLibraryObject(value: AbstractValue): boolean {
  return value.kind === "foreign" && value.module === "lib";
}

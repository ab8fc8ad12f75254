/**
 * What a literal holds under a name, where nothing but the literal says so: the options that a call hands over,
 * `render(child, { withName: false })`.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isFilledBeside } from "./filled-objects.js";
import { isNeverMissing } from "./never-missing.js";
import { operandsAt } from "../models/address-values.js";
import type { MadeValue } from "../program/made-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { originOf } from "../paths/value-places.js";
import { writersOf } from "../points-to/writers.js";

const madeKinds = /^(?:object|array|function|class)$/u;
/** By object: the names that are deleted, null for any. */
type Deletions = ReadonlyMap<AbstractValue, ReadonlySet<string> | null>;

const deletedFrom = new WeakMap<PointsTo, Deletions>();

/** "absent": it has no such property; null: that is not known. */
export function memberOfLiteral(
  pointsTo: PointsTo,
  object: AbstractValue,
  name: string,
): MadeValue | "absent" | null {
  if (object.kind !== "object" || object.array || !isLiteral(pointsTo, object.site)) return null;
  if (isFilledBeside(pointsTo, object, name) || isDeletedFrom(pointsTo, object, name)) return null;
  const [writer, ...others] = writersOf(pointsTo).ofField(object, name);
  if (writer === undefined)
    return (pointsTo.fieldsOf(object).get(name)?.values.size ?? 0) === 0 ? "absent" : null;
  const written = writer.node.code[writer.point];
  return others.length === 0 && written?.kind === "store" && written.initial
    ? { node: writer.node, value: writer.value }
    : null;
}

/** Whether it is there (for `defined`) or is truthy, as far as the literal's text shows. */
export function testOfMember(
  pointsTo: PointsTo,
  member: MadeValue | "absent" | null,
  test: "defined" | "truthy",
): boolean | null {
  if (member === null) return null;
  if (member === "absent") return false;
  if (test === "defined" && isNeverMissing(pointsTo, member.node, member.value)) return true;
  const definition = member.node.definitions[originOf(member.node, member.value)];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  if (madeKinds.test(instruction.kind)) return true;
  if (instruction.kind !== "constant" || instruction.type === "regexp" || instruction.type === "bigint")
    return null;
  // The test of a default value lets null through, that of `??` does not.
  if (test === "defined") return instruction.type === "null" ? null : instruction.type !== "undefined";
  return Boolean(instruction.value);
}

function isLiteral(pointsTo: PointsTo, site: string): boolean {
  const [owner = "", point = ""] = site.split(":");
  return pointsTo.program.functions[Number(owner)]?.code[Number(point)]?.kind === "object";
}

/** The property of the object is deleted somewhere. */
export function isDeletedFrom(pointsTo: PointsTo, object: AbstractValue, name: string): boolean {
  const names = deletions(pointsTo).get(object);
  return names !== undefined && (names === null || names.has(name));
}

function deletions(pointsTo: PointsTo): Deletions {
  let found = deletedFrom.get(pointsTo);
  if (found === undefined) deletedFrom.set(pointsTo, (found = findDeletions(pointsTo)));
  return found;
}

function findDeletions(pointsTo: PointsTo): Deletions {
  const found = new Map<AbstractValue, Set<string> | null>();
  const note = (node: FunctionNode, object: ValueId, name: string | null): void => {
    for (const value of pointsTo.valuesOf(node, object)) {
      const names = found.get(value);
      if (name === null || names === null) found.set(value, null);
      else if (names === undefined) found.set(value, new Set([name]));
      else names.add(name);
    }
  };
  for (const node of pointsTo.program.functions)
    for (const each of node.code)
      if (each.kind === "delete")
        note(node, each.object, each.property.kind === "name" ? each.property.name : null);
  // What a package takes out: `Reflect.deleteProperty(child, "name")`.
  for (const site of pointsTo.sites.values())
    for (const { roles } of site.applied.keys())
      for (const role of roles)
        for (const value of role.kind === "clear" ? operandsAt(site, role.target) : [])
          note(site.caller, value, null);
  return found;
}

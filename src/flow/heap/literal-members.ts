/**
 * What a literal holds under a name, where nothing but the literal says so: the options that a call hands over,
 * `render(child, { withName: false })`.
 */
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isFilledBeside } from "./filled-objects.js";
import type { MadeValue } from "../program/made-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import { originOf } from "../paths/value-places.js";
import { writersOf } from "../points-to/writers.js";

const madeKinds = /^(?:object|array|function|class)$/u;
const deletedFrom = new WeakMap<PointsTo, ReadonlySet<AbstractValue>>();

/** "absent": it has no such property; null: that is not known. */
export function memberOfLiteral(
  pointsTo: PointsTo,
  object: AbstractValue,
  name: string,
): MadeValue | "absent" | null {
  if (object.kind !== "object" || object.array || !isLiteral(pointsTo, object.site)) return null;
  if (isFilledBeside(pointsTo, object, name) || deletions(pointsTo).has(object)) return null;
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
  member: MadeValue | "absent" | null,
  test: "defined" | "truthy",
): boolean | null {
  if (member === null) return null;
  if (member === "absent") return false;
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

/** A property of the object is deleted somewhere. */
export function isDeletedFrom(pointsTo: PointsTo, object: AbstractValue): boolean {
  return deletions(pointsTo).has(object);
}

/** Objects of which a property is deleted. */
function deletions(pointsTo: PointsTo): ReadonlySet<AbstractValue> {
  let found = deletedFrom.get(pointsTo);
  if (found === undefined) {
    found = new Set(
      pointsTo.program.functions.flatMap((node) =>
        node.code.flatMap((each) =>
          each.kind === "delete" ? [...pointsTo.valuesOf(node, each.object)] : [],
        ),
      ),
    );
    deletedFrom.set(pointsTo, found);
  }
  return found;
}

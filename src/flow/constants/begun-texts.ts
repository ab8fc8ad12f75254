/** Texts of which a package's call tells how they begin: the keys that a bucket lists for a prefix. */
import type { InstructionOf } from "../../contracts/file-graph.js";
import type { Address } from "../../contracts/model.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import type { ReadValues } from "../program/read-values.js";
import { writtenFields } from "../heap/written-fields.js";

/** What they begin with: an argument, or a property in one, of the call or of the one that made its receiver. */
export function beginningsOf(
  pointsTo: PointsTo,
  node: FunctionNode,
  call: InstructionOf<"call">,
  { root, steps }: Address,
  read: ReadValues,
): readonly AbstractValue[] {
  const given = root.kind === "argument" ? call.arguments[root.index] : undefined;
  const start = given?.spread === false ? given.value : root.kind === "this" ? call.receiver : null;
  if (start === null) return [];
  return steps.reduce<readonly AbstractValue[]>(
    (values, step) =>
      step.kind === "property"
        ? values.flatMap((value) => [...propertyOf(pointsTo, value, step.name, read)])
        : step.kind === "created"
          ? values.flatMap((value) => [...madeWith(pointsTo, value, step.index, read)])
          : [],
    [...read(node, start)],
  );
}

function propertyOf(
  pointsTo: PointsTo,
  value: AbstractValue,
  name: string,
  read: ReadValues,
): Iterable<AbstractValue> {
  return writtenFields(pointsTo, value, name, read) ?? pointsTo.fieldNode(value, name).values;
}

function madeWith(
  pointsTo: PointsTo,
  value: AbstractValue,
  index: number,
  read: ReadValues,
): Iterable<AbstractValue> {
  const made = value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
  if (made?.instruction.kind !== "call") return [];
  const argument = made.instruction.arguments[index];
  return argument === undefined || argument.spread ? [] : read(made.caller, argument.value);
}

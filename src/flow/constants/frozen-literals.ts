/**
 * Literals that nobody changes: frozen where they are made and kept under one name (`const defaults = Object.freeze({ … })`),
 * or with a property that is written once.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { isMadeByModule } from "./constant-members.js";
import { memberOfLiteral } from "../heap/literal-members.js";
import type { MadeValue } from "../program/made-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isToldInFull } from "../points-to/property-keys.js";
import { originOf } from "../paths/value-places.js";
import { writersOf } from "../points-to/writers.js";

/** The literal that a variable of the module is for good; null where it is not known. */
export function frozenLiteral(pointsTo: PointsTo, node: FunctionNode, value: ValueId): MadeValue | null {
  const read = node.definitions[originOf(node, value)];
  if (read?.kind !== "instruction" || read.instruction.kind !== "cell-read") return null;
  const written = writersOf(pointsTo).ofCell(node.file, read.instruction.cell);
  const [only] = written;
  if (only === undefined || written.length > 1 || only.node.graph.kind !== "module") return null;
  const frozen = originOf(only.node, only.value);
  const made = only.node.definitions[frozen];
  if (made?.kind !== "instruction" || made.instruction.kind !== "call") return null;
  const { name, arguments: list } = made.instruction;
  const [given, ...others] = list;
  if (name !== "Object.freeze" || given === undefined || given.spread || others.length > 0) return null;
  const literal = originOf(only.node, given.value);
  const definition = only.node.definitions[literal];
  return definition?.kind === "instruction" && definition.instruction.kind === "object"
    ? { node: only.node, value: literal }
    : null;
}

/** What the one store into a frozen literal under a name puts there, if nothing is copied in beside it. */
export function frozenProperty(
  pointsTo: PointsTo,
  user: FunctionNode,
  object: ValueId,
  name: string,
): MadeValue | null {
  const literal = frozenLiteral(pointsTo, user, object);
  if (literal === null) return null;
  const { node } = literal;
  const stored: ValueId[] = [];
  for (const point of node.uses[literal.value] ?? []) {
    const use = node.code[point];
    if (use?.kind === "copy-properties" && use.target === literal.value) return null;
    if (use?.kind !== "store" || use.object !== literal.value) continue;
    if (use.property.kind !== "name" || use.accessor !== undefined) return null;
    if (use.property.name === name) stored.push(use.value);
  }
  const [only, ...others] = stored;
  return only === undefined || others.length > 0 ? null : { node, value: only };
}

/** What stands under a name in a literal of a module that writes it once, there: `const settings = { debug: false }`. */
export function flagProperty(
  pointsTo: PointsTo,
  user: FunctionNode,
  object: ValueId,
  name: string,
): MadeValue | null {
  const [literal, ...others] = [...pointsTo.valuesOf(user, object)];
  if (literal?.kind !== "object" || others.length > 0 || !isMadeByModule(pointsTo, literal.site)) return null;
  if (!isToldInFull(pointsTo, user, object, 0)) return null;
  const member = memberOfLiteral(pointsTo, literal, name);
  return member === "absent" ? null : member;
}

/**
 * Literals that nobody changes: frozen where they are made and kept under one name (`const defaults = Object.freeze({ … })`),
 * or with a property that is written once.
 */
import type { ValueId } from "../../contracts/file-graph.js";
import { noContext } from "../contexts/context.js";
import { areAllKnown } from "./complete-values.js";
import { isMadeByModule } from "./constant-members.js";
import { memberOfLiteral } from "../heap/literal-members.js";
import type { MadeValue } from "../program/made-value.js";
import type { PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { isToldInFull } from "../points-to/property-keys.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { surelyMade } from "./surely-made.js";

/** The literal that a variable of a module is for good; null where it is not known. */
export function frozenLiteral(pointsTo: PointsTo, node: FunctionNode, value: ValueId): MadeValue | null {
  const frozen = surelyMade(pointsTo, node, value);
  return frozen?.node.graph.kind === "module" ? literalFrozenBy(frozen.node, frozen.value) : null;
}

/** `Object.freeze({ … })`. */
export function literalFrozenBy(node: FunctionNode, value: ValueId): MadeValue | null {
  const made = definitionOf(node, value);
  if (made?.kind !== "call") return null;
  const { name, arguments: list } = made;
  const [given, ...others] = list;
  if (name !== "Object.freeze" || given === undefined || given.spread || others.length > 0) return null;
  const literal = originOf(node, given.value);
  return definitionOf(node, literal)?.kind === "object" ? { node, value: literal } : null;
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
  const member = flagMember(pointsTo, user, object, name);
  return member === "absent" ? null : member;
}

/** The same; "absent" where the literal has no such property and is given none. */
export function flagMember(
  pointsTo: PointsTo,
  user: FunctionNode,
  object: ValueId,
  name: string,
): MadeValue | "absent" | null {
  const [literal, ...others] = [...pointsTo.valuesOf(user, object)];
  if (literal?.kind !== "object" || others.length > 0 || !isMadeByModule(pointsTo, literal.site)) return null;
  if (!isToldInFull(pointsTo, user, object, 0) || !areAllKnown(pointsTo, noContext, user, object))
    return null;
  return memberOfLiteral(pointsTo, literal, name);
}

/**
 * The names that a key may be, as values arrive: a table of handlers that is filled and asked by name keeps what
 * stands under one name apart from what stands under another.
 */
import type { PropertyName, ValueId } from "../../contracts/file-graph.js";
import { isIndex, writtenStar } from "../paths/path-components.js";
import { isNeverRun } from "../contexts/never-run.js";
import { identityKey, isIdentity } from "./abstract-value.js";
import type { PointsTo } from "./points-to.js";
import type { FunctionNode } from "../program/program.js";
import { wellKnownSymbol } from "../paths/well-known-symbols.js";

const deepest = 8;

/** Calls back with each property that a name stands for; a key that is not told in full is also any element. */
export function forProperty(
  pointsTo: PointsTo,
  node: FunctionNode,
  property: PropertyName,
  found: (name: PropertyName) => void,
): void {
  const written = property.kind === "computed" ? writtenName(node, property.value) : null;
  if (property.kind === "name") found(named(property.name));
  else if (property.kind === "element") found(property);
  else if (written !== null) found(named(written));
  else
    forKey(pointsTo, node, property.value, (key) => {
      found(key === null || isIndex(key) ? { kind: "element" } : named(key));
    });
}

/** A star that the program writes is not the one that stands for all properties. */
function named(name: string): PropertyName {
  return { kind: "name", name: name === "*" ? writtenStar : name };
}

/**
 * Calls back once with each constant that a key may be, and with null if it may be something else; of the entries of
 * maps also with what stands for an object that is a key by being itself.
 */
export function forKey(
  pointsTo: PointsTo,
  node: FunctionNode,
  key: ValueId,
  found: (name: string | null) => void,
  ofEntries = false,
): void {
  const { graph } = pointsTo;
  const keys = pointsTo.valueNode(node, key);
  const known = new Set<string | null>();
  const tell = (name: string | null): void => {
    if (known.has(name)) return;
    known.add(name);
    found(name);
  };
  const mayBeReplaced = pointsTo.functionCopies.isCopiedByName(node);
  let hasOthers = false;
  graph.onValue(keys, (value) => {
    if (value.kind === "constant") tell(String(value.value));
    else if (ofEntries && isIdentity(value)) tell(identityKey(value));
    else if (mayBeReplaced) hasOthers = true;
    else tell(null);
  });
  graph.onQuiet(() => {
    // What only the type of a parameter tells is nothing where copies run in the place of the function.
    if (hasOthers && !isNeverRun(pointsTo, node)) tell(null);
    if (!known.has(null) && (keys.isFull || !isToldInFull(pointsTo, node, key, 0))) tell(null);
    return known.has(null);
  });
}

/** A constant that stands where the key is used, or a well-known symbol. */
export function writtenName(node: FunctionNode, key: ValueId): string | null {
  const definition = node.definitions[key];
  if (definition?.kind !== "instruction") return null;
  const { instruction } = definition;
  if (instruction.kind === "constant" && instruction.type !== "regexp") return String(instruction.value);
  return instruction.kind === "load" && instruction.property.kind === "name"
    ? wellKnownSymbol(instruction.property.name)
    : null;
}

/** All that a value may be is among the values that arrived: nothing unknown joins it on its way. */
export function isToldInFull(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth: number): boolean {
  if (pointsTo.valueNode(node, value).isEmpty) return isNeverRun(pointsTo, node);
  const definition = node.definitions[value];
  if (definition === undefined || depth > deepest) return false;
  if (definition.kind === "phi")
    return definition.phi.inputs.every(
      (input) => input.value === value || isToldInFull(pointsTo, node, input.value, depth + 1),
    );
  const { instruction } = definition;
  if (instruction.kind === "declare" || instruction.kind === "cast")
    return isToldInFull(pointsTo, node, instruction.value, depth + 1);
  if (instruction.kind !== "parameter") return true;
  return pointsTo.callersOf(node).every(({ site, shape }) => {
    if (site.instruction.kind !== "call" || (shape !== "call" && shape !== "construct")) return true;
    const argument = site.instruction.arguments[instruction.index];
    return (
      argument === undefined ||
      argument.spread ||
      isToldInFull(pointsTo, site.caller, argument.value, depth + 1)
    );
  });
}

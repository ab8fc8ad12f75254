/** Values that say nothing of a child, whoever the row is about: constants, by name too, and words for what is gone. */
import type { Address } from "../../contracts/model.js";
import type { Instruction, ValueId } from "../../contracts/file-graph.js";
import type { SqlSource } from "../../models/sql/statement.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import { operandsAt } from "../models/address-values.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { isBlank } from "./blank-values.js";
import { isGenerated, isMoment } from "./generated-values.js";
import { isReadOfMarked } from "./marked-names.js";
import {
  isIdentifier,
  isIdentifierName,
  isJoinedPlaceholder,
  isPlaceholder,
} from "../constants/placeholders.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import { operandsWritten } from "../heap/written-literals.js";

/** Own functions that make what is written, one in another. */
const deepest = 4;

/** A constant, what is made by chance, or a text that only says which record it was: `"deleted-" + id`. */
export function isFixed(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth = 0): boolean {
  const definition = definitionOf(node, value);
  const known = {
    isGenerated: (each: ValueId): boolean => isGenerated(pointsTo, node, each) || isMoment(node, each),
    isOfChild: (each: ValueId): boolean => isReadOfMarked(pointsTo, node, each),
  };
  switch (definition?.kind) {
    case "constant":
      return true;
    case "template":
      return isPlaceholder(node, definition.texts, definition.values, known);
    case "binary":
      return isJoinedPlaceholder(node, definition, known);
    case "await":
      return depth <= deepest && isFixed(pointsTo, node, definition.value, depth + 1);
    case "object":
    case "array":
      return isFixedLiteral(pointsTo, node, definition);
    default:
      return (
        foldedConstant(pointsTo, node, value) !== null ||
        isBlank(pointsTo, node, value) ||
        isGenerated(pointsTo, node, value) ||
        isGivenByOwn(pointsTo, node, value, depth)
      );
  }
}

/** `const alias = () => "gone-" + nanoid()` */
function isGivenByOwn(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth: number): boolean {
  const definition = node.definitions[originOf(node, value)];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call" || depth > deepest)
    return false;
  const site = pointsTo.findSite(node, definition.point);
  if (site === undefined || site.foreign.size > 0 || site.edges.size === 0) return false;
  return [...site.edges.values()].every(({ callee }) => {
    const given = callee.graph.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.value] : []));
    return (
      given.length > 0 &&
      given.every((each) => each !== null && isFixed(pointsTo, callee, originOf(callee, each), depth + 1))
    );
  });
}

/** Words of clients for a new value that is made of the one before. */
const changesOfNumbers = /^(?:increment|decrement|multiply|divide|push)$/u;

/** `{ street: null }`, `[]`, a client's `{ set: null }`: nothing but constants is written into it. */
function isFixedLiteral(
  pointsTo: PointsTo,
  node: FunctionNode,
  literal: Extract<Instruction, { kind: "object" | "array" }>,
): boolean {
  const written = node.code.filter(
    (each) =>
      (each.kind === "store" && originOf(node, each.object) === literal.out) ||
      ((each.kind === "copy-properties" || each.kind === "append-elements") && each.target === literal.out) ||
      // Whoever is given it may put something into it: `rows.forEach((row) => all.push(row))`.
      (each.kind === "function" &&
        literal.kind === "array" &&
        each.captures.some((value) => originOf(node, value) === literal.out)) ||
      (each.kind === "call" &&
        [each.receiver, ...each.arguments.map(({ value }) => value)].some(
          (given) => given !== null && originOf(node, given) === literal.out,
        )),
  );
  return written.every(
    (each) =>
      each.kind === "store" &&
      each.property.kind !== "computed" &&
      !(each.property.kind === "name" && changesOfNumbers.test(each.property.name)) &&
      isFixed(pointsTo, node, each.value),
  );
}

/** Whether what a statement is given for a placeholder is fixed. */
export function isFixedAt(
  pointsTo: PointsTo,
  site: CallSite,
  values: Address | null,
  placeholder: SqlPlaceholder,
): boolean {
  const given = givenFor(site, values, placeholder);
  return given.length > 0 && given.every((value) => isFixed(pointsTo, site.caller, value));
}

/** `'deleted-' || $1`, `concat('gone ', id)`: made of what is fixed and of ids, whatever stood there before. */
export function saysNobody(
  pointsTo: PointsTo,
  site: CallSite,
  values: Address | null,
  { columns, parts }: Extract<SqlSource, { kind: "expression" }>,
): boolean {
  return (
    columns.every(isIdentifierName) &&
    parts.every(({ placeholder }) => {
      const given = givenFor(site, values, placeholder);
      const isNone = (value: ValueId): boolean =>
        (isIdentifier(site.caller, value) && !isReadOfMarked(pointsTo, site.caller, value)) ||
        isFixed(pointsTo, site.caller, value);
      return given.length > 0 && given.every(isNone);
    })
  );
}

export function givenFor(
  site: CallSite,
  values: Address | null,
  placeholder: SqlPlaceholder,
): readonly ValueId[] {
  const { instruction } = site;
  if (placeholder.kind === "hole") {
    const hole = instruction.kind === "call" && instruction.template !== undefined;
    const argument = hole ? instruction.arguments[placeholder.index] : undefined;
    return argument === undefined ? [] : [argument.value];
  }
  if (values === null) return [];
  if (values.root.kind === "arguments" && values.steps.length === 0 && placeholder.kind === "position") {
    const argument = operandsAt(site, values)[placeholder.index];
    return argument === undefined ? [] : [argument];
  }
  const names =
    placeholder.kind === "position"
      ? [String(placeholder.index)]
      : ["", "$", ":", "@"].map((sign) => sign + placeholder.name);
  return names.flatMap((name) =>
    operandsWritten(site, { ...values, steps: [...values.steps, { kind: "property", name }] }),
  );
}

/** Values that say nothing of a child, whoever the row is about: constants, by name too, and words for what is gone. */
import type { Address } from "../../contracts/model.js";
import type { ValueId } from "../../contracts/file-graph.js";
import type { SqlPlaceholder } from "../../models/sql/tokenize.js";
import { operandsAt } from "../address-values.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { isJoinedPlaceholder, isPlaceholder } from "../placeholders.js";
import type { CallSite, PointsTo } from "../points-to.js";
import type { FunctionNode } from "../program.js";
import { definitionOf } from "../value-places.js";
import { operandsWritten } from "../written-literals.js";

/** A constant, or a text that only says which record it was: `"deleted-" + id`. */
export function isFixed(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  const definition = definitionOf(node, value);
  switch (definition?.kind) {
    case "constant":
      return true;
    case "template":
      return isPlaceholder(node, definition.texts, definition.values);
    case "binary":
      return isJoinedPlaceholder(node, definition);
    default:
      return foldedConstant(pointsTo, node, value) !== null;
  }
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

function givenFor(site: CallSite, values: Address | null, placeholder: SqlPlaceholder): readonly ValueId[] {
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

/** Values of a package that stand for nothing: `FieldValue.delete()`, `Prisma.DbNull`, an expression that is `NULL`. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { foldText } from "../constants/constants.js";
import { operandsAt } from "../models/address-values.js";
import { selectModels } from "../models/select-models.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { foldedConstant } from "../guards/evidence/folded-constant.js";
import { operandsWritten } from "../heap/written-literals.js";
import { definitionOf, originOf } from "../paths/value-places.js";

const deepest = 3;
/** Expressions of SQL that say the same of every row. */
const constant = /^\s*\(?\s*(?:null|default|true|false|'[^']*'|-?\d+(?:\.\d+)?)\s*\)?\s*$/iu;

export function isBlank(pointsTo: PointsTo, node: FunctionNode, value: ValueId): boolean {
  const definition = node.definitions[originOf(node, value)];
  const site = definition?.kind === "instruction" ? pointsTo.findSite(node, definition.point) : undefined;
  if (site?.instruction.kind === "call") return isMadeBlank(pointsTo, site);
  const values = [...pointsTo.valuesOf(node, value)];
  return values.length > 0 && values.every((each) => standsForNothing(pointsTo, each));
}

function standsForNothing(pointsTo: PointsTo, value: AbstractValue): boolean {
  if (value.kind !== "foreign") return false;
  const site = value.site === null ? undefined : pointsTo.sites.get(value.site);
  if (site !== undefined) return isMadeBlank(pointsTo, site);
  return pointsTo.catalogue
    .match(value.module, value.path, "read")
    .some(({ model }) => model.roles.some(({ kind }) => kind === "blank"));
}

function isMadeBlank(pointsTo: PointsTo, site: CallSite): boolean {
  if (site.edges.size > 0 || site.foreign.size === 0) return false;
  return [...site.foreign].every((callee) =>
    selectModels(pointsTo, site, callee).some(
      ({ model: { roles } }) =>
        roles.some((role) => role.kind === "blank" && isConstant(pointsTo, site, role)) &&
        roles.every((role) => role.kind !== "flow" || bringsNothing(pointsTo, site, role)),
    ),
  );
}

/** What is made by chance may be made of what the call is given: `faker.internet.email({ firstName })`. */
function bringsNothing(
  pointsTo: PointsTo,
  site: CallSite,
  { from }: Extract<Role, { kind: "flow" }>,
): boolean {
  return from.every((address) =>
    operandsWritten(site, address).every((value) => isNothing(pointsTo, site.caller, value, 0)),
  );
}

function isNothing(pointsTo: PointsTo, node: FunctionNode, value: ValueId, depth: number): boolean {
  if (depth > deepest) return false;
  const definition = definitionOf(node, originOf(node, value));
  if (definition?.kind === "constant" || foldedConstant(pointsTo, node, value) !== null) return true;
  if (definition?.kind === "object")
    return node.code.every(
      (each) =>
        !(each.kind === "copy-properties" && each.target === definition.out) &&
        !(
          each.kind === "store" &&
          originOf(node, each.object) === definition.out &&
          !isNothing(pointsTo, node, each.value, depth + 1)
        ),
    );
  return isBlank(pointsTo, node, value);
}

function isConstant(pointsTo: PointsTo, site: CallSite, { text }: Extract<Role, { kind: "blank" }>): boolean {
  if (text === null) return true;
  const texts = textsAt(pointsTo, site, text);
  return texts.length > 0 && texts.every((each) => constant.test(each));
}

function textsAt(pointsTo: PointsTo, site: CallSite, address: Address): readonly string[] {
  const { instruction, caller } = site;
  if (address.root.kind !== "template")
    return operandsAt(site, address).flatMap((value) => foldText(pointsTo, caller, value));
  const isWhole = instruction.kind === "call" && instruction.arguments.length === 0;
  return isWhole ? [instruction.template?.join("") ?? ""] : [];
}

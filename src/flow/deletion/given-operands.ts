/** Values that a call is given, where the program writes them out: also in a command of a client. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Role } from "../../contracts/model.js";
import { writtenInto } from "../heap/written-literals.js";
import { operandsAt, operandsOfSite } from "../models/address-values.js";
import type { SiteModels } from "../models/site-models.js";
import { originOf } from "../paths/value-places.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";

export type GivenOperand = readonly [node: FunctionNode, value: ValueId];

/**
 * What is given at an address of the call, or to the call that made its receiver (`this.created.arg1`); null: that cannot
 * be told.
 */
export function givenOperands(
  pointsTo: PointsTo,
  models: SiteModels,
  site: CallSite,
  address: Address,
): readonly GivenOperand[] | null {
  const [step] = address.steps;
  if (step?.kind === "created")
    return address.steps.length > 1 ? null : givenToMakers(pointsTo, site, address, step.index);
  let operands: readonly ValueId[] = operandsAt(site, address);
  for (const each of address.steps) {
    if (each.kind === "element")
      operands = operands.flatMap((list) =>
        writtenInto(site.caller, list, "array").map(([, value]) => value),
      );
    else if (each.kind === "property")
      operands = operands.flatMap((operand) => below(pointsTo, models, site.caller, operand, each.name));
    else return null;
  }
  return operands.length === 0 ? null : operands.map((operand) => [site.caller, operand]);
}

function givenToMakers(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  index: number,
): readonly GivenOperand[] | null {
  const found: GivenOperand[] = [];
  for (const operand of operandsAt(site, address))
    for (const value of pointsTo.valuesOf(site.caller, operand)) {
      const maker =
        value.kind === "foreign" && value.site !== null ? pointsTo.sites.get(value.site) : undefined;
      const argument = maker === undefined ? undefined : operandsOfSite(maker).arguments[index];
      if (maker === undefined || argument === undefined || argument.spread) return null;
      found.push([maker.caller, argument.value]);
    }
  return found.length === 0 ? null : found;
}

/** A property of what the function itself writes out, also as a command of a client (`new Encrypt({ … })`). */
function below(
  pointsTo: PointsTo,
  models: SiteModels,
  node: FunctionNode,
  value: ValueId,
  name: string,
): readonly ValueId[] {
  const base = originOf(node, value);
  const definition = node.definitions[base];
  if (definition?.kind !== "instruction" || definition.instruction.kind !== "call")
    return writtenInto(node, base).flatMap(([own, written]) => (own === name ? [written] : []));
  const site = pointsTo.findSite(node, definition.point);
  if (site === undefined) return [];
  return models
    .at(site)
    .flatMap(({ model }) => model.roles)
    .flatMap((role) => (role.kind === "flow" && puts(role, name) ? role.from : []))
    .flatMap((from) => (from.steps.length === 0 ? operandsAt(site, from) : []));
}

/** `arg0 -> return.input` */
function puts({ to }: Extract<Role, { kind: "flow" }>, name: string): boolean {
  return to.some(({ root, steps: [step, ...more] }) => {
    if (root.kind !== "return" || more.length > 0) return false;
    return step?.kind === "property" && step.name === name;
  });
}

/** Addresses of models, met with facts: does a fact stand there, and where do results go. */
import type { Address, AddressStep } from "../contracts/model.js";
import type { AccessPath } from "./access-path.js";
import { emptyPath, readPrefix } from "./access-path.js";
import { operandsOfSite, valuesAt } from "./address-values.js";
import { constantsOf } from "./constants.js";
import type { Base } from "./fact.js";
import type { CallSite, PointsTo } from "./points-to.js";

export interface OperandPlace {
  readonly base: Base;
  readonly prefix: readonly string[];
}

/** The operands an address is rooted at, spread arguments by their elements. */
export function rootPlaces(site: CallSite, { root }: Address): readonly OperandPlace[] {
  const operands = operandsOfSite(site);
  const whole = (base: Base | null): OperandPlace[] => (base === null ? [] : [{ base, prefix: [] }]);
  switch (root.kind) {
    case "argument":
      return argumentPlaces(site, root.index);
    case "template":
      return root.index === null ? operands.arguments.map((each) => ({ base: each.value, prefix: [] })) : argumentPlaces(site, root.index);
    case "arguments":
      return operands.arguments.flatMap((each, index): OperandPlace[] => (each.spread ? [{ base: each.value, prefix: ["[]"] }] : index < root.from ? [] : [{ base: each.value, prefix: [] }]));
    case "this":
      return whole(operands.receiver);
    case "return":
      return whole(operands.out);
    case "value":
      return whole(operands.value);
    default:
      return [];
  }
}

function argumentPlaces(site: CallSite, index: number): readonly OperandPlace[] {
  const { arguments: list } = operandsOfSite(site);
  const firstSpread = list.findIndex((each) => each.spread);
  const direct = list[index];
  if (firstSpread === -1 || index < firstSpread) return direct === undefined ? [] : [{ base: direct.value, prefix: [] }];
  return list.slice(firstSpread).map((each, offset) => (each.spread ? { base: each.value, prefix: offset === 0 ? [String(index - firstSpread)] : ["[]"] } : { base: each.value, prefix: [] }));
}

/** Access-path components of steps; null where a step is no place in data. `stop` ends before a step. */
export function stepComponents(pointsTo: PointsTo, site: CallSite, steps: readonly AddressStep[], names: readonly string[]): { readonly components: readonly string[]; readonly deep: boolean } | null {
  const components: string[] = [];
  for (const step of steps) {
    switch (step.kind) {
      case "property":
        components.push(step.name);
        break;
      case "element":
        components.push("[]");
        break;
      case "any":
        components.push("*");
        break;
      case "entry":
        components.push(entryComponent(pointsTo, site, step.key, names));
        break;
      case "keys":
        components.push("<keys>");
        break;
      case "rejected":
        components.push("!");
        break;
      case "deep":
        return { components, deep: true };
      default:
        return null;
    }
  }
  return { components, deep: false };
}

function entryComponent(pointsTo: PointsTo, site: CallSite, key: Address, names: readonly string[]): string {
  const { constants, complete } = constantsOf(valuesAt(pointsTo, site, key, names));
  return complete && constants.length === 1 ? `=${String(constants[0])}` : "=*";
}

/** What of a fact lies below an address: the rest of its path, or null. */
export function meet(pointsTo: PointsTo, site: CallSite, address: Address, base: Base, path: AccessPath, names: readonly string[]): AccessPath | null {
  for (const place of rootPlaces(site, address)) {
    if (place.base !== base) continue;
    const steps = stepComponents(pointsTo, site, address.steps, names);
    if (steps === null) continue;
    const rest = readPrefix(path, [...place.prefix, ...steps.components]);
    if (rest === null) continue;
    return steps.deep ? emptyPath : rest;
  }
  return null;
}

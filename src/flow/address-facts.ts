/** Addresses of models, met with facts: does a fact stand there, and where do results go. */
import type { Address, AddressStep } from "../contracts/model.js";
import type { AccessPath } from "./access-path.js";
import { emptyPath, isHidden, readPrefix } from "./access-path.js";
import { operandsOfSite, valuesAt } from "./address-values.js";
import { foldValues } from "./constants.js";
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

/** Where steps lead: alternative component lists (a key may be one of several), and whether all below is meant. */
export interface StepPaths {
  readonly alternatives: readonly (readonly string[])[];
  readonly deep: boolean;
}

/** Access-path components of steps; null where a step is no place in data. */
export function stepPaths(pointsTo: PointsTo, site: CallSite, steps: readonly AddressStep[], names: readonly string[]): StepPaths | null {
  let alternatives: (readonly string[])[] = [[]];
  const append = (components: readonly string[]): void => {
    alternatives = alternatives.flatMap((list) => components.map((component) => [...list, component]));
  };
  for (const step of steps) {
    switch (step.kind) {
      case "property":
        append([step.name]);
        break;
      case "element":
        append(["[]"]);
        break;
      case "any":
        append(["*"]);
        break;
      case "entry":
        append(entryComponents(pointsTo, site, step.key, names));
        break;
      case "keys":
        append(["<keys>"]);
        break;
      case "rejected":
        append(["!"]);
        break;
      case "deep":
        return { alternatives, deep: true };
      default:
        return null;
    }
  }
  return { alternatives, deep: false };
}

/** Steps to write to: `*` is some property. */
export function writtenPaths(pointsTo: PointsTo, site: CallSite, steps: readonly AddressStep[], names: readonly string[]): readonly (readonly string[])[] {
  const paths = stepPaths(pointsTo, site, steps, names);
  return paths === null ? [] : paths.alternatives.map((list) => list.map((component) => (component === "*" ? "[]" : component)));
}

/** More keys than this are one unknown key. */
const mostKeys = 12;

/** The entry of a map is `=key`, the property of an object its name. */
function entryComponents(pointsTo: PointsTo, site: CallSite, key: Address, names: readonly string[]): readonly string[] {
  const keyed = isMapCall(site);
  const texts = foldValues(pointsTo, valuesAt(pointsTo, site, key, names));
  if (texts.length > mostKeys || texts.some((text) => text.includes("*") || text.startsWith("env:"))) return [keyed ? "=*" : "[]"];
  return texts.map((text) => (keyed ? `=${text}` : text));
}

function isMapCall(site: CallSite): boolean {
  return [...site.foreign].some((callee) => callee.module === "lib" && (callee.path[0] === "*" || /Map$/u.test(callee.path[0] ?? ""))) || [...site.foreign].some((callee) => /EventEmitter|EventTarget/u.test(callee.path[0] ?? ""));
}

/** What of a fact lies below an address: the rest of its path, or null. */
export function meet(pointsTo: PointsTo, site: CallSite, address: Address, base: Base, path: AccessPath, names: readonly string[]): AccessPath | null {
  for (const place of rootPlaces(site, address)) {
    if (place.base !== base) continue;
    const steps = stepPaths(pointsTo, site, address.steps, names);
    if (steps === null) continue;
    for (const components of steps.alternatives) {
      const rest = readPrefix(path, [...place.prefix, ...components]);
      if (rest === null) continue;
      // `**` is what can be written out: not what maps, promises and closures hold.
      if (!steps.deep) return rest;
      if (rest.components.every((component) => !isHidden(component) && !component.startsWith("="))) return emptyPath;
    }
  }
  return null;
}

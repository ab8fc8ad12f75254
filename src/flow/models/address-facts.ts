/** Addresses of models, met with facts: does a fact stand there, and where do results go. */
import type { Address, AddressStep } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { emptyPath, readPrefix } from "../paths/access-path.js";
import { givenBack, isUnprinted } from "../paths/path-components.js";
import { operandsOfSite } from "./address-values.js";
import { entryPaths } from "./entry-paths.js";
import type { Base } from "../tabulation/fact.js";
import { lengthAt } from "../constants/spread-lengths.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";

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
      return root.index === null
        ? operands.arguments.map((each) => ({ base: each.value, prefix: [] }))
        : argumentPlaces(site, root.index);
    case "arguments":
      return operands.arguments.flatMap((each, index): OperandPlace[] =>
        each.spread
          ? [{ base: each.value, prefix: ["[]"] }]
          : index < root.from
            ? []
            : [{ base: each.value, prefix: [] }],
      );
    case "this":
      return whole(operands.receiver ?? calledItself(site));
    case "return":
      return whole(operands.out);
    case "value":
      return whole(operands.value);
    default:
      return [];
  }
}

/** What is called, and is no member of something: what a package keeps in a function that it made (`later(done)`). */
function calledItself({ instruction }: CallSite): Base | null {
  return instruction.kind === "call" && !instruction.new ? instruction.callee : null;
}

function argumentPlaces(site: CallSite, index: number): readonly OperandPlace[] {
  const { arguments: list } = operandsOfSite(site);
  const firstSpread = list.findIndex((each) => each.spread);
  const direct = list[index];
  if (firstSpread === -1 || index < firstSpread)
    return direct === undefined ? [] : [{ base: direct.value, prefix: [] }];
  return list
    .slice(firstSpread)
    .map((each, offset) =>
      each.spread
        ? { base: each.value, prefix: offset === 0 ? [String(index - firstSpread)] : ["[]"] }
        : { base: each.value, prefix: [] },
    );
}

/** Where steps lead: alternative component lists (a key may be one of several), and whether all below is meant. */
export interface StepPaths {
  readonly alternatives: readonly (readonly string[])[];
  readonly deep: boolean;
}

/** Access-path components of steps; null where a step is no place in data. */
export function stepPaths(
  pointsTo: PointsTo,
  site: CallSite,
  steps: readonly AddressStep[],
  names: readonly string[],
  entriesOf = entryPaths,
): StepPaths | null {
  let alternatives: (readonly string[])[] = [[]];
  const append = (...components: string[]): void => {
    alternatives = alternatives.map((list) => [...list, ...components]);
  };
  for (const step of steps) {
    switch (step.kind) {
      case "property":
        append(step.name);
        break;
      case "element":
      case "same":
        append("[]");
        break;
      case "last":
      case "end":
        append(edgeOfList(pointsTo, site, step));
        break;
      case "any":
        append("*");
        break;
      case "entry":
        {
          const entries = entriesOf(pointsTo, site, step, names);
          alternatives = alternatives.flatMap((list) => entries.map((entry) => [...list, ...entry]));
        }
        break;
      case "text":
        append("<text>");
        break;
      case "keys":
        append("<keys>");
        break;
      case "rejected":
        append("!");
        break;
      // Of a function that a library made, what it gives whatever it is called with.
      case "result":
        append(givenBack);
        break;
      case "deep":
        return { alternatives, deep: true };
      default:
        return null;
    }
  }
  return { alternatives, deep: false };
}

/** The position of a receiver's last element, or behind it; some element where that is not known. */
function edgeOfList(
  pointsTo: PointsTo,
  site: CallSite,
  step: Extract<AddressStep, { kind: "last" | "end" }>,
): string {
  const { receiver, arguments: given } = operandsOfSite(site);
  const length = receiver === null ? null : lengthAt(pointsTo, site.caller, site.point, receiver);
  if (length === null || given.some((each) => each.spread)) return "[]";
  if (step.kind === "end") return String(length + step.offset);
  return length === 0 ? "[]" : String(length - 1);
}

/** Steps to write to: `*` is some property. */
export function writtenPaths(
  pointsTo: PointsTo,
  site: CallSite,
  steps: readonly AddressStep[],
  names: readonly string[],
): readonly (readonly string[])[] {
  const paths = stepPaths(pointsTo, site, steps.map(asWritten), names);
  return paths === null
    ? []
    : paths.alternatives.map((list) => list.map((component) => (component === "*" ? "[]" : component)));
}

/** A name is written as it stands, however it may be read. */
function asWritten(step: AddressStep): AddressStep {
  return step.kind === "entry" && step.caseless === true ? { kind: "entry", key: step.key } : step;
}

/** What a text written out from a value shows: not what closures, private fields, maps and sets hold. */
export function isWrittenOut(path: AccessPath): boolean {
  return path.components.every((component) => !isUnprinted(component) && !component.startsWith("="));
}

/** What of a fact lies below an address: the rest of its path, or null. */
export function meet(
  pointsTo: PointsTo,
  site: CallSite,
  address: Address,
  base: Base,
  path: AccessPath,
  names: readonly string[],
): AccessPath | null {
  for (const place of rootPlaces(site, address)) {
    if (place.base !== base) continue;
    const steps = stepPaths(pointsTo, site, address.steps, names);
    if (steps === null) continue;
    for (const components of steps.alternatives) {
      // A promise of data gives it when it is fulfilled; what it rejects with is data only where that is known.
      if (components.includes("!") && !path.components.includes("!")) continue;
      const rest = readPrefix(path, [...place.prefix, ...components]);
      if (rest === null) continue;
      // `**` is what can be written out: not what maps, promises and closures hold.
      if (!steps.deep) return rest;
      if (isWrittenOut(rest)) return emptyPath;
    }
  }
  return null;
}

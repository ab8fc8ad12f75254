/** Which models hold at a call: by access path, then by their conditions on its operands. */
import type { ValueId } from "../../contracts/file-graph.js";
import type { Address, Condition } from "../../contracts/model.js";
import { conditionPattern } from "../../models/address-readers.js";
import type { Catalogue, ModelMatch } from "../../models/catalogue.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import type { ReadValues } from "./address-values.js";
import { operandsAt, operandsOfSite, valuesAt, valuesFrom } from "./address-values.js";
import { constantsOf, foldValues } from "../constants/constants.js";
import type { CallSite, PointsTo } from "../points-to/points-to.js";
import { definitionOf, originOf } from "../paths/value-places.js";
import type { FunctionNode } from "../program/program.js";

type Foreign = Extract<AbstractValue, { kind: "foreign" }>;

/** The models of the least general rank of which one holds. */
export function selectModels(pointsTo: PointsTo, site: CallSite, callee: Foreign): readonly ModelMatch[] {
  const { catalogue } = pointsTo;
  if (callee.module === "lib" && callee.path[0] === "*") {
    return catalogue
      .membersNamed("lib", callee.path[1] ?? "", "call")
      .filter((each) => holds(pointsTo, site, each));
  }
  if (site.instruction.kind === "jsx") {
    const { component } = site.instruction;
    // An own class extends what is called: its constructor runs.
    const isParent = component !== null && !pointsTo.valuesOf(site.caller, component).has(callee);
    const form = isParent && isOfClass(pointsTo, site.caller, component) ? "call" : "jsx";
    return firstRank(pointsTo, site, catalogue.match(callee.module, callee.path, form));
  }
  const direct = firstRank(pointsTo, site, calledModels(catalogue, callee));
  if (direct.length > 0 || callee.module !== "global") return direct;
  return firstRank(pointsTo, site, catalogue.match("lib", callee.path, "call"));
}

function isOfClass(pointsTo: PointsTo, node: FunctionNode, component: ValueId): boolean {
  return [...pointsTo.valuesOf(node, component)].some(({ kind }) => kind === "class");
}

const modelsOfCalled = new WeakMap<Foreign, readonly ModelMatch[]>();

/** The models of what is called, whatever it is called with. */
function calledModels(catalogue: Catalogue, callee: Foreign): readonly ModelMatch[] {
  let found = modelsOfCalled.get(callee);
  if (found === undefined)
    modelsOfCalled.set(callee, (found = catalogue.match(callee.module, callee.path, "call")));
  return found;
}

export function firstRank(
  pointsTo: PointsTo,
  site: CallSite,
  matches: readonly ModelMatch[],
): readonly ModelMatch[] {
  if (matches.length === 0) return matches;
  const holding = matches.filter((each) => holds(pointsTo, site, each));
  const rank = holding[0]?.rank;
  return holding.filter((each) => each.rank === rank);
}

function holds(pointsTo: PointsTo, site: CallSite, match: ModelMatch): boolean {
  return match.model.when.every((condition) => conditionHolds(pointsTo, site, condition, match.names));
}

export function conditionHolds(
  pointsTo: PointsTo,
  site: CallSite,
  condition: Condition,
  names: readonly string[],
  read?: ReadValues,
): boolean {
  if (condition.kind === "arity") {
    const { length } = operandsOfSite(site).arguments;
    return length >= condition.min && length <= condition.max;
  }
  const hole = condition.address.root;
  if (hole.kind === "template" && (condition.kind === "present" || condition.kind === "absent"))
    return hasHole(site, hole.index) === (condition.kind === "present");
  if (condition.kind === "present" && isWrittenWithUnknown(pointsTo, site, condition.address)) return true;
  if (condition.kind === "equals" && condition.values.includes("undefined"))
    if (mayBeLeftOut(pointsTo, site, condition.address)) return true;
  return conditionHoldsFor(
    pointsTo,
    site,
    condition,
    valuesAt(pointsTo, site, condition.address, names, read),
  );
}

/** The operand is a parameter of the function around the call, and somebody calls that without it. */
function mayBeLeftOut(pointsTo: PointsTo, site: CallSite, address: Address): boolean {
  if (address.steps.length > 0) return false;
  return operandsAt(site, address).some((operand) => {
    const parameter = definitionOf(site.caller, originOf(site.caller, operand));
    if (parameter?.kind !== "parameter") return false;
    return pointsTo.callersOf(site.caller).some(({ site: { instruction } }) => {
      if (instruction.kind !== "call" && instruction.kind !== "super-call") return false;
      const { arguments: list } = instruction;
      return list.length <= parameter.index && !list.some(({ spread }) => spread);
    });
  });
}

/** The call writes the option out, with a value of which nothing is known: `{ pxat: session.endsAt }`. */
export function isWrittenWithUnknown(pointsTo: PointsTo, site: CallSite, { root, steps }: Address): boolean {
  const { instruction, caller } = site;
  const [step, ...others] = steps;
  if (root.kind !== "argument" || step?.kind !== "property" || others.length > 0) return false;
  const argument = "arguments" in instruction ? instruction.arguments[root.index] : undefined;
  const object = argument === undefined ? null : originOf(caller, argument.value);
  if (object === null || definitionOf(caller, object)?.kind !== "object") return false;
  return (caller.uses[object] ?? []).some((point) => {
    const use = caller.code[point];
    return (
      use?.kind === "store" &&
      use.object === object &&
      use.property.kind === "name" &&
      use.property.name === step.name &&
      pointsTo.valuesOf(caller, use.value).size === 0
    );
  });
}

/** A package's method that is handed over to be called: what its model says of its object is judged. */
export function holdsForMethod(
  pointsTo: PointsTo,
  site: CallSite,
  match: ModelMatch,
  method: Foreign,
): boolean {
  const object = pointsTo.values.foreign(method.module, method.path.slice(0, -1), method.site);
  return match.model.when.every(
    (condition) =>
      condition.kind === "arity" ||
      condition.address.root.kind !== "this" ||
      object === null ||
      conditionHoldsFor(pointsTo, site, condition, valuesFrom(pointsTo, site, [object], condition.address)),
  );
}

/** The call is a tagged template; with the hole, if one is meant. */
function hasHole({ instruction }: CallSite, index: number | null): boolean {
  return (
    instruction.kind === "call" &&
    instruction.template !== undefined &&
    (index === null || index < instruction.arguments.length)
  );
}

/** Of something that stands at a call and is no operand of it, by what is found at an address of it. */
export function conditionHoldsOf(
  pointsTo: PointsTo,
  site: CallSite,
  condition: Condition,
  valuesOf: (address: Address) => readonly AbstractValue[],
): boolean {
  return (
    condition.kind !== "arity" && conditionHoldsFor(pointsTo, site, condition, valuesOf(condition.address))
  );
}

function conditionHoldsFor(
  pointsTo: PointsTo,
  site: CallSite,
  condition: Exclude<Condition, { kind: "arity" }>,
  values: readonly AbstractValue[],
): boolean {
  switch (condition.kind) {
    case "equals":
      return constantsOf(values).constants.some((constant) =>
        condition.values.some((wanted) => String(wanted) === String(constant)),
      );
    case "matches": {
      const pattern = conditionPattern(condition.pattern);
      return foldValues(pointsTo, values).some((text) => pattern.test(text));
    }
    case "present":
      return (
        values.length > 0 &&
        !values.every(
          (value) =>
            value.kind === "constant" &&
            (value.value === undefined || value.value === null || value.value === false),
        )
      );
    case "absent":
      return values.every(
        (value) =>
          value.kind === "constant" &&
          (value.value === undefined || value.value === null || value.value === false),
      );
    case "is":
      return values.some((value) => value.kind === "foreign" && condition.keys.includes(symbolKeyOf(value)));
    case "type":
      return values.length === 0
        ? operandExists(site, condition)
        : values.some(
            (value) =>
              hasType(value, condition.type) ||
              (condition.type === "function" && mayBeCalled(pointsTo, value)),
          );
  }
}

export function symbolKeyOf({ module, path }: Foreign): string {
  const start = path[0] === "default" && path.length > 1 ? 1 : 0;
  return `${module}#${path.slice(start).join(".")}`;
}

/** An operand about which nothing is known may have any type; one that is not there has none. */
function operandExists(site: CallSite, condition: Extract<Condition, { kind: "type" }>): boolean {
  const { root } = condition.address;
  return root.kind !== "argument" || root.index < operandsOfSite(site).arguments.length;
}

function hasType(value: AbstractValue, type: Extract<Condition, { kind: "type" }>["type"]): boolean {
  switch (type) {
    case "string":
      return value.kind === "computed" || (value.kind === "constant" && typeof value.value === "string");
    case "number":
    case "boolean":
      return value.kind === "constant" && typeof value.value === type;
    case "function":
      return value.kind === "function" || value.kind === "bound" || value.kind === "class";
    case "array":
      return isArray(value);
    case "object":
      return (
        value.kind === "instance" ||
        ((value.kind === "object" || value.kind === "foreign") && !isArray(value))
      );
  }
}

/** A function of a package, or something of one that nobody describes. */
function mayBeCalled({ catalogue }: PointsTo, value: AbstractValue): boolean {
  if (value.kind !== "foreign") return value.kind === "invoker";
  const { module, path } = value;
  if (catalogue.match(module, path, "call").length > 0) return true;
  return module.startsWith("npm:") && catalogue.find(module).length === 0;
}

function isArray(value: AbstractValue): boolean {
  if (value.kind === "foreign")
    return value.module === "lib" && value.path.length === 1 && value.path[0] === "Array";
  return value.kind === "object" && value.array;
}

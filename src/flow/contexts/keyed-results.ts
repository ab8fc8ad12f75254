/**
 * Functions that are asked for the property of an object by its name, as those of proxies are: what they read of the
 * object under that name is what stands under it in the result (`arg1.get.result -> return[arg1.get.param1]`).
 */
import type { Address, AddressStep } from "../../contracts/model.js";
import { functionAddress } from "../models/function-addresses.js";
import { isHidden, isIndex, isPropertyName } from "../paths/path-components.js";
import type { AccessPath } from "../paths/access-path.js";
import { originOf } from "../paths/value-places.js";
import type { CallbackEdge, PointsTo } from "../points-to/points-to.js";
import type { FunctionNode } from "../program/program.js";
import { atElement, elementGiven } from "./element-places.js";
import type { Given } from "../tabulation/entry.js";
import { incoming } from "../tabulation/fact.js";

const known = new WeakMap<FunctionNode, boolean>();

/** Which of the places that a model names a result goes to. */
export type PlaceResult = (to: Address, rest: AccessPath) => Address;

/** The places of what a callback gives back for what it was given. */
export function placesOf(pointsTo: PointsTo, edge: CallbackEdge | null, given: Given | null): PlaceResult {
  if (edge === null) return (to) => to;
  const element = elementGiven(edge, given);
  return (to, rest) => atKeyAsked(pointsTo, atElement(to, element), edge, given, rest);
}

/** Where the result goes of a function that got part of the object; any property, if it may be of another name. */
function atKeyAsked(
  pointsTo: PointsTo,
  to: Address,
  { address, callee }: CallbackEdge,
  given: Given | null,
  rest: AccessPath,
): Address {
  const place = to.steps.findIndex((step) => isKeyOf(step, address));
  const step = to.steps[place];
  const key = step?.kind === "entry" ? step.key.steps.at(-1) : undefined;
  if (key?.kind !== "parameter") return to;
  const name = given?.inside.base === incoming(0) ? (given.inside.path.components[0] ?? "") : "";
  const isKnown =
    name !== "" &&
    (isPropertyName(name) || isIndex(name)) &&
    !isHidden(rest.components[0] ?? "") &&
    readsByKeyAlone(pointsTo, callee, key.index);
  const named: AddressStep = isKnown ? { kind: "property", name } : { kind: "any" };
  return { ...to, steps: to.steps.map((each, index) => (index === place ? named : each)) };
}

function isKeyOf(step: AddressStep, address: string): boolean {
  if (step.kind !== "entry") return false;
  const last = step.key.steps.length - 1;
  return step.key.steps[last]?.kind === "parameter" && functionAddress(step.key, last) === address;
}

/** Of its first parameter it reads nothing but what stands under the name that another one is. */
function readsByKeyAlone(pointsTo: PointsTo, callee: FunctionNode, key: number): boolean {
  let found = known.get(callee);
  if (found === undefined) {
    const names = parametersOf(callee, key);
    found = parametersOf(callee, 0).every((object) =>
      (callee.uses[object] ?? []).every((point) => isReadByKey(pointsTo, callee, point, object, names)),
    );
    known.set(callee, found);
  }
  return found;
}

/** The values that are a parameter, under whatever name. */
function parametersOf(callee: FunctionNode, index: number): readonly number[] {
  const made = callee.code.flatMap((each) =>
    each.kind === "parameter" && each.index === index ? [each.out] : [],
  );
  const named = callee.code.flatMap((each) =>
    (each.kind === "declare" || each.kind === "cast") && made.includes(originOf(callee, each.value))
      ? [each.out]
      : [],
  );
  return [...made, ...named];
}

function isReadByKey(
  pointsTo: PointsTo,
  callee: FunctionNode,
  point: number,
  object: number,
  keys: readonly number[],
): boolean {
  const use = callee.code[point];
  if (use === undefined) return false;
  switch (use.kind) {
    case "declare":
    case "cast":
    case "binary":
    case "unary":
      return true;
    case "load":
      return use.object === object && use.property.kind === "computed" && keys.includes(use.property.value);
    case "call": {
      if (use.receiver === object) return false;
      const foreign = [...(pointsTo.findSite(callee, point)?.foreign ?? [])];
      const [first, second] = use.arguments;
      const isReflected = foreign.every(({ module, path }) => module === "global" && path[0] === "Reflect");
      if (foreign.length === 0 || !isReflected || use.arguments.some((each) => each.spread)) return false;
      return (
        use.arguments.filter(({ value }) => value === object).length === 1 &&
        first?.value === object &&
        second !== undefined &&
        keys.includes(second.value)
      );
    }
    default:
      return false;
  }
}

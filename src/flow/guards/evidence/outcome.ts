/** What came out of a call or stands in a value, as far as a test in the code can tell. */
import type { Instruction } from "../../../contracts/file-graph.js";

export type Scalar = string | number | boolean | null | undefined;

export type Test =
  /** It is there: the call returned, or the promise was fulfilled. */
  | { readonly kind: "any" }
  | { readonly kind: "truthy" | "falsy" }
  /** Neither null nor undefined; one of them. */
  | { readonly kind: "defined" | "nullish" }
  | { readonly kind: "is"; readonly value: Scalar }
  | { readonly kind: "isnt"; readonly values: readonly Scalar[] }
  /** It lies so to a number where the test holds; it does not where it does not hold. */
  | { readonly kind: "lies"; readonly operator: string; readonly to: number; readonly holds: boolean }
  /** An object of a class, by its name, or none. */
  | { readonly kind: "made" | "unmade"; readonly by: string };

/** The test holds for the part of the value under the path. */
export interface Outcome {
  readonly test: Test;
  readonly path: readonly string[];
}

/** The name of whichever element of a list in the path of an outcome. */
export const anyElement = "[]";

export const anyOutcome: Outcome = { test: { kind: "any" }, path: [] };

export function outcomeKey({ test, path }: Outcome): string {
  const tested = testKey(test);
  return path.length === 0 ? tested : `${tested}@${path.join(".")}`;
}

function testKey(test: Test): string {
  switch (test.kind) {
    case "is":
      return `is${scalarKey(test.value)}`;
    case "isnt":
      return `isnt${test.values.map(scalarKey).join()}`;
    case "lies":
      return `${test.holds ? "" : "!"}${test.operator}${String(test.to)}`;
    case "made":
    case "unmade":
      return `${test.kind} ${test.by}`;
    default:
      return test.kind;
  }
}

function scalarKey(value: Scalar): string {
  return `${typeof value}:${String(value)}`;
}

export function at(path: readonly string[], test: Test): Outcome {
  return { test, path };
}

/** The outcome of a value, told of the object that it is a property of. */
export function under(name: string, { test, path }: Outcome): Outcome {
  return { test, path: [name, ...path] };
}

/** The outcome of the operand of `!`. */
export function negated({ test, path }: Outcome): Outcome | null {
  if (path.length > 0) return null;
  switch (test.kind) {
    case "truthy":
      return at([], { kind: "falsy" });
    case "falsy":
      return at([], { kind: "truthy" });
    default: {
      const truth = truthOf(test);
      return truth === null ? null : at([], { kind: truth ? "falsy" : "truthy" });
    }
  }
}

/** The outcome of what is compared with a constant, where the comparison came out so. */
export function compared(operator: string, { test, path }: Outcome, value: Scalar): Outcome | null {
  if (path.length > 0) return null;
  const holds = truthOf(test);
  if (holds !== null && typeof value === "number" && isRelation(operator))
    return at([], { kind: "lies", operator, to: value, holds });
  if (holds === null || !/^[!=]==?$/u.test(operator)) return null;
  const isEqual = operator.startsWith("=") === holds;
  if (operator.length === 2 && value == null) return at([], { kind: isEqual ? "nullish" : "defined" });
  return at([], isEqual ? { kind: "is", value } : { kind: "isnt", values: [value] });
}

/** The operator with its sides turned round: `0 < count` is `count > 0`. */
export function turnedRound(operator: string): string {
  return isRelation(operator) ? operator.replace(/[<>]/u, (sign) => (sign === "<" ? ">" : "<")) : operator;
}

function isRelation(operator: string): boolean {
  return /^[<>]=?$/u.test(operator);
}

function lies(value: Scalar, operator: string, to: number): boolean {
  const number = Number(value);
  switch (operator) {
    case "<":
      return number < to;
    case "<=":
      return number <= to;
    case ">":
      return number > to;
    default:
      return number >= to;
  }
}

/** Of a truth value: which one it is. */
export function truthOf(test: Test): boolean | null {
  if (test.kind === "truthy") return true;
  if (test.kind === "falsy") return false;
  if (test.kind === "is" && typeof test.value === "boolean") return test.value;
  if (test.kind === "isnt" && test.values.length === 1 && typeof test.values[0] === "boolean")
    return !test.values[0];
  return null;
}

/** May a constant come out so? */
export function mayBe(value: Scalar, { test, path }: Outcome): boolean {
  // A property of nothing is an exception, one of a text or a number is nothing.
  if (path.length > 0) return value != null && mayBe(undefined, at([], test));
  switch (test.kind) {
    case "any":
      return true;
    case "truthy":
      return Boolean(value);
    case "falsy":
      return !value;
    case "defined":
      return value != null;
    case "nullish":
      return value == null;
    case "is":
      return value === test.value;
    case "isnt":
      return !test.values.includes(value);
    case "lies":
      return lies(value, test.operator, test.to) === test.holds;
    case "made":
      return false;
    case "unmade":
      return true;
  }
}

/** May an object, a list or a function come out so? */
export function mayBeObject({ test, path }: Outcome, by: string | null = null): boolean {
  if (path.length === 0 && by !== null && (test.kind === "made" || test.kind === "unmade"))
    return test.kind === "made" || test.by !== by;
  return path.length > 0 || (test.kind !== "falsy" && test.kind !== "nullish" && test.kind !== "is");
}

export function constantOf(instruction: Extract<Instruction, { kind: "constant" }>): Scalar {
  return instruction.type === "undefined" ? undefined : instruction.value;
}

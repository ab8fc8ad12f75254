/** How members are named: plain names, constants, or values computed at run time. */
import type ts from "typescript";
import type { PropertyName } from "../contracts/file-graph.js";
import { constantValue } from "./constant-value.js";
import type { FunctionLowering } from "./function-lowering.js";

export function named(name: string): PropertyName {
  return { kind: "name", name };
}

/** The name that a key expression certainly gives, or null. */
function constantName(l: FunctionLowering, key: ts.Expression): string | null {
  const constant = constantValue(l.file, key);
  if (constant === null) return null;
  return typeof constant.value === "string" || typeof constant.value === "number"
    ? String(constant.value)
    : null;
}

/** `o[key]`. Evaluates the key where it is not constant. */
export function lowerKey(l: FunctionLowering, key: ts.Expression): PropertyName {
  const name = constantName(l, key);
  return name === null ? { kind: "computed", value: l.expression(key) } : named(name);
}

/** The name of a property in a literal, pattern or class, without evaluating it: null where it is computed. */
export function plainName(l: FunctionLowering, name: ts.PropertyName): string | null {
  const { ts } = l;
  if (ts.isComputedPropertyName(name)) return constantName(l, name.expression);
  return ts.isNumericLiteral(name) ? String(Number(name.text)) : name.text;
}

export function lowerPropertyName(l: FunctionLowering, name: ts.PropertyName): PropertyName {
  const plain = plainName(l, name);
  if (plain !== null) return named(plain);
  return l.ts.isComputedPropertyName(name) ? lowerKey(l, name.expression) : { kind: "element" };
}

/** What is made of constants: their truth, their comparison, what a text says of another. */
import { calculate } from "../../base/arithmetic.js";
import type { AbstractValue } from "../points-to/abstract-value.js";

export type Constant = { readonly value: string | number | boolean | null | undefined };

export function truthOfConstant(constant: Constant | null): boolean | null {
  return constant === null ? null : Boolean(constant.value);
}

export function askText(text: string, method: string, wanted: string): Constant | null {
  switch (method) {
    case "startsWith":
      return { value: text.startsWith(wanted) };
    case "endsWith":
      return { value: text.endsWith(wanted) };
    case "includes":
      return { value: text.includes(wanted) };
    default:
      return null;
  }
}

/** What a text is changed to; null for what is no method that changes it. */
export function changeText(text: string, method: string): Constant | null {
  switch (method) {
    case "toLowerCase":
    case "toLocaleLowerCase":
      return { value: text.toLowerCase() };
    case "toUpperCase":
    case "toLocaleUpperCase":
      return { value: text.toUpperCase() };
    case "trim":
      return { value: text.trim() };
    case "toString":
      return { value: text };
    default:
      return null;
  }
}

export function onlyConstant(values: ReadonlySet<AbstractValue> | undefined): Constant | null {
  if (values?.size !== 1) return null;
  const [only] = values;
  return only?.kind === "constant" ? { value: only.value } : null;
}

/** Null where they differ, or one is not known. */
export function commonConstant(constants: readonly (Constant | null)[]): Constant | null {
  const [first = null] = constants;
  return constants.every((each) => each !== null && each.value === first?.value) ? first : null;
}

/** What an operator gives for one constant; null where it is not told. */
export function operateOne(operator: string, { value }: Constant): Constant | null {
  switch (operator) {
    case "typeof":
      return { value: value === null ? "object" : typeof value };
    case "void":
      return { value: undefined };
    case "~":
      return typeof value === "number" ? { value: ~value } : null;
    case "-":
      return typeof value === "number" ? { value: -value } : null;
    default:
      return null;
  }
}

/** What an operator gives for two constants; null where it is not told. */
export function operate(
  operator: string,
  left: Constant["value"],
  right: Constant["value"],
): Constant | null {
  if (operator === "===") return { value: left === right };
  if (operator === "!==") return { value: left !== right };
  if (operator === "==" || operator === "!=") {
    const same = looselySame(left, right);
    return same === null ? null : { value: same === (operator === "==") };
  }
  if (typeof left !== "number" || typeof right !== "number") return null;
  const value = calculate(operator, left, right);
  return value === null ? null : { value };
}

function looselySame(left: Constant["value"], right: Constant["value"]): boolean | null {
  const isNone = (value: Constant["value"]): boolean => value === null || value === undefined;
  if (isNone(left) || isNone(right)) return isNone(left) && isNone(right);
  return typeof left === typeof right ? left === right : null;
}

/** What is told of a value of a request, which may be no more than how a text begins. */
import type { Known } from "./given-facts.js";

/** A value, the beginning of a text, or some object. */
export type Told = Known | { readonly begins: string } | { readonly isObject: true };

/** An address with parameters is known up to the first of them. */
export function told(text: string | null): Told | null {
  if (text === null) return null;
  const open = text.search(/[:*{(?]/u);
  return open === -1 ? { value: text, isTold: true } : { begins: text.slice(0, open) };
}

export function beginsWith(begins: string, wanted: string): Known | null {
  if (begins.startsWith(wanted)) return { value: true, isTold: true };
  return wanted.startsWith(begins) ? null : { value: false, isTold: true };
}

export function knownIn(told: Told | null): Known | null {
  return told !== null && "value" in told ? told : null;
}

export function areEqual(one: Told, other: Told, isLoose: boolean): boolean | null {
  if ("isObject" in one || "isObject" in other) {
    const compared = "isObject" in one ? other : one;
    return "value" in compared && (!isLoose || compared.value == null) ? false : null;
  }
  if ("begins" in one || "begins" in other) {
    const [open, value] = "begins" in one ? [one, other] : [other as { readonly begins: string }, one];
    if ("begins" in value) return null;
    return typeof value.value === "string" && value.value.startsWith(open.begins) ? null : false;
  }
  if (isLoose && (one.value == null || other.value == null)) return one.value == null && other.value == null;
  return one.value === other.value;
}

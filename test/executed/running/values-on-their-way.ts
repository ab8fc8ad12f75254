/** What becomes of values between the functions of a run: they are marked, cleaned of child data, drawn from. */
import { tokenOf } from "../../oracle/execution/tokens.js";
import { tokensIn } from "./recorder.js";

/** Child data, because of where it is put: a value from outside carries the token of that place. */
export function marked(token: number, value: unknown, isStub: (value: unknown) => boolean): unknown {
  if (isStub(value)) return tokenOf(token);
  if (typeof value === "string") return tokensIn([value]).size > 0 ? value + tokenOf(token) : value;
  if (Array.isArray(value)) return value.map((each) => marked(token, each, isStub));
  return value;
}

/** What a function that removes child data gives holds none. */
export function cleaned(value: unknown): unknown {
  if (value instanceof Promise) return value.then(cleaned);
  if (typeof value === "string") return "removed";
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each)]));
  return value;
}

/** Runs a generator to its end, as whoever called it would. */
export function drained(result: unknown): unknown {
  if (typeof result !== "object" || result === null) return result;
  if (Symbol.asyncIterator in result && "next" in result) {
    const { next } = result as { next: () => Promise<{ done?: boolean }> };
    return (async () => {
      for (let step = 0; step < 20 && (await next.call(result)).done !== true; step++);
    })();
  }
  if (Symbol.iterator in result && "next" in result) {
    const { next } = result as { next: () => { done?: boolean } };
    for (let step = 0; step < 20 && next.call(result).done !== true; step++);
  }
  return result;
}

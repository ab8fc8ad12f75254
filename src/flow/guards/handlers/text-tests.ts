/** What tests of the library say of a text that is known. */
import type { Scalar } from "../evidence/outcome.js";

/** Null where it cannot be told. `self`: a text, the source of a regular expression, or a list. */
export function textTest(self: Scalar | readonly Scalar[], method: string, given: Scalar): boolean | null {
  if (Array.isArray(self))
    return method === "includes" || method === "has" ? (self as readonly Scalar[]).includes(given) : null;
  if (typeof self !== "string" || typeof given !== "string") return null;
  switch (method) {
    case "startsWith":
      return self.startsWith(given);
    case "endsWith":
      return self.endsWith(given);
    case "includes":
      return self.includes(given);
    case "test":
      return patternTest(self, given);
    default:
      return null;
  }
}

function patternTest(source: string, text: string): boolean | null {
  const parts = /^\/(.*)\/([a-z]*)$/su.exec(source);
  try {
    return parts === null
      ? null
      : new RegExp(parts[1] ?? "", (parts[2] ?? "").replace(/[gy]/gu, "")).test(text);
  } catch {
    return null;
  }
}

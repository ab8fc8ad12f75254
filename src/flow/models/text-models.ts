/** Models of texts, and the facts that may be texts. */
import type { Fact } from "../tabulation/fact.js";
import { isRound } from "../paths/path-components.js";
import type { ModelAt } from "../program/model-at.js";

export function isOfTexts({ path: [type] }: ModelAt["model"]): boolean {
  return type?.kind === "name" && type.name === "String";
}

export function mayBeText({ path }: Fact): boolean {
  const [first] = path.components;
  return first === undefined || first === "<text>" || isRound(first);
}

/**
 * Places that models name with their elements (`args, args[]`): a list there gives its elements, all else itself. So does
 * what a thing of the package holds in a place of the models (`arg0.result, arg0.result.emitted_`).
 */
import type { Address } from "../../contracts/model.js";
import { isModelsOwn, modelsOwnWord } from "../../contracts/models-own.js";
import type { AccessPath } from "../paths/access-path.js";
import { isIndex, isSlot } from "../paths/path-components.js";

/** What lies below the place is a list's, whose elements the role names as well. */
export function isMeantByElements(
  place: Address,
  named: readonly Address[],
  { components: [first] }: AccessPath,
): boolean {
  if (first === undefined) return false;
  // What a function has captured stays with it where the model moves what it gives.
  if (isSlot(first)) return named.some((other) => other.text === `${place.text}.result`);
  if (first === "[]" || isIndex(first)) return named.some((other) => other.text === `${place.text}[]`);
  return isModelsOwn(first) && named.some((other) => other.text === `${place.text}.${modelsOwnWord(first)}_`);
}

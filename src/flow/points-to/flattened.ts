/** Places that models name with their elements (`args, args[]`): a list there gives its elements, all else itself. */
import type { Address } from "../../contracts/model.js";
import type { AccessPath } from "../paths/access-path.js";
import { isIndex } from "../paths/path-components.js";

/** What lies below the place is a list's, whose elements the role names as well. */
export function isMeantByElements(
  place: Address,
  named: readonly Address[],
  { components: [first] }: AccessPath,
): boolean {
  return (
    first !== undefined &&
    (first === "[]" || isIndex(first)) &&
    named.some((other) => other.text === `${place.text}[]`)
  );
}

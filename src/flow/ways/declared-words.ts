/** What `typeof` says of data by the declarations of its field. */
import type { FieldId } from "../../contracts/annotation.js";
import type { Resolver } from "../../contracts/resolver.js";

/** What `typeof` may say of data of a field; of a list, of the whole or of an element. None: nothing is known. */
export function wordsOf(resolver: Resolver, field: FieldId): readonly string[] {
  const word = resolver.typeofField?.(field) ?? null;
  const element = word === "" ? (resolver.typeofElements?.(field) ?? "") : "";
  if (element !== "") return ["object", element];
  return word === null ? [] : [word];
}

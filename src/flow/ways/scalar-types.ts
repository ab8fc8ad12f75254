/** Types as they are written that say: a text, a number or a truth value, and nothing that has members of its own. */
import type { TypeReference } from "../../contracts/type-reference.js";
import type { AbstractValue } from "../points-to/abstract-value.js";
import { isScalar } from "../points-to/abstract-value.js";

const scalars = /^(?:string|number|boolean|bigint|symbol)$/u;
const nothing = /^(?:undefined|null|void|never)$/u;

export function isScalarReference(type: TypeReference | null): boolean {
  if (type === null) return false;
  switch (type.kind) {
    case "keyword":
      return scalars.test(type.name);
    case "literal":
      return type.value !== null;
    case "union":
      return (
        type.members.some(isScalarReference) &&
        type.members.every(
          (member) =>
            isScalarReference(member) ||
            (member.kind === "keyword" && nothing.test(member.name)) ||
            (member.kind === "literal" && member.value === null),
        )
      );
    default:
      return false;
  }
}

/** What such a type lets through: texts, numbers, and what stands outside the code (`process.env.REGION`). */
export function mayBeScalar(value: AbstractValue): boolean {
  return isScalar(value) || (value.kind === "foreign" && !/^(?:npm|node):/u.test(value.module));
}

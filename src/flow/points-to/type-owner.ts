/** An object type as the program writes it out. */
import type { TypeDeclaration, TypeReference } from "../../contracts/type-reference.js";

export type Members = Extract<TypeReference, { kind: "object" }>["members"];

/** The members of an object type, and the declaration that they stand in, if it has a name. */
export interface Owner {
  readonly members: Members;
  readonly declaration: TypeDeclaration | null;
}

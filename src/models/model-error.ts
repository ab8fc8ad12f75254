/** What can be wrong in a model file. The text is made from the kind and its parameters. */
import type { ModelPlace } from "../contracts/model.js";

export type ModelErrorKind =
  /** Not YAML; `word` is what the YAML parser says. */
  | "malformed-yaml"
  | "unknown-key"
  /** A word that is none of `expected`. */
  | "unknown-word"
  | "malformed-address"
  | "malformed-path"
  | "malformed-pattern"
  | "malformed-arity"
  | "malformed-range"
  /** `word` is the key that is not there. */
  | "missing-key"
  | "duplicate-key"
  /** `word` is what stands there, `expected` what may. */
  | "wrong-kind"
  /** An address that has no meaning in a path of this form or with so few `*`. */
  | "senseless-address";

export interface ModelError {
  readonly kind: ModelErrorKind;
  readonly word: string;
  readonly nearest: string | null;
  readonly expected: readonly string[];
  readonly place: ModelPlace;
}

/** One line for terminals and tests: `packages/pg.yaml:4: unknown word "databse", did you mean "database"?`. */
export function describeModelError(error: ModelError): string {
  const { file, line } = error.place;
  const nearest = error.nearest === null ? "" : `, did you mean "${error.nearest}"?`;
  const expected =
    error.nearest === null && error.expected.length > 0 ? `; expected ${error.expected.join(", ")}` : "";
  return `${file}:${String(line)}: ${error.kind.replaceAll("-", " ")} "${error.word}"${nearest}${expected}`;
}

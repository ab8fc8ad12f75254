import type { Location } from "../base/location.js";

/** What is wrong in a file that people write by hand: a config, a record of the register, a notice. */
export interface DocumentProblem {
  readonly document: "config" | "assessment" | "notice" | "model";
  readonly kind:
    /** `found` is what the YAML parser says. */
    | "not-yaml"
    /** `---` begins a second document in the file; the first one is read. */
    | "several-documents"
    /** `found` is `*name`, before which no `&name` stands. */
    | "unknown-anchor"
    /** `found` is `*name` inside of what `&name` marks. */
    | "endless-alias"
    /** Aliases of aliases, from `found` on, stand for more than can be read. */
    | "too-many-aliases"
    /** `<<:` with something else than mappings. */
    | "wrong-merge"
    /** The file is no mapping of keys. */
    | "not-a-mapping"
    | "unknown-key"
    | "missing-key"
    | "duplicate-key"
    /** The value is none of `expected`. */
    | "wrong-value"
    /** A file that was named cannot be read; `found` says why. */
    | "unreadable";
  /** Where in the document: `stores[0].match`; empty for the whole. */
  readonly path: string;
  readonly found: string;
  readonly nearest: string | null;
  readonly expected: readonly string[];
  readonly location: Location;
}

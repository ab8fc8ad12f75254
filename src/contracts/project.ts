/** What `project` hands on: the files of a folder and everything the later stages may ask about them. */
import type { FilePath } from "../base/keys.js";
import type { Location } from "../base/location.js";

export interface ProjectFile {
  readonly path: FilePath;
  readonly text: string;
  /**
   * `audited`: findings are reported here. `followed`: excluded or generated; data is followed through it and
   * nothing is reported. `test`: neither, unless tests are asked for.
   */
  readonly role: "audited" | "followed" | "test";
  /** Why it is not audited, if it is not. */
  readonly leftOutBy: LeftOutBy | null;
}

/** `choice`: neither `include:` nor a tsconfig names it, or it is vendored. */
export type LeftOutBy = "exclude" | "choice" | "generated" | "tests";

export type ProjectProblemKind =
  | "no-such-folder"
  | "empty-folder"
  | "no-tsconfig"
  | "broken-tsconfig"
  | "syntax-error"
  | "unresolved-import"
  | "missing-node-modules"
  | "file-too-large"
  | "file-too-deep"
  | "unreadable-file"
  | "schema-error"
  | "migration-error";

/** Something that keeps a file, or the whole folder, from being analysed as it should. */
export interface ProjectProblem {
  readonly kind: ProjectProblemKind;
  readonly location: Location;
  /** What it is about: the specifier, the compiler's message, the size. */
  readonly subject: string;
  /** The command cannot be carried out at all (exit 2). */
  readonly fatal: boolean;
}

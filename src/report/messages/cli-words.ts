/** What the command line says where something cannot be carried out; each names the mend. */
import type { Phase } from "../../contracts/analysis.js";

export interface CliWords {
  readonly noFolder: (folder: string) => string;
  readonly notAFolder: (folder: string) => string;
  readonly noFile: (option: string, file: string) => string;
  readonly noRule: (word: string, nearest: string | null, known: readonly string[]) => string;
  readonly notWritten: (file: string, reason: string) => string;
  readonly noBaseline: (file: string) => string;
  readonly unnamedBaseline: string;
  readonly narrowBaseline: (option: string) => string;
  readonly noFinding: (id: string) => string;
  readonly severalFindings: (id: string, listed: string) => string;
  /** A rule was named where an id is wanted; `listed` is empty where it found nothing. */
  readonly ruleIsNoFinding: (rule: string, listed: string) => string;
  /** What `init` says of each file, and of the rest. */
  readonly init: {
    readonly kept: (path: string) => string;
    readonly written: (path: string) => string;
    readonly configKept: string;
    readonly eslintKept: (file: string) => string;
    readonly addAssessments: string;
    readonly noRecipient: string;
    /** A config or record could not be used, which was said before. */
    readonly mendFirst: string;
  };
  readonly phases: Readonly<Record<Phase, string>>;
}

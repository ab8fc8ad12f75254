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
  readonly phases: Readonly<Record<Phase, string>>;
}
